// What a reader moves: year, office, measure, terms. Each control writes to the state and is set again from it.
(function (juesuan) {
  "use strict";
  const { make } = juesuan.make;
  const state = () => juesuan.state.get();
  let numbered = 0;
  const newId = (name) => `control-${name}-${(numbered += 1)}`;

  function labelled(name, title, control, ...more) {
    return make("div", { class: `control control-${name}` }, make("label", { for: control.id }, title), control, ...more);
  }

  /** A slider over the years that there are; its words say the year, not the place. */
  function year(years) {
    const slider = make("input", { type: "range", id: newId("year"), min: 0, max: years.length - 1, step: 1 });
    const shown = make("output", { for: slider.id });
    const move = (moves) => juesuan.state.set({ year: years[Number(slider.value)] }, moves);
    slider.addEventListener("input", () => move(true));
    slider.addEventListener("change", () => move(false));
    return {
      element: labelled("year", "年度", slider, shown),
      follow() {
        const at = Math.max(0, years.indexOf(Number(state().year)));
        slider.value = at;
        shown.textContent = `${years[at]}年`;
        slider.setAttribute("aria-valuetext", `${years[at]}年`);
      },
    };
  }

  function select(name, title, groups) {
    const options = [...groups].map(([group, items]) => {
      const inside = items.map(([value, words]) => make("option", { value }, words));
      return group ? make("optgroup", { label: group }, inside) : inside;
    });
    const box = make("select", { id: newId(name), onchange: () => juesuan.state.set({ [name]: box.value }) }, options);
    return { element: labelled(name, title, box), follow() { box.value = state()[name]; } };
  }

  /** A few choices side by side. */
  function choice(name, title, items) {
    const group = newId(name);
    const radios = items.map(([value, words]) => {
      const radio = make("input", { type: "radio", name: group, value, onchange: () => juesuan.state.set({ [name]: value }) });
      return make("label", {}, radio, make("span", {}, words));
    });
    const box = make("fieldset", { class: `control control-${name} choices` }, make("legend", {}, title), make("div", {}, radios));
    return { element: box, follow() { for (const radio of box.querySelectorAll("input")) radio.checked = radio.value === String(state()[name]); } };
  }

  function threshold() {
    const slider = make("input", { type: "range", id: newId("threshold"), min: 0, max: 50, step: 1 });
    const shown = make("output", { for: slider.id });
    const move = (moves) => juesuan.state.set({ threshold: slider.value }, moves);
    slider.addEventListener("input", () => move(true));
    slider.addEventListener("change", () => move(false));
    return {
      element: labelled("threshold", "偏离不小于", slider, shown),
      follow() {
        slider.value = state().threshold;
        shown.textContent = `${state().threshold}%`;
        slider.setAttribute("aria-valuetext", `百分之${state().threshold}`);
      },
    };
  }

  /** 类 → 款 → 项: each list holds what lies below the choice before it. */
  function code() {
    const names = ["类", "款", "项"];
    const digits = [3, 5, 7];
    const lists = names.map((level, at) => make("select", { id: newId("code"), "aria-label": `功能分类（${level}）`, onchange: () => choose(at) }));
    const choose = (at) => juesuan.state.set({ code: lists[at].value || (at ? lists[at - 1].value : "") });
    const all = Object.keys(juesuan.cube.catalogue().functions).sort();
    const box = make("fieldset", { class: "control control-code" }, make("legend", {}, "功能分类"), make("div", {}, lists));
    return {
      element: box,
      follow() {
        const chosen = state().code || "";
        lists.forEach((list, at) => {
          const above = at ? chosen.slice(0, digits[at - 1]) : "";
          const there = at && above.length < digits[at - 1] ? [] : all.filter((one) => one.length === digits[at] && one.startsWith(above));
          const first = make("option", { value: "" }, at ? `全部（${names[at]}）` : "不按功能分类");
          list.replaceChildren(first, ...there.map((one) => make("option", { value: one }, `${one} ${juesuan.cube.name("functions", one, Number(state().year))}`)));
          list.value = chosen.length >= digits[at] ? chosen.slice(0, digits[at]) : "";
          list.hidden = at > 0 && !there.length;
        });
      },
    };
  }

  /** An office by its name, part of it, or the first letters of its pinyin. */
  function unit({ optional }) {
    const units = juesuan.cube.catalogue().units;
    const id = newId("unit");
    const list = make("ul", { role: "listbox", id: `${id}-list`, "aria-label": "单位", hidden: true });
    const box = make("input", {
      id, type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", "aria-expanded": "false", "aria-controls": list.id,
      "aria-autocomplete": "list", placeholder: optional ? "全部单位（名称或拼音首字母）" : "名称或拼音首字母",
    });
    let found = [];
    let at = -1;

    const fits = (one, asked) => `${one.name} ${one.short} ${one.region}`.includes(asked) || (one.pinyin || []).some((word) => word.startsWith(asked.toLowerCase()));

    function open(asked) {
      const words = asked.trim();
      const start = (one) => (one.short.startsWith(words) || (one.pinyin || []).some((word) => word.startsWith(words.toLowerCase())) ? 0 : 1);
      found = units.filter((one) => !words || fits(one, words)).sort((one, other) => start(one) - start(other)).slice(0, 50);
      at = found.length && words ? 0 : -1;
      list.replaceChildren(...(found.length ? found.map(optionOf) : [make("li", { class: "none" }, "没有这样的单位")]));
      list.hidden = false;
      box.setAttribute("aria-expanded", "true");
      point();
    }

    const optionOf = (one, place) => make("li", {
      role: "option", id: `${id}-${place}`, "aria-selected": "false", onpointerdown: (event) => { event.preventDefault(); take(place); },
    }, one.short, make("small", {}, one.region));

    function point() {
      [...list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
      if (at >= 0) {
        box.setAttribute("aria-activedescendant", `${id}-${at}`);
        list.children[at].scrollIntoView({ block: "nearest" });
      } else box.removeAttribute("aria-activedescendant");
    }

    function close() {
      list.hidden = true;
      box.setAttribute("aria-expanded", "false");
      box.removeAttribute("aria-activedescendant");
      follow();
    }

    function take(place) {
      const taken = found[place];
      if (taken) juesuan.state.set({ unit: taken.id });
      close();
    }

    function follow() {
      const held = juesuan.cube.unit(state().unit);
      box.value = held ? held.short : "";
    }

    box.addEventListener("focus", () => { box.select(); });
    box.addEventListener("click", () => { if (list.hidden) open(""); });
    box.addEventListener("input", () => open(box.value));
    box.addEventListener("blur", () => { if (optional && !box.value.trim()) juesuan.state.set({ unit: "" }); close(); });
    box.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { close(); return; }
      if (event.key === "Enter" && !list.hidden) {
        event.preventDefault();
        if (optional && !box.value.trim()) juesuan.state.set({ unit: "" });
        take(at);
        return;
      }
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      if (list.hidden) open("");
      else if (found.length) { at = (at + step + found.length) % found.length; point(); }
    });
    const element = labelled("unit", "单位", box, list);
    return { element, follow };
  }

  function buttons() {
    const said = make("span", { role: "status", class: "said" });
    const share = make("button", { type: "button", onclick: copy }, "复制链接");
    const reset = make("button", { type: "button", class: "reset", onclick: () => juesuan.state.reset() }, "重置");
    async function copy() {
      try {
        await navigator.clipboard.writeText(location.href);
        said.textContent = "已复制";
      } catch {
        said.textContent = "请复制地址栏中的链接";
      }
      setTimeout(() => { said.textContent = ""; }, 4000);
    }
    return { element: make("div", { class: "control control-buttons" }, share, reset, said), follow() { reset.disabled = juesuan.state.isDefault(); } };
  }

  const measures = () => {
    const groups = new Map();
    for (const one of juesuan.cube.catalogue().measures) groups.set(one.group, [...(groups.get(one.group) || []), [one.id, one.title]]);
    return groups;
  };

  const MAKERS = {
    unit,
    year: (about) => year(about.years),
    measure: () => select("measure", "指标", measures()),
    across: () => select("across", "横轴", measures()),
    code,
    basis: () => choice("basis", "口径", [["amount", "金额"], ["share", "占比"], ["head", "人均"], ["post", "按编制"]]),
    prices: () => (juesuan.cube.hasPrices() ? choice("prices", "价格", [["nominal", "当年价"], ["constant", `${juesuan.cube.baseYear()}年价`]]) : null),
    by: (about) => choice("by", "分项", about.by),
    against: () => choice("against", "对照", [["adjusted", "全年预算"], ["initial", "年初预算"]]),
    threshold,
  };

  /** The bar of the controls that a page's views ask for, in one order on every page. */
  function barOf(asked, about) {
    const made = Object.keys(MAKERS).filter((name) => asked.has(name)).map((name) => MAKERS[name](about)).filter(Boolean);
    const all = [...made, buttons()];
    const bar = make("div", { class: "view-bar", role: "group", "aria-label": "选择" }, all.map((one) => one.element));
    return { element: bar, follow: () => all.forEach((one) => one.follow()) };
  }

  juesuan.controls = { barOf };
})(globalThis.juesuan = globalThis.juesuan || {});
