# `make` alone lists what there is.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: help test check clean

help: ## 列出可用的命令
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST)

$(STAMP): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -e ".[test]"
	touch $@

test: $(STAMP) ## 全部测试：格式、类型、单元
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n auto

check: $(STAMP) ## 检查 data/ 中的账
	$(BIN)/juesuan check

clean: ## 删除生成的文件（保留环境）
	rm -rf build pages _site .quarto .pytest_cache .mypy_cache .ruff_cache
