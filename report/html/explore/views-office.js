// Views of one office: its years, what changed, what it spends on.
(function (juesuan) {
  "use strict";
  const { amount, changeWords, percent } = juesuan.numbers;
  const { placed, unitOf, named, largest, partsOf, partName, partLink, isEconomic, GROUPS, SLICE_IS_DARK } = juesuan.views;
  const cube = juesuan.cube;
  const MOST_STEPS = 10;
  const MOST_PARTS = 8;
  const officeData = (state) => [`office-${state.unit}`];
  const yearsOf = (state) => cube.unit(state.unit).years;
  const priorOf = (state) => Number(state.year) - 1;
  const short = (state) => cube.unit(state.unit).short;

  // --- the years of one measure

  juesuan.views.add("lines", {
    controls: ["measure", "code", "basis", "prices"],
    // A share is of all offices, whose figures lie in the scripts of the years.
    needs: (state) => [...officeData(state), ...(state.basis === "share" ? juesuan.views.yearNames(yearsOf(state)) : []),
      ...(state.basis === "share" && state.code ? yearsOf(state).map((year) => `details-${year}`) : [])],
    compute(state) {
      const unit = unitOf(state);
      const nominal = { ...state, prices: "nominal" };
      const series = state.prices === "constant" && unit !== "%" && unit !== "人"
        ? [["当年价", nominal], [`${cube.baseYear()}年价`, state]] : [[cube.title(state, yearsOf(state).at(-1)), nominal]];
      const rows = yearsOf(state).map((year) => yearRow(state, nominal, year));
      const [first, last] = [yearsOf(state)[0], yearsOf(state).at(-1)];
      const span = Array.from({ length: last - first + 1 }, (_, place) => first + place);
      const drawn = series.flatMap(([name, terms]) => span.map((year) => [year, cube.chosen(state.unit, year, terms)])
        .map(([year, value]) => (value
          ? { series: name, year: String(year), value: value.value, printed: value.printed, told: true, told_as: `${year}年${name}：${value.told}` }
          : { series: name, year: String(year), value: null, printed: "", told: false, told_as: "" }))); // the line breaks here
      const marks = state.code ? cube.renames("functions", state.code).filter(([year]) => yearsOf(state).includes(year))
        .map(([year, before, after]) => ({ year: String(year), note: `${year}年起：${before} → ${after}` })) : [];
      return {
        heading: `${short(state)}历年${named(state, yearsOf(state).at(-1))}（单位：${unit}）`,
        sentence: lineWords(rows, marks),
        drawing: { rows: drawn.some((row) => row.value !== null) ? drawn : [], marks },
        rows,
        columns: [
          { key: "name", title: "年度" },
          { key: "value", title: "当年价", unit, number: true },
          ...(series.length > 1 ? [{ key: "real", title: `${cube.baseYear()}年价`, unit, number: true }] : []),
          { key: "change", title: "比上年增减", unit: unit === "%" ? "百分点" : unit, number: true },
          { key: "rate", title: "比上年增减", unit: "%", number: true },
        ],
        caption: `${short(state)}历年${named(state, yearsOf(state).at(-1))}`,
      };
    },
  });

  function yearRow(state, nominal, year) {
    const value = cube.chosen(state.unit, year, nominal);
    const before = yearsOf(state).includes(year - 1) ? cube.chosen(state.unit, year - 1, nominal) : undefined;
    const change = value && before ? value.minus(before) : before;
    return {
      year, name: `${year}年`, value, before, real: cube.chosen(state.unit, year, state), change, rate: change ? percent(change, before) : change,
      links: { value: value && cube.linkOf(state.unit, year, state) },
    };
  }

  function lineWords(rows, marks) {
    const there = rows.filter((row) => row.value);
    if (!there.length) return "各年都没有公开这一项。";
    const last = there[there.length - 1];
    const renamed = marks.length ? `；${marks.map((mark) => mark.note.replace(" → ", "改称")).join("；")}，前后口径以科目说明为准` : "";
    if (there.length === 1) return `只有${last.name}有这一项，为${last.value.told}${renamed}。`;
    return `${last.name}为${last.value.told}，${changeWords(last.before, last.value)}；${there[0].name}为${there[0].value.told}${renamed}。`;
  }

  // --- what changed

  juesuan.views.add("waterfall", {
    controls: ["year", "by"],
    needs: officeData,
    compute(state) {
      const [year, prior] = [Number(state.year), priorOf(state)];
      const [now, before] = [partsOf(state.unit, year, state.by), partsOf(state.unit, prior, state.by)];
      const what = coveredIn(state, year);
      const heading = `${short(state)}${prior}年到${year}年${what}的变化，按${wayName(state)}（单位：万元）`;
      if (now && before && what !== coveredIn(state, prior)) return nothing(heading, `${prior}年和${year}年公开的范围不同，不能逐项比较。`);
      if (!now || !before) return nothing(heading, `${!now ? year : prior}年没有公开${wayName(state)}的明细，不能逐项比较。`);
      const codes = [...new Set([...before.keys(), ...now.keys()])].sort();
      const rows = codes.map((code) => changeRow(state, code, before.get(code) || 0, now.get(code) || 0));
      const whole = (parts) => amount([...parts.values()].reduce((sum, fen) => sum + fen, 0));
      const blocks = steps(rows, whole(before), whole(now), year, what);
      return {
        heading: blocks[0].from > 0 ? heading.replace("（单位：万元）", "（单位：万元；横轴不从零开始）") : heading,
        sentence: fallWords(rows, whole(before), whole(now), state),
        drawing: { rows: blocks },
        rows,
        columns: [
          { key: "name", title: "科目" }, { key: "code", title: "编码" },
          { key: "before", title: `${prior}年`, unit: "万元", number: true, total: true },
          { key: "now", title: `${year}年`, unit: "万元", number: true, total: true },
          { key: "change", title: "增减", unit: "万元", number: true, total: true },
          { key: "rate", title: "增减", unit: "%", number: true },
        ],
        caption: `${short(state)}${prior}—${year}年${what}增减，按${wayName(state)}`,
      };
    },
  });

  const wayName = (state) => ({ class: "功能分类（类）", section: "功能分类（款）", item: "功能分类（项）", economic: "经济分类（款）", economic_class: "经济分类（类）" })[state.by];
  const coveredIn = (state, year) => cube.covered(state.unit, year, isEconomic(state.by));
  const nothing = (heading, sentence) => ({ heading, sentence, drawing: null, rows: [], columns: [{ key: "name", title: "科目" }], caption: heading });

  function changeRow(state, code, before, now) {
    const change = amount(now - before);
    return {
      name: partName(state.by, code, Number(state.year)), code, before: amount(before), now: amount(now), change, rate: percent(change, amount(before)),
      links: { now: partLink(state.unit, Number(state.year), state.by, code, amount(now)), before: partLink(state.unit, priorOf(state), state.by, code, amount(before)) },
    };
  }

  function steps(rows, from, to, year, what) {
    const moved = rows.filter((row) => row.change.top !== 0n).map((row) => ({ label: row.name, quantity: row.change }));
    const parts = largest(moved, MOST_STEPS).sort((one, other) => other.quantity.compare(one.quantity));
    let height = from.value;
    const blocks = parts.map((part) => {
      const start = height;
      height += part.quantity.value;
      const printed = part.quantity.top > 0n ? `+${part.quantity.printed}` : part.quantity.printed;
      return { label: part.label, from: start, to: height, kind: part.quantity.top > 0n ? "增加" : "减少", printed };
    });
    const ground = groundOf([from.value, to.value, ...blocks.flatMap((block) => [block.from, block.to])]);
    const end = (label, whole) => ({ label, from: ground, to: whole.value, kind: "合计", printed: whole.printed });
    return placed([end(`${year - 1}年${what}`, from), ...blocks, end(`${year}年${what}`, to)]);
  }

  /** Where the totals' blocks begin: zero, but near the steps where those would be slivers seen from zero. */
  function groundOf(heights) {
    const [low, high] = [Math.min(...heights), Math.max(...heights)];
    return low > 0 && low > high / 2 ? Math.max(0, low - (high - low) * 0.6) : Math.min(0, low);
  }

  function fallWords(rows, before, now, state) {
    const moved = rows.filter((row) => row.change.top !== 0n).sort((one, other) => other.change.compare(one.change));
    const lead = `${short(state)}${state.year}年${coveredIn(state, Number(state.year))}${now.told}，${changeWords(before, now)}`;
    if (!moved.length) return `${lead}；各项都没有变化。`;
    const [up, down] = [moved[0], moved[moved.length - 1]];
    const words = [];
    if (up.change.top > 0n) words.push(`增加最多的是${up.name}，增加${up.change.told}`);
    if (down.change.top < 0n) words.push(`减少最多的是${down.name}，减少${down.change.told.replace("-", "")}`);
    return `${lead}；${words.join("；")}。`;
  }

  // --- what it is spent on

  juesuan.views.add("treemap", {
    controls: ["year", "by"],
    needs: officeData,
    compute(state) {
      const year = Number(state.year);
      const parts = partsOf(state.unit, year, state.by);
      const what = coveredIn(state, year);
      const heading = `${short(state)}${year}年${what}用在哪里，按${wayName(state)}（单位：万元）`;
      if (!parts) return nothing(heading, `${year}年没有公开${wayName(state)}的明细。`);
      const whole = amount([...parts.values()].reduce((sum, fen) => sum + fen, 0));
      const rows = [...parts].map(([code, fen]) => ({
        name: partName(state.by, code, year), code, amount: amount(fen), share: percent(amount(fen), whole),
        links: { amount: partLink(state.unit, year, state.by, code, amount(fen)) },
      })).sort((one, other) => other.amount.compare(one.amount));
      const most = rows[0];
      return {
        heading,
        sentence: `${short(state)}${year}年${what}${whole.told}，分为 ${rows.length} 项，最大的是${most.name}，${most.amount.told}，占${most.share ? most.share.told : "零"}。`,
        drawing: { rows: tiles(rows) },
        rows,
        columns: [
          { key: "name", title: "科目" }, { key: "code", title: "编码" },
          { key: "amount", title: "决算数", unit: "万元", number: true, total: true },
          { key: "share", title: "占比", unit: "%", number: true },
        ],
        caption: `${short(state)}${year}年${what}，按${wayName(state)}`,
      };
    },
  });

  /** Tiles by size, coloured by their 类; what is not above zero has no tile. */
  function tiles(rows) {
    const classes = [...new Set(rows.map((row) => row.code.slice(0, 3)))];
    const drawn = rows.filter((row) => row.amount.top > 0n).map((row) => {
      const group = classes.indexOf(row.code.slice(0, 3)) % GROUPS;
      const share = row.share ? `，占${row.share.told}` : "";
      return { id: row.code, parent: "all", label: row.name, value: row.amount.value, printed: row.amount.printed, group, dark: SLICE_IS_DARK[group], told_as: `${row.name}：${row.amount.told}${share}` };
    });
    return [{ id: "all", parent: null, label: "", value: 0 }, ...drawn];
  }

  // --- structure year by year

  juesuan.views.add("structure", {
    controls: ["by"],
    needs: officeData,
    compute(state) {
      const detailed = yearsOf(state).filter((year) => partsOf(state.unit, year, state.by));
      const what = detailed.length ? coveredIn(state, detailed[detailed.length - 1]) : "支出";
      const years = detailed.filter((year) => coveredIn(state, year) === what);
      const heading = `${short(state)}历年${what}的结构，按${wayName(state)}（占当年的百分比）`;
      if (!years.length) return nothing(heading, `各年都没有公开${wayName(state)}的明细。`);
      const latest = years[years.length - 1];
      const codes = [...new Set(years.flatMap((year) => [...partsOf(state.unit, year, state.by).keys()]))].sort();
      const rows = codes.map((code) => shareRow(state, code, years, latest)).sort((one, other) => other.size - one.size);
      return {
        heading,
        sentence: structureWords(rows, years, state),
        drawing: { rows: segments(rows, years) },
        rows,
        columns: [{ key: "name", title: "科目" }, { key: "code", title: "编码" }, ...years.map((year) => ({ key: `y${year}`, title: `${year}年`, unit: "%", number: true }))],
        caption: `${short(state)}历年${what}的结构，按${wayName(state)}`,
      };
    },
  });

  function shareRow(state, code, years, latest) {
    const row = { code, name: partName(state.by, code, latest), size: 0, links: {} };
    for (const year of years) {
      const parts = partsOf(state.unit, year, state.by);
      const whole = amount([...parts.values()].reduce((sum, fen) => sum + fen, 0));
      row[`y${year}`] = percent(amount(parts.get(code) || 0), whole);
      row.size += row[`y${year}`] ? row[`y${year}`].value : 0;
      row.links[`y${year}`] = partLink(state.unit, year, state.by, code, row[`y${year}`]);
    }
    return row;
  }

  function segments(rows, years) {
    const named = rows.slice(0, rows.length > MOST_PARTS ? MOST_PARTS - 1 : MOST_PARTS);
    const others = rows.slice(named.length);
    return years.flatMap((year) => {
      const parts = named.map((row) => ({ label: row.name, quantity: row[`y${year}`] }));
      if (others.length) parts.push({ label: `其他（${others.length} 项）`, quantity: juesuan.numbers.sum(others.map((row) => row[`y${year}`])) });
      return parts.filter((part) => part.quantity && part.quantity.top > 0n).map((part) => {
        const place = parts.indexOf(part);
        const { value, printed, told } = part.quantity;
        return { year: String(year), label: part.label, place, value, printed: `${printed}%`, told: value >= 9, dark: SLICE_IS_DARK[place], told_as: `${year}年${part.label}：${told}` };
      });
    });
  }

  function structureWords(rows, years, state) {
    const [first, last] = [years[0], years[years.length - 1]];
    const most = [...rows].filter((row) => row[`y${last}`]).sort((one, other) => other[`y${last}`].compare(one[`y${last}`]))[0];
    const lead = `${short(state)}${last}年占比最大的是${most.name}，占${most[`y${last}`].told}`;
    if (first === last || !most[`y${first}`]) return `${lead}。`;
    const moved = most[`y${last}`].minus(most[`y${first}`]);
    const words = Number(moved.printed) === 0 ? "没有变化" : `${moved.top > 0n ? "提高" : "降低"}${moved.printed.replace("-", "")}个百分点`;
    return `${lead}，与${first}年相比${words}。`;
  }

  juesuan.views.office = { nothing };
})(globalThis.juesuan = globalThis.juesuan || {});
