// The passport of a figure: what it is, its exact value, how it was rounded and worked out, the cells it came from and
// the checks that those cells went through. It is read from the facts.js beside the page, which is loaded on first use:
// a page opened from a folder may load a script, but may not fetch.
//
// Every figure is a stop of the keyboard, as a button is. A table would be many stops: the arrows left and right move
// to the figure before and after, up and down within a table's column. Enter or space opens, Esc closes.
(function () {
  "use strict";
  const FIGURE = "span.fact[data-fact]";
  const PLACES = 20;
  const FEW = 4;
  const EDGE = 12;
  const LOWEST = 320;
  const OUTCOMES = { passed: "相符", rounding: "四舍五入", failed: "不符" };
  const site = new URL("../../", document.currentScript.src);
  let ledger = null;
  let loading = null;
  let dialog = null;
  let opener = null;
  let trail = [];

  // --- the figures of the page

  function dress(figure) {
    if (figure.closest("a, button, summary")) return;
    figure.tabIndex = 0;
    figure.setAttribute("role", "button");
    figure.setAttribute("aria-haspopup", "dialog");
    figure.setAttribute("aria-label", `${figure.textContent}，查看出处`);
  }

  function nameFigures() {
    for (const figure of document.querySelectorAll(`${FIGURE}[role=button]`)) {
      const fact = ledger.facts.get(figure.dataset.fact);
      if (fact) figure.setAttribute("aria-label", `${withUnit(fact)}，${fact.title}，查看出处`);
    }
  }

  function beside(figure, key) {
    const all = [...document.querySelectorAll(`${FIGURE}[role=button]`)];
    if (key === "ArrowLeft") return all[all.indexOf(figure) - 1];
    if (key === "ArrowRight") return all[all.indexOf(figure) + 1];
    const cell = figure.closest("td, th");
    let row = cell && cell.parentElement;
    while (row) {
      row = key === "ArrowUp" ? row.previousElementSibling : row.nextElementSibling;
      const found = row && row.cells[cell.cellIndex] && row.cells[cell.cellIndex].querySelector(`${FIGURE}[role=button]`);
      if (found) return found;
    }
    return null;
  }

  // --- the ledger

  function loadLedger() {
    loading = loading || new Promise((resolve, reject) => {
      const place = document.querySelector(".ledger[data-facts]");
      const script = document.createElement("script");
      script.src = new URL(place ? place.dataset.facts : "facts.js", document.baseURI).href;
      script.onload = () => resolve(globalThis.juesuanFacts);
      script.onerror = () => reject(new Error(script.src));
      document.head.append(script);
    }).then((told) => {
      ledger = { facts: new Map(told.facts.map((fact) => [fact.id, fact])), checks: told.checks };
      nameFigures();
    });
    return loading;
  }

  const isKnown = (fact) => fact.numerator !== null;
  const withUnit = (fact) => (isKnown(fact) ? fact.printed + fact.unit : fact.printed);
  const inputsOf = (fact) => fact.inputs.map((id) => ledger.facts.get(id)).filter(Boolean);
  const keyOf = (file, row, column) => [file, row, column].join("\n");

  /** The cells of a figure: its own, and those of the figures that it was worked out from. */
  function cellsOf(fact, met = new Set()) {
    if (met.has(fact.id)) return [];
    met.add(fact.id);
    const own = fact.sources.map((cell) => ({ ...cell, unit: fact.unit }));
    return [...own, ...inputsOf(fact).flatMap((input) => cellsOf(input, met))];
  }

  function checksOf(fact) {
    const cells = new Set(cellsOf(fact).map((cell) => keyOf(cell.file, cell.row, cell.column)));
    return ledger.checks.filter((check) => check.cells.some((cell) => cells.has(keyOf(...cell))));
  }

  // --- numbers, as whole ones: a float would not be exact

  function isWritten(fact) {
    return (BigInt(fact.numerator) * 10n ** BigInt(fact.decimals)) % BigInt(fact.denominator) === 0n;
  }

  /** All decimals where they end; else the first twenty. */
  function exactDigits(fact) {
    const [top, bottom] = [BigInt(fact.numerator), BigInt(fact.denominator)];
    const size = top < 0n ? -top : top;
    let rest = bottom;
    for (const prime of [2n, 5n]) while (rest % prime === 0n) rest /= prime;
    const ends = rest === 1n;
    let digits = "";
    for (let left = size % bottom; left > 0n && (ends || digits.length < PLACES); left = (left * 10n) % bottom) {
      digits += (left * 10n) / bottom;
    }
    if (ends) digits = digits.padEnd(fact.decimals, "0");
    const text = `${top < 0n ? "−" : ""}${size / bottom}${digits && "."}${digits}`;
    return { ends, text: ends ? text : `${text}…` };
  }

  // --- the parts of a passport

  function make(tag, about = {}, ...inside) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(about)) element.setAttribute(name, value);
    element.append(...inside.filter((one) => one !== null && one !== ""));
    return element;
  }

  function exactPart(fact) {
    if (!isKnown(fact)) return [make("p", {}, whyUnknown(fact))];
    const exact = exactDigits(fact);
    const parts = [make("p", { class: "passport-number" }, exact.text + fact.unit)];
    if (isRoot(fact)) parts.push(make("p", { class: "passport-soft" }, "开方得不尽，计算时取到这一位"));
    if (!exact.ends) parts.push(make("p", { class: "passport-soft" }, `分数 ${fact.numerator}/${fact.denominator}`));
    return parts;
  }

  // A root has no exact value; its formula is the one that says 方根.
  const isRoot = (fact) => fact.formula.includes("方根");

  function whyUnknown(fact) {
    const unknown = inputsOf(fact).filter((input) => !isKnown(input));
    if (unknown.length) return `${unknown.map((input) => input.title).join("、")}未公开，无从计算。`;
    if (fact.inputs.length) return "算式中除数为零，或数据不足，得不出数。";
    if (fact.sources.length) return "数据文件中有空白的格：该项没有公开。";
    return "数据文件中没有填这一项：该项没有公开。";
  }

  function roundingPart(fact) {
    if (!isKnown(fact)) return null;
    if (isWritten(fact)) return [make("p", {}, "未舍入，与精确值相同")];
    return [make("p", {}, fact.decimals ? `四舍五入，保留 ${fact.decimals} 位小数` : "四舍五入到整数")];
  }

  function formulaPart(fact) {
    if (!fact.formula || fact.formula === fact.printed) return null;
    const parts = [make("p", {}, fact.formula)];
    const worked = isKnown(fact) ? workedOut(fact) : "";
    if (worked) parts.push(make("p", { class: "passport-number" }, worked));
    if (fact.inputs.length) parts.push(make("ul", { class: "passport-inputs" }, ...inputsOf(fact).map(inputLine)));
    return parts;
  }

  /** The formula with the figures put in; nothing where its words do not name every figure. */
  function workedOut(fact) {
    const inputs = inputsOf(fact);
    const isExact = isWritten(fact) && inputs.every((input) => isKnown(input) && isWritten(input));
    const result = ` ${isExact ? "=" : "≈"} ${withUnit(fact)}`;
    if (!inputs.length) {
      const values = fact.sources.map((cell) => cell.value);
      return values.length > 1 && values.every(Boolean) ? values.map(bracketed).join(" + ") + result : "";
    }
    const byTitle = new Map(inputs.map((input) => [input.title, input]));
    const titles = [...byTitle.keys()].sort((one, other) => other.length - one.length);
    const met = new Set();
    const pattern = new RegExp(titles.map((title) => title.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|"), "g");
    const text = fact.formula.replace(pattern, (title) => {
      met.add(title);
      return bracketed(byTitle.get(title).printed);
    });
    return met.size === inputs.length ? text + result : "";
  }

  const bracketed = (printed) => (printed.startsWith("-") ? `（${printed}）` : printed);

  function inputLine(input) {
    const button = make("button", { type: "button", "data-goes": input.id },
      make("span", {}, input.title), " = ", make("b", {}, withUnit(input)));
    return make("li", {}, button);
  }

  function sourcePart(fact) {
    const byFile = new Map();
    for (const cell of cellsOf(fact)) byFile.set(cell.file, [...(byFile.get(cell.file) || []), cell]);
    if (!byFile.size) return [make("p", {}, isKnown(fact) ? "不取自数据文件的格，见算式。" : "没有可指的格。")];
    const lead = fact.sources.length ? null : make("p", { class: "passport-soft" }, "经由算式中的数字：");
    return [lead, ...[...byFile].map(([file, cells]) => fileLine(file, cells))].filter(Boolean);
  }

  function fileLine(file, cells) {
    const name = `data/${file}`;
    // Only the tables are published with the site; the analyst's words are not.
    const shown = file.endsWith(".csv") ? make("a", { href: new URL(name, site).href }, name) : name;
    const once = new Map(cells.map((cell) => [keyOf(cell.file, cell.row, cell.column), cell]));
    const places = [...once.values()].map((cell) => make("li", {},
      cell.row === null ? "" : `第 ${cell.row} 行 `, make("code", {}, cell.column), " 列", cell.value ? `：${cell.value}${cell.unit}` : ""));
    return make("div", { class: "passport-file" }, make("p", {}, shown), make("ul", {}, ...places));
  }

  function checkPart(fact) {
    if (!cellsOf(fact).length) return [make("p", {}, "没有可核对的格。")];
    const checks = checksOf(fact);
    if (!checks.length) return [make("p", {}, "没有规则读取它的数据格。")];
    const rules = new Map();
    for (const check of checks) rules.set(check.rule_id, [...(rules.get(check.rule_id) || []), check]);
    const list = make("ul", { class: "passport-checks" }, ...[...rules.values()].sort(byGravity).map(ruleLine));
    const said = `${rules.size} 条规则读取它的数据格，${summary(checks)}`;
    if (rules.size <= FEW) return [make("p", {}, said), list];
    const folded = make("details", {}, make("summary", {}, said), list);
    folded.open = checks.some((check) => check.outcome === "failed");
    return [folded];
  }

  const worst = (checks) => ["failed", "rounding"].find((one) => checks.some((check) => check.outcome === one)) || "passed";
  const byGravity = (one, other) => Object.keys(OUTCOMES).indexOf(worst(other)) - Object.keys(OUTCOMES).indexOf(worst(one));

  function summary(checks) {
    const count = (outcome) => checks.filter((check) => check.outcome === outcome).length;
    if (count("passed") === checks.length) return "全部相符";
    return Object.entries(OUTCOMES).filter(([outcome]) => count(outcome))
      .map(([outcome, word]) => `${word} ${count(outcome)} 次`).join("，");
  }

  function ruleLine(checks) {
    const outcome = worst(checks);
    const telling = checks.find((check) => check.outcome === outcome);
    const working = checks.length > 1 && outcome === "passed" ? `核对 ${checks.length} 次，均相符` : telling.working;
    return make("li", {},
      make("span", { class: `passport-outcome ${outcome}` }, OUTCOMES[outcome]), " ", make("b", {}, telling.rule_id), " ", telling.words,
      make("span", { class: "passport-soft" }, working));
  }

  function idPart(fact) {
    const copy = make("button", { type: "button", "data-copies": "" }, "复制");
    return [make("p", { class: "passport-id" }, make("code", {}, fact.id), " ", copy, make("span", { role: "status" }))];
  }

  function passportOf(fact) {
    const first = isKnown(fact) ? (isRoot(fact) ? "计算值" : "精确值") : "缘由";
    const parts = [[first, exactPart], ["进位", roundingPart], ["算式", formulaPart], ["来源", sourcePart], ["核对", checkPart], ["编号", idPart]];
    const list = make("dl");
    for (const [name, part] of parts) {
      const inside = part(fact);
      if (inside) list.append(make("dt", {}, name), make("dd", {}, ...inside));
    }
    const value = make("p", { class: "passport-value" }, fact.printed);
    if (isKnown(fact) && fact.unit) value.append(make("span", {}, fact.unit));
    return [value, list];
  }

  // --- the dialog

  function build() {
    dialog = make("dialog", { class: "passport", "aria-labelledby": "passport-title" },
      make("header", {},
        make("button", { type: "button", class: "passport-back", "aria-label": "返回上一个数字" }, "‹"),
        make("h2", { id: "passport-title", tabindex: "-1" }),
        make("button", { type: "button", class: "passport-close", "aria-label": "关闭" }, "×")),
      make("div", { class: "passport-body" }));
    let pressedOutside = false;
    dialog.addEventListener("pointerdown", (event) => { pressedOutside = event.target === dialog; });
    dialog.addEventListener("click", (event) => {
      // A selection dragged out of the passport ends outside too: it must also have begun there.
      if (event.target === dialog) { if (pressedOutside) closeAt(event); return; }
      const button = event.target.closest("button");
      if (!button) return;
      if (button.matches(".passport-close")) dialog.close();
      else if (button.matches(".passport-back")) { trail.pop(); fill(); }
      else if (button.dataset.goes) { trail.push(button.dataset.goes); fill(); }
      else if ("copies" in button.dataset) copyId(button);
    });
    dialog.addEventListener("close", () => {
      opener.classList.remove("fact-open");
      document.documentElement.classList.remove("passport-open");
      opener.focus({ preventScroll: true });
    });
    addEventListener("resize", () => { if (dialog.open) place(); });
    document.body.append(dialog);
  }

  function closeAt(event) {
    dialog.close();
    const under = document.elementFromPoint(event.clientX, event.clientY);
    const figure = under && under.closest(`${FIGURE}[role=button]`);
    if (figure && figure !== opener) open(figure);
  }

  function fill() {
    const id = trail[trail.length - 1];
    const fact = ledger && ledger.facts.get(id);
    const title = dialog.querySelector("h2");
    const lost = ledger ? `台账中没有 ${id}。` : "没有读到这一页的台账（facts.js）。请确认它与网页在一起。";
    title.textContent = fact ? fact.title : "查不到出处";
    dialog.querySelector(".passport-back").hidden = trail.length < 2;
    const body = dialog.querySelector(".passport-body");
    body.replaceChildren(...(fact ? passportOf(fact) : [make("p", {}, lost)]));
    body.scrollTop = 0;
    title.focus({ preventScroll: true });
  }

  /** Beside the figure, on the side with more room; a narrow screen's style makes a sheet of it and ignores this. */
  function place() {
    const figure = opener.getBoundingClientRect();
    const [below, above] = [innerHeight - figure.bottom - 2 * EDGE, figure.top - 2 * EDGE];
    const isBelow = below >= Math.min(above, LOWEST + 120) || below >= above;
    const set = (name, value) => dialog.style.setProperty(`--passport-${name}`, value);
    const room = Math.max(LOWEST, isBelow ? below : above);
    set("room", `${room}px`);
    set("left", `${Math.max(EDGE, Math.min(figure.left - EDGE, document.documentElement.clientWidth - dialog.offsetWidth - EDGE))}px`);
    set("top", isBelow ? `${Math.max(EDGE, Math.min(figure.bottom + EDGE / 2, innerHeight - EDGE - room))}px` : "auto");
    set("bottom", isBelow ? "auto" : `${Math.max(EDGE, Math.min(innerHeight - figure.top + EDGE / 2, innerHeight - EDGE - room))}px`);
  }

  async function open(figure) {
    await loadLedger().catch(() => { loading = null; });
    if (!dialog) build();
    if (dialog.open) return;
    opener = figure;
    trail = [figure.dataset.fact];
    opener.classList.add("fact-open");
    document.documentElement.classList.add("passport-open");
    dialog.showModal();
    fill();
    place();
  }

  async function copyId(button) {
    const id = button.previousElementSibling;
    const said = button.nextElementSibling;
    try {
      await navigator.clipboard.writeText(id.textContent);
      said.textContent = "已复制";
    } catch {
      // Without https a browser keeps the clipboard to itself: the reader copies what is now selected.
      getSelection().selectAllChildren(id);
      said.textContent = "已选中，请按 Ctrl+C";
    }
  }

  document.addEventListener("click", (event) => {
    const figure = event.target.closest && event.target.closest(`${FIGURE}[role=button]`);
    if (figure && getSelection().isCollapsed) open(figure);
  });
  document.addEventListener("keydown", (event) => {
    const figure = event.target.closest && event.target.closest(`${FIGURE}[role=button]`);
    if (!figure || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = event.key.startsWith("Arrow") && beside(figure, event.key);
    if (next) next.focus();
    if (event.key === "Enter" || event.key === " ") open(figure);
    if (next || event.key === "Enter" || event.key === " ") event.preventDefault();
  });
  document.querySelectorAll(FIGURE).forEach(dress);

  // A number on a comparison leads here by `#fact=<id>`: to the first place that prints it, its passport open.
  function openNamed() {
    const id = new URLSearchParams(location.hash.slice(1)).get("fact");
    const figure = id && document.querySelector(`${FIGURE}[role=button][data-fact="${CSS.escape(id)}"]`);
    if (!figure) return;
    figure.scrollIntoView({ block: "center" });
    open(figure);
  }
  addEventListener("hashchange", openNamed);
  openNamed();
})();
