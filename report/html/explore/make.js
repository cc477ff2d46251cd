// Small parts that every view is made of: elements, tables that sort, lines of words that fit a drawing.
(function (juesuan) {
  "use strict";

  function make(tag, about = {}, ...inside) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(about)) {
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (value === true) element.setAttribute(name, "");
      else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
    }
    element.append(...inside.flat().filter((one) => one !== null && one !== undefined && one !== ""));
    return element;
  }

  const width = (text) => [...text].reduce((sum, sign) => sum + (sign.codePointAt(0) > 0x2e7f || "“”（），。；：".includes(sign) ? 2 : 1), 0);

  /** Lines of at most `columns` half-width signs; numbers and Latin words stay whole. */
  function wrap(text, columns) {
    const lines = [""];
    for (const piece of text.match(/[\x21-\x7e]+|./gsu) || []) {
      const last = lines.length - 1;
      if (lines[last] && width(lines[last] + piece) > columns && !"，。、；：？！）”%".includes(piece)) lines.push("");
      lines[lines.length - 1] += piece;
    }
    return lines;
  }

  /** Cut to `columns` half-width signs, the rest in the tooltip and the table. */
  function shorten(text, columns) {
    if (width(text) <= columns) return text;
    let kept = "";
    for (const sign of text) {
      if (width(kept + sign) > columns - 2) break;
      kept += sign;
    }
    return `${kept}…`;
  }

  /** Labels for the places of a drawing: two alike would fall on one another, so spaces nobody sees tell them apart. */
  function distinct(labels) {
    const seen = new Map();
    return labels.map((label) => {
      const times = seen.get(label) || 0;
      seen.set(label, times + 1);
      return label + "\u200b".repeat(times);
    });
  }

  juesuan.make = { make, wrap, shorten, distinct, width };
})(globalThis.juesuan = globalThis.juesuan || {});
