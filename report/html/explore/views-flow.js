// The flow of an office's money, from where it came to what it was spent on; small ones are grouped.
(function (juesuan) {
  "use strict";
  const { amount, percent, sum } = juesuan.numbers;
  const { partsOf, partName, partLink } = juesuan.views;
  const cube = juesuan.cube;
  const SMALL = 2; // per cent of the whole: a band thinner than that is grouped
  const HIGH = 420;
  const GAP = 20;
  const WIDE = 10;

  juesuan.views.add("flow", {
    controls: ["year"],
    needs: (state) => [`office-${state.unit}`],
    compute(state, about) {
      const year = Number(state.year);
      const short = cube.unit(state.unit).short;
      const heading = `${short}${year}年的钱从哪里来、到哪里去（单位：万元）`;
      const ends = endsOf(state.unit, year);
      if (!ends) return juesuan.views.office.nothing(heading, `${year}年没有公开收入来源和全部支出的明细。`);
      const [from, to] = [sum(ends.left.map((one) => one.amount)), sum(ends.right.map((one) => one.amount))];
      const share = (one, whole) => ({ ...one, share: percent(one.amount, whole) });
      const rows = [...ends.left.map((one) => share(one, from)), ...ends.right.map((one) => share(one, to))];
      const largestOf = (ones) => [...ones].sort((one, other) => other.amount.compare(one.amount))[0];
      const [source, use] = [largestOf(ends.left), largestOf(ends.right)];
      return {
        heading,
        sentence: `${short}${year}年收入和上年结转共${from.told}，最大的来源是${source.name}，${source.amount.told}；支出和年末结转共${to.told}，最大的去向是${use.name}，${use.amount.told}。`,
        drawing: laidOut(ends, about.room),
        rows,
        columns: [
          { key: "side", title: "收或支" }, { key: "name", title: "项目" },
          { key: "amount", title: "金额", unit: "万元", number: true },
          { key: "share", title: "占本方", unit: "%", number: true },
        ],
        caption: `${short}${year}年收入来源和支出去向`,
      };
    },
  });

  const SOURCES = ["general_public", "government_fund", "state_capital", "superior_subsidy", "institutional", "operating", "subordinate_remittance", "other"].map((one) => `income.${one}`);

  /** What came in and what went out, each above zero; null where the year did not publish both. */
  function endsOf(unit, year) {
    const parts = partsOf(unit, year, "class");
    const end = (side, id) => ({ side, name: cube.measure(id).title, amount: cube.figure(unit, year, id), links: { amount: cube.measureAt(unit, year, id) } });
    const left = [...SOURCES, "carryover.opening", "carryover.surplus_used"].map((id) => end("收入", id)).filter((one) => one.amount && one.amount.top > 0n);
    if (!parts || !left.length || cube.covered(unit, year, false) !== "支出") return null;
    const spent = [...parts].sort().map(([code, fen]) => ({ side: "支出", name: partName("class", code, year), amount: amount(fen), links: { amount: partLink(unit, year, "class", code, amount(fen)) } }));
    const kept = ["carryover.surplus_distributed", "carryover.closing"].map((id) => end("支出", id)).filter((one) => one.amount);
    const right = [...spent, ...kept].filter((one) => one.amount.top > 0n);
    // A year that ended in the red owes what it spent beyond its income.
    const owed = kept.filter((one) => one.amount.top < 0n).map((one) => ({ ...one, side: "收入", name: `${one.name}（负数）`, amount: one.amount.times(-1, 1) }));
    return { left: [...left, ...owed], right };
  }

  function grouped(ones, whole, rest) {
    const isSmall = (one) => one.amount.value * 100 < whole.value * SMALL;
    const small = ones.filter(isSmall);
    const sorted = (of) => [...of].sort((one, other) => other.amount.compare(one.amount));
    if (small.length < 2) return sorted(ones);
    return [...sorted(ones.filter((one) => !isSmall(one))), { name: `${rest}（${small.length} 项）`, amount: sum(small.map((one) => one.amount)) }];
  }

  /** Ends left and right, a stem between them, and the bands as paths. */
  function laidOut({ left, right }, room) {
    const wide = room;
    const most = Math.max(sum(left.map((one) => one.amount)).value, sum(right.map((one) => one.amount)).value);
    const sides = [["left", grouped(left, sum(left.map((one) => one.amount)), "其他来源")], ["right", grouped(right, sum(right.map((one) => one.amount)), "其他支出")]];
    const tallest = Math.max(...sides.map(([, ones]) => ones.length));
    const scale = (HIGH - GAP * Math.max(tallest - 1, 1)) / most;
    const middle = { x: wide / 2 - WIDE / 2, y: (HIGH - most * scale) / 2, wide: WIDE, high: most * scale, label: "", side: "middle", told_as: "" };
    const [nodes, rows] = [[middle], []];
    for (const [side, ones] of sides) {
      const high = ones.reduce((total, one) => total + one.amount.value * scale, 0) + GAP * (ones.length - 1);
      let [y, at] = [(HIGH - high) / 2, middle.y];
      ones.forEach((one, place) => {
        const size = one.amount.value * scale;
        const told = `${one.name}：${one.amount.told}`;
        const x = side === "left" ? 0 : wide - WIDE;
        nodes.push({ x, y, wide: WIDE, high: size, label: `${one.name} ${one.amount.printed}`, side, told_as: told });
        rows.push({ path: side === "left" ? band(WIDE, y, middle.x, at, size) : band(middle.x + WIDE, at, x, y, size), group: place % juesuan.views.GROUPS, told_as: told });
        y += size + GAP;
        at += size;
      });
    }
    return { rows, nodes };
  }

  function band(fromX, fromY, toX, toY, size) {
    const bend = (fromX + toX) / 2;
    const place = (...numbers) => numbers.map((number) => number.toFixed(1)).join(",");
    return `M${place(fromX, fromY)}C${place(bend, fromY)} ${place(bend, toY)} ${place(toX, toY)}L${place(toX, toY + size)}C${place(bend, toY + size)} ${place(bend, fromY + size)} ${place(fromX, fromY + size)}Z`;
  }
})(globalThis.juesuan = globalThis.juesuan || {});
