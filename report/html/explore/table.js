// The table under a drawing: sortable by each heading, with totals, a long one folded until it is asked for.
(function (juesuan) {
  "use strict";
  const { make } = juesuan.make;
  const FEW = 40;

  const isQuantity = (cell) => cell instanceof juesuan.numbers.Quantity;

  /** What a cell says: 未公开 where a year lacks the figure (null), a dash where there is no such year (undefined); neither is zero. */
  function told(cell, column) {
    if (cell === undefined) return column.number ? "—" : "";
    if (cell === null) return column.number ? "未公开" : "";
    return isQuantity(cell) ? cell.printed : String(cell);
  }

  function compare(one, other, column) {
    if (!column.number) return String(one ?? "").localeCompare(String(other ?? ""), "zh-Hans-CN");
    if (!one || !other) return 0;
    return one.compare(other);
  }

  /** Rows in the order of a column; what was not published stays last whichever way. */
  function sorted(rows, column, downwards) {
    const there = rows.filter((row) => !column.number || row[column.key]);
    const missing = rows.filter((row) => column.number && !row[column.key]);
    there.sort((one, other) => compare(one[column.key], other[column.key], column) * (downwards ? -1 : 1));
    return [...there, ...missing];
  }

  function cellOf(row, column, first) {
    const cell = row[column.key];
    const link = row.links && row.links[column.key];
    const href = typeof link === "function" ? link() : link; // of a long table few rows are shown
    const words = told(cell, column);
    const inside = href ? make("a", { href, title: column.number ? "到印出这个数的页" : null }, words) : words;
    const missing = column.number && !cell;
    return make(first ? "th" : "td", { scope: first ? "row" : null, class: [column.number ? "number" : "", missing ? "missing" : ""].join(" ").trim() || null }, inside);
  }

  function totals(rows, columns) {
    if (!columns.some((column) => column.total) || rows.length < 2) return null;
    const cells = columns.map((column, place) => {
      if (place === 0) return make("th", { scope: "row" }, `合计（${rows.length} 行）`);
      const added = column.total ? juesuan.numbers.sum(rows.map((row) => row[column.key])) : null;
      return make("td", { class: "number" }, added ? added.printed : "");
    });
    return make("tfoot", {}, make("tr", {}, cells));
  }

  /** A table that keeps its own order and length while the data under it change. */
  function tableOf(place) {
    let order = null;
    let all = false;
    let shown = { rows: [], columns: [], caption: "" };

    function draw(focusKey) {
      const { columns, caption } = shown;
      const by = order && columns.find((column) => column.key === order.key);
      const rows = by ? sorted(shown.rows, by, order.downwards) : shown.rows;
      const few = all ? rows : rows.slice(0, FEW);
      const heads = columns.map((column) => headOf(column));
      const body = make("tbody", {}, few.map((row) => make("tr", { class: row.marked ? "marked" : null }, columns.map((column, at) => cellOf(row, column, at === 0)))));
      const table = make("table", {}, make("caption", {}, caption), make("thead", {}, make("tr", {}, heads)), body, totals(rows, columns));
      const more = rows.length > FEW && make("button", { type: "button", class: "more", onclick: () => { all = !all; draw(); } }, all ? `只看前 ${FEW} 行` : `显示全部 ${rows.length} 行`);
      // A box that scrolls sideways must be reached by the keyboard, and say what it is.
      place.replaceChildren(make("div", { class: "view-scroll", tabindex: "0", role: "region", "aria-label": caption }, table), ...(more ? [more] : []));
      if (focusKey) place.querySelector(`button[data-key="${focusKey}"]`).focus();
    }

    function headOf(column) {
      const sort = order && order.key === column.key ? (order.downwards ? "descending" : "ascending") : "none";
      const unit = column.unit ? make("span", { class: "unit" }, column.unit) : null;
      const button = make("button", { type: "button", "data-key": column.key, onclick: () => sortBy(column) }, make("span", { class: "title" }, column.title), unit);
      return make("th", { scope: "col", "aria-sort": sort, class: column.number ? "number" : null }, button);
    }

    function sortBy(column) {
      const same = order && order.key === column.key;
      order = { key: column.key, downwards: same ? !order.downwards : Boolean(column.number) };
      draw(column.key);
    }

    return {
      show(rows, columns, caption) {
        shown = { rows, columns, caption };
        draw();
      },
      /** The rows as they stand in the table, for a download. */
      rows() {
        const by = order && shown.columns.find((column) => column.key === order.key);
        return { ...shown, rows: by ? sorted(shown.rows, by, order.downwards) : shown.rows };
      },
    };
  }

  juesuan.table = { tableOf, told };
})(globalThis.juesuan = globalThis.juesuan || {});
