// The search field of every page: a combobox whose list groups offices, 科目, terms, headings of reports and pages.
//
// The index (pages/explore/data/search.js) and what reads it are loaded when the field is first used. "/" goes to the
// field, the arrows move in the list, Enter opens, Esc closes.
(function () {
  "use strict";
  const ENGINE = ["search-words.js", "search-index.js"];
  const here = document.currentScript.src;
  const { root } = globalThis.juesuanData;
  let index = null;
  let preparing = null;
  let field, panel, list, status;
  let options = [];
  let active = -1;

  function make(tag, about = {}, ...inside) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(about)) element.setAttribute(name, value);
    element.append(...inside);
    return element;
  }

  // --- the index

  function loadScript(name) {
    return new Promise((resolve, reject) => {
      const script = make("script", { src: new URL(name, here).href });
      script.onload = resolve;
      script.onerror = () => reject(new Error(`没有读到 report/html/${name}。请确认它与网页在一起。`));
      document.head.append(script);
    });
  }

  async function loadEngine() {
    for (const name of ENGINE) await loadScript(name);
  }

  function prepare() {
    preparing = preparing || (async () => {
      const [body] = await Promise.all([globalThis.juesuanData.load("search"), loadEngine()]);
      index = new globalThis.juesuanSearch.Index(body);
      for (const link of document.querySelectorAll("header nav a[href], #quarto-header .navbar-nav a[href]")) addPage(link);
    })().catch((error) => {
      preparing = null;
      throw error;
    });
    return preparing;
  }

  function addPage(link) {
    if (!link.href.startsWith(root.href) || !link.textContent.trim()) return;
    index.addPage(link.textContent.trim(), link.href.slice(root.href.length).replace(/^\.\//, ""));
  }

  // --- the list

  async function search() {
    const query = field.value;
    if (!query.trim()) { close(); return; }
    if (!index) say("正在读取检索的目录…");
    try {
      await prepare();
    } catch (error) {
      if (query === field.value) say(error.message);
      return;
    }
    if (query === field.value) show(index.find(query), query.trim());
  }

  function show(found, query) {
    list.replaceChildren(...found.groups.map((group) => groupOf(group, found.words)));
    options = [...list.querySelectorAll("[role=option]")];
    list.hidden = !options.length;
    status.replaceChildren(...(options.length ? [countWords(found)] : nothingWords(found, query)));
    open();
    activate(-1);
    list.scrollTop = 0;
  }

  function groupOf(group, words) {
    const id = `search-${group.kind}`;
    const rest = group.total > group.results.length ? make("span", {}, `前 ${group.results.length} 条，共 ${group.total} 条`) : "";
    return make("div", { role: "group", "aria-labelledby": id },
      make("div", { class: "search-group", role: "presentation" }, make("span", { id }, group.title), rest),
      ...group.results.map((one, place) => optionOf(one, words, `${id}-${place}`)));
  }

  function optionOf({ title, pinyin, detail, href }, words, id) {
    const link = make("a", { role: "option", id, tabindex: "-1", "aria-selected": "false", href: new URL(href, root).href });
    const name = make("span", { class: "search-name" });
    name.append(...globalThis.juesuanSearch.marked(title, words, pinyin).map(([text, met]) => (met ? make("mark", {}, text) : text)));
    link.append(name);
    if (detail) link.append(make("span", { class: "search-detail" }, detail));
    return link;
  }

  function countWords({ total, groups }) {
    const shown = groups.reduce((all, group) => all + group.results.length, 0);
    return total > shown ? `共 ${total} 条；加写单位、年度可以缩小范围` : `共 ${total} 条`;
  }

  function nothingWords({ alone }, query) {
    const said = make("p", {}, "没有找到“", make("b", {}, query), "”。");
    if (!alone.length) return [said, make("p", {}, "可以写单位的名称、简称或拼音首字母，科目的名称或编码，年度，名词，报告的章节；几个词之间空一格。")];
    const tries = alone.map((word) => make("button", { type: "button", "data-tries": word }, word));
    return [said, make("p", {}, "没有同时符合各词的。单独查找：", ...tries)];
  }

  function say(words) {
    list.hidden = true;
    options = [];
    status.replaceChildren(words);
    open();
  }

  // --- opening, moving, closing

  function open() {
    panel.hidden = false;
    field.setAttribute("aria-expanded", String(options.length > 0));
    place();
  }

  function close() {
    panel.hidden = true;
    field.setAttribute("aria-expanded", "false");
    activate(-1);
  }

  /** The panel hangs from the field; it keeps within the window on either side and below. */
  function place() {
    const box = field.getBoundingClientRect();
    const width = Math.min(544, document.documentElement.clientWidth - 16);
    const left = Math.max(8, Math.min(box.right - width, document.documentElement.clientWidth - width - 8));
    panel.style.width = `${width}px`;
    panel.style.left = `${left - panel.offsetParent.getBoundingClientRect().left}px`;
    panel.style.maxHeight = `${Math.max(160, innerHeight - box.bottom - 16)}px`;
  }

  function activate(place) {
    if (options[active]) options[active].setAttribute("aria-selected", "false");
    active = place;
    const option = options[active];
    if (!option) { field.removeAttribute("aria-activedescendant"); return; }
    option.setAttribute("aria-selected", "true");
    field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  function onKey(event) {
    if (event.isComposing) return;
    const isOpen = !panel.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!isOpen) { search(); return; }
      const step = event.key === "ArrowDown" ? 1 : -1;
      const count = options.length + 1;
      activate(((active + 1 + step + count) % count) - 1);
    } else if (event.key === "Enter" && isOpen && options.length) {
      event.preventDefault();
      (options[active] || options[0]).click();
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (isOpen) close();
      else if (field.value) field.value = "";
      else field.blur();
    }
  }

  function onSlash(event) {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable], dialog[open]")) return;
    event.preventDefault();
    field.focus();
    field.select();
  }

  // --- the field

  function build() {
    field = make("input", { type: "search", role: "combobox", "aria-label": "全站检索", "aria-autocomplete": "list", "aria-expanded": "false",
      "aria-controls": "search-list", placeholder: "检索单位、科目、名词", autocomplete: "off", spellcheck: "false", enterkeyhint: "go" });
    list = make("div", { role: "listbox", id: "search-list", "aria-label": "检索结果" });
    status = make("div", { class: "search-status", role: "status" });
    panel = make("div", { class: "search-panel", hidden: "" }, list, status);
    const search_ = make("div", { class: "site-search", role: "search" }, field, make("kbd", { "aria-hidden": "true" }, "/"), panel);
    field.addEventListener("focus", () => { prepare().catch(() => {}); if (field.value.trim()) search(); });
    field.addEventListener("input", search);
    field.addEventListener("keydown", onKey);
    search_.addEventListener("focusout", (event) => { if (!search_.contains(event.relatedTarget)) close(); });
    // A press on the list must not take the focus from the field: the list would close before the click.
    panel.addEventListener("mousedown", (event) => { if (!event.target.closest("button")) event.preventDefault(); });
    panel.addEventListener("click", onClick);
    return search_;
  }

  function onClick(event) {
    const tries = event.target.closest("[data-tries]");
    if (tries) {
      field.value = tries.dataset.tries;
      field.focus();
      search();
    } else if (event.target.closest("a")) close();
  }

  function start() {
    const header = document.querySelector("header.site-header") || document.querySelector("#quarto-header .navbar > .container-fluid, #quarto-header .navbar");
    if (!header) return;
    header.append(build());
    document.addEventListener("keydown", onSlash);
    for (const moved of ["resize", "scroll"]) addEventListener(moved, () => { if (!panel.hidden) place(); }, { passive: true });
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
