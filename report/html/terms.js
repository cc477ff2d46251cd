// Terms where they occur: in each section of running text the first time that a term is named it opens a card with its
// meaning. The page itself is left as it is; what is done here is done in the browser alone, and undone on paper.
//
// A term stays text, so that it is selected and broken like text; Enter or space opens it, Esc closes.
(function () {
  "use strict";
  const TEXT = "p, li, dd";
  const HEADINGS = "h1, h2, h3, h4, h5, h6";
  const LEFT_ALONE = `${HEADINGS}, a, button, summary, label, select, figure, table, nav, header, dialog, strong, b, code, pre, script, style,
    .fact, .term, .glossary, .chart-note, .table-note, .no-terms, [role=button], [hidden]`;
  const { root } = globalThis.juesuanData;
  let known = null;
  let card = null;
  let opener = null;

  // --- finding the terms

  /** A word is met wherever it stands; a 科目 only as a whole name: 行政事业单位医疗 is not 事业单位医疗. */
  function patternOf(terms) {
    const han = "\\p{Script=Han}";
    const names = terms.map(([name, , anchor]) => {
      const plain = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
      return /^term-\d/.test(anchor) ? `(?<!${han})${plain}(?!${han})` : plain;
    });
    return new RegExp(names.join("|"), "gu");
  }

  /** Mark the first mention of each term in each section below `area`; a section ends at the next heading. */
  function mark(area) {
    if (!known) return;
    const met = new Set();
    const walker = document.createTreeWalker(area, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, {
      acceptNode(node) {
        if (node.nodeType === Node.TEXT_NODE) return node.parentElement.closest(TEXT) ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP;
        if (node.matches(HEADINGS)) met.clear();
        return node.matches(LEFT_ALONE) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP;
      },
    });
    // The text after a term that was marked is a node of its own, which the walker comes to next.
    while (walker.nextNode()) markIn(walker.currentNode, met);
  }

  function markIn(text, met) {
    for (let from = 0; from < text.data.length;) {
      known.pattern.lastIndex = from;
      const found = known.pattern.exec(text.data);
      if (!found) return;
      const [name] = found;
      const at = found.index;
      from = at + name.length;
      if (met.has(name)) continue;
      met.add(name);
      dress(text.splitText(at), name);
      return;
    }
  }

  function dress(text, name) {
    text.splitText(name.length);
    const term = document.createElement("span");
    term.className = "term";
    term.tabIndex = 0;
    term.setAttribute("role", "button");
    term.setAttribute("aria-haspopup", "dialog");
    term.setAttribute("aria-expanded", "false");
    text.replaceWith(term);
    term.append(text);
  }

  // --- the card

  function build() {
    card = document.createElement("div");
    card.className = "term-card";
    card.tabIndex = -1;
    card.hidden = true;
    card.setAttribute("role", "dialog");
    card.setAttribute("aria-labelledby", "term-name");
    card.innerHTML = '<p id="term-name"></p><p class="term-meaning"></p><p><a>在“数据与术语”中查看</a></p>';
    card.addEventListener("keydown", (event) => {
      if (event.key !== "Tab") return;
      // The card lies at the page's end: the keyboard goes on from the term, not from there.
      const link = card.querySelector("a");
      if (event.shiftKey || document.activeElement === link) close(true);
    });
    document.body.append(card);
  }

  function open(term) {
    if (opener === term) { close(true); return; }
    close(false);
    const [name, meaning, anchor] = known.byName.get(term.textContent);
    opener = term;
    card.querySelector("#term-name").textContent = name;
    card.querySelector(".term-meaning").textContent = meaning;
    card.querySelector("a").href = new URL(`${known.page}#${encodeURIComponent(anchor)}`, root).href;
    term.setAttribute("aria-expanded", "true");
    card.hidden = false;
    place();
    card.focus({ preventScroll: true });
  }

  function close(returns) {
    if (!opener) return;
    opener.setAttribute("aria-expanded", "false");
    if (returns) opener.focus({ preventScroll: true });
    opener = null;
    card.hidden = true;
  }

  /** Below the term, or above where there is no room; within the window's width. */
  function place() {
    const at = opener.getClientRects()[0];
    const width = document.documentElement.clientWidth;
    const left = Math.max(8, Math.min(at.left, width - card.offsetWidth - 8));
    const below = at.bottom + 6;
    const top = below + card.offsetHeight > innerHeight && at.top > card.offsetHeight + 12 ? at.top - card.offsetHeight - 6 : below;
    card.style.left = `${left + scrollX}px`;
    card.style.top = `${top + scrollY}px`;
  }

  // --- the page

  function listen() {
    document.addEventListener("click", (event) => {
      const term = event.target.closest(".term");
      // A selection dragged over a term is not a press on it.
      if (term && getSelection().isCollapsed) open(term);
      else if (!term && !card.contains(event.target)) close(false);
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && opener) { event.preventDefault(); close(true); }
      if ((event.key === "Enter" || event.key === " ") && event.target.matches(".term")) {
        event.preventDefault();
        open(event.target);
      }
    });
    addEventListener("resize", () => { if (opener) place(); });
  }

  /** A folded part that an address leads to is unfolded. */
  function unfold() {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.matches("details")) target.open = true;
  }

  async function start() {
    const main = document.querySelector("main");
    if (!main || !main.querySelector(TEXT)) return;
    const { page, terms } = await globalThis.juesuanData.load("terms");
    if (!terms.length) return;
    known = { page, pattern: patternOf(terms), byName: new Map(terms.map((term) => [term[0], term])) };
    build();
    listen();
    mark(main);
    document.documentElement.dataset.terms = "ready";
  }

  /** For views that write sentences of their own: marks the terms in what they wrote. */
  globalThis.juesuanTerms = { mark };

  addEventListener("hashchange", unfold);
  addEventListener("DOMContentLoaded", unfold);

  // After the charts and whatever else the reader waits for; without its data the page is read as it is.
  const wait = globalThis.requestIdleCallback || ((then) => setTimeout(then, 200));
  addEventListener("load", () => wait(() => start().catch(() => {}), { timeout: 1000 }));
})();
