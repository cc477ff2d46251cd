// What the views share: the register of them, rows for drawings, words that every sentence needs.
(function (juesuan) {
  "use strict";
  const { distinct, shorten } = juesuan.make;
  const known = new Map();
  const LABEL = 22;
  const SLICE_IS_DARK = [true, false, false, true, true, false, true, true, false, true];
  const GROUPS = SLICE_IS_DARK.length;

  /** Rows of a drawing in the order given: `place`, a label that fits and is one of a kind, what the pointer is told. */
  function placed(rows, columns = LABEL) {
    const labels = distinct(rows.map((row) => shorten(row.label, columns)));
    return rows.map((row, place) => ({ ...row, place, label: labels[place], told_as: row.told_as || `${row.label}：${row.printed}` }));
  }

  const unitOf = (state) => {
    const names = { share: "%", head: "万元/人", post: "万元/人" };
    return state.code || juesuan.cube.measure(state.measure).unit === "万元" || state.basis === "share"
      ? names[state.basis] || "万元" : juesuan.cube.measure(state.measure).unit;
  };

  function terms(state) {
    const basis = { amount: "", share: "占各单位之和的比重", head: "人均", post: "按编制人均" }[state.basis || "amount"];
    const prices = state.prices === "constant" && unitOf(state) !== "%" ? `（${juesuan.cube.baseYear()}年价）` : "";
    return `${basis}${prices}`;
  }

  const named = (state, year = Number(state.year)) => {
    const title = juesuan.cube.title(state, year);
    return state.basis === "head" || state.basis === "post" ? `${terms(state).replace(/（.*/, "")}${title}${terms(state).match(/（.*/)?.[0] || ""}` : `${title}${terms(state)}`;
  };

  const yearNames = (years) => years.map((year) => `year-${year}`);
  const detailNames = (state, years) => (state.code ? years.map((year) => `details-${year}`) : []);
  const has = (year) => juesuan.cube.catalogue().years.includes(year);

  /** The largest parts by size, the rest added up as one. */
  function largest(parts, most, rest = "其他") {
    const sorted = [...parts].sort((one, other) => Math.abs(other.quantity.value) - Math.abs(one.quantity.value));
    if (sorted.length <= most) return sorted;
    const others = sorted.slice(most - 1);
    return [...sorted.slice(0, most - 1), { label: `${rest}（${others.length} 项）`, quantity: juesuan.numbers.sum(others.map((one) => one.quantity)), key: "rest" }];
  }

  // --- the parts of an office's expenditure, by the way of dividing that the reader chose

  const DIGITS = { class: 3, section: 5, item: 7, economic: 5, economic_class: 3 };
  const WAYS = [["class", "类"], ["section", "款"], ["item", "项"], ["economic_class", "经济类"], ["economic", "经济款"]];
  const isEconomic = (by) => by.startsWith("economic");

  /** Amounts by code: Map of code → 分; null where the details were not published. */
  function partsOf(unit, year, by) {
    const held = juesuan.cube.details(unit, year);
    const rows = held && (isEconomic(by) ? held.economics : held.functions);
    if (!rows || !rows.length) return null;
    const parts = new Map();
    for (const [code, fen] of rows) {
      const key = code.slice(0, DIGITS[by]);
      parts.set(key, (parts.get(key) || 0) + fen);
    }
    return parts;
  }

  const partName = (by, code, year) => juesuan.cube.name(isEconomic(by) ? "economics" : "functions", code, year);
  /** Where a part is printed; by 经济分类 a report prints basic expenditure alone, which is another number. */
  const partLink = (unit, year, by, code, quantity) => (isEconomic(by) ? null : juesuan.cube.printedAt(unit, year, `spent.${code}`, quantity));

  juesuan.views = {
    add: (name, view) => known.set(name, view),
    get: (name) => known.get(name),
    placed, unitOf, named, yearNames, detailNames, has, largest, partsOf, partName, partLink, isEconomic, WAYS, GROUPS, SLICE_IS_DARK,
  };
})(globalThis.juesuan = globalThis.juesuan || {});
