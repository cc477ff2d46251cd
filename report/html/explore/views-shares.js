// Where all the offices of a year spent: a tile an office, coloured by the 类 that it was spent on.
(function (juesuan) {
  "use strict";
  const { amount, percent, Quantity } = juesuan.numbers;
  const { partsOf, partName, GROUPS, SLICE_IS_DARK } = juesuan.views;
  const { nothing } = juesuan.views.office;
  const cube = juesuan.cube;
  const MOST_TILES = 12; // of one colour; the smaller offices make one tile

  juesuan.views.add("shares", {
    controls: ["year"],
    needs: (state) => [`details-${state.year}`, `year-${state.year}`],
    compute(state) {
      const year = Number(state.year);
      const heading = `${year}年各单位支出用在哪里：按功能分类（类）着色（单位：万元）`;
      const spent = cube.unitsIn(year).filter((one) => cube.covered(one.id, year, false) === "支出").flatMap((one) => [...(partsOf(one.id, year, "class") || [])].map(([code, fen]) => ({ one, code, amount: amount(fen) })));
      if (!spent.length) return nothing(heading, `${year}年没有单位公开支出明细。`);
      const codes = [...new Set(spent.map((row) => row.code))].sort();
      const rows = codes.map((code) => classRow(code, spent.filter((row) => row.code === code && row.amount.top > 0n), year));
      const whole = juesuan.numbers.sum(rows.map((row) => row.amount));
      for (const row of rows) row.share = percent(row.amount, whole);
      rows.sort((one, other) => other.amount.compare(one.amount));
      return {
        heading,
        sentence: `${year}年有明细的 ${new Set(spent.map((row) => row.one.id)).size} 个单位共支出${whole.told}，最多用于${rows[0].name}，${rows[0].amount.told}，占${rows[0].share.told}。`,
        drawing: { rows: [{ id: "all", parent: null, label: "", value: 0 }, ...rows.flatMap((row, place) => [{ id: row.code, parent: "all", label: row.name, value: 0 }, ...classTiles(row, Math.min(place, GROUPS - 1))])], signals: { groups: classNames(rows) } },
        rows,
        columns: [
          { key: "name", title: "科目" }, { key: "code", title: "编码" }, { key: "offices", title: "单位数", unit: "个", number: true },
          { key: "amount", title: "决算数", unit: "万元", number: true, total: true }, { key: "share", title: "占比", unit: "%", number: true },
        ],
        caption: `${year}年各单位支出，按功能分类（类）`,
      };
    },
  });

  function classRow(code, spent, year) {
    const zero = new Quantity(0, 1, "万元", 2);
    return {
      code, name: partName("class", code, year), spent: [...spent].sort((one, other) => other.amount.compare(one.amount)),
      amount: juesuan.numbers.sum(spent.map((row) => row.amount)) || zero, offices: new Quantity(spent.length, 1, "个", 0),
    };
  }

  /** What the colours stand for: the 类 by size, those beyond the last colour together. */
  const classNames = (rows) => rows.slice(0, GROUPS).map((row, place) => (place === GROUPS - 1 && rows.length > GROUPS ? `其他 ${rows.length - place} 类` : row.name));

  function classTiles(row, group) {
    const tile = (id, label, quantity) => ({ id: `${row.code} ${id}`, parent: row.code, label, value: quantity.value, printed: quantity.printed, group, dark: SLICE_IS_DARK[group], told_as: `${row.name} ${label}：${quantity.told}` });
    const [few, rest] = [row.spent.slice(0, MOST_TILES), row.spent.slice(MOST_TILES)];
    const tiles = few.map(({ one, amount: spent }) => tile(one.id, one.short, spent));
    return rest.length ? [...tiles, tile("rest", `其他 ${rest.length} 个单位`, juesuan.numbers.sum(rest.map((one) => one.amount)))] : tiles;
  }
})(globalThis.juesuan = globalThis.juesuan || {});
