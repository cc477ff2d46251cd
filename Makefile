# `make` alone lists what there is.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
TESTABLE := $(VENV)/.testable
BENCHABLE := $(VENV)/.benchable

.PHONY: help site check demo test bench quarto clean

help: ## 列出可用的命令
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST)

site: $(INSTALLED) ## 检查数据、运行笔记本、生成 _site/
	@$(BIN)/juesuan build

check: $(INSTALLED) ## 检查 data/ 中的账
	@$(BIN)/juesuan check

demo: $(INSTALLED) ## 在 build/demo 中做一个虚构的县（40个单位、6个年度）并生成它的站点
	@$(BIN)/juesuan demo
	@JUESUAN_ROOT=build/demo $(BIN)/juesuan build --notebooks none

test: $(TESTABLE) ## 全部测试：格式、类型、单元、数字、笔记本、站点
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n auto --dist loadgroup

bench: $(BENCHABLE) ## 测速，写入 benchmarks/results.json 和 README（机器要空闲；QUICK=1 少测一些）
	@$(BIN)/python -m benchmarks.run_all $(if $(QUICK),--quick)

quarto: $(INSTALLED) ## 安装 Quarto（需能访问 GitHub）
	$(BIN)/pip install --disable-pip-version-check -e ".[quarto]"

clean: ## 删除生成的文件（保留环境）
	rm -rf build pages _site .quarto .pytest_cache .mypy_cache .ruff_cache

$(INSTALLED): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(TESTABLE): $(INSTALLED)
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[test]"
	@touch $@

$(BENCHABLE): $(INSTALLED)
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[bench]"
	@touch $@
