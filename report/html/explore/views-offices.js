// Views of many offices: ranked, spread, one measure against another, each office's years.
(function (juesuan) {
  "use strict";
  const { changeWords, median, percent, sum } = juesuan.numbers;
  const { placed, unitOf, named, yearNames, detailNames, has } = juesuan.views;
  const cube = juesuan.cube;
  const MOST_BARS = 30;
  const MOST_PANELS = 12;
  const COMMON = ["unit", "measure", "code", "basis", "prices"];

  const office = (one) => ({ office: one.short, links: { office: cube.officePage(one.id) } });
  const known = (rows) => rows.filter((row) => row.value).sort((one, other) => other.value.compare(one.value));
  const isMarked = (one, state) => one.id === state.unit;

  // --- ranked

  function rankedRows(state, year) {
    const rows = cube.unitsIn(year).map((one) => {
      const value = cube.chosen(one.id, year, state);
      const before = one.years.includes(year - 1) ? cube.chosen(one.id, year - 1, state) : undefined;
      const change = value && before ? value.minus(before) : before;
      const base = office(one);
      return {
        ...base, unit: one, value, before, change, rate: change ? percent(change, before) : change, marked: isMarked(one, state),
        links: { ...base.links, value: () => value && cube.linkOf(one.id, year, state), before: () => before && cube.linkOf(one.id, year - 1, state) },
      };
    });
    const there = known(rows);
    let rank = 0; // those of the same size bear the same
    there.forEach((row, place) => {
      if (!place || there[place - 1].value.compare(row.value) !== 0) rank = place + 1;
      row.rank = new juesuan.numbers.Quantity(rank, 1, "", 0);
    });
    return [...there, ...rows.filter((row) => !row.value)];
  }

  juesuan.views.add("ranked", {
    controls: [...COMMON, "year"],
    needs: (state) => {
      const years = [Number(state.year), Number(state.year) - 1].filter(has);
      return [...yearNames(years), ...detailNames(state, years)];
    },
    compute(state) {
      const year = Number(state.year);
      const rows = rankedRows(state, year);
      const there = known(rows);
      const shown = there.filter((row, place) => place < MOST_BARS || row.marked);
      const unit = unitOf(state);
      return {
        heading: `${year}年各单位${named(state)}${there.length > shown.length ? `：最大的 ${MOST_BARS} 个` : ""}（单位：${unit}）`,
        sentence: rankedWords(there, rows, state, year),
        drawing: { rows: placed(shown.map((row) => ({ label: row.office, value: row.value.value, printed: row.value.printed, marked: row.marked }))) },
        rows,
        columns: [
          { key: "office", title: "单位" },
          { key: "rank", title: "名次", number: true },
          { key: "value", title: `${year}年`, unit, number: true, total: unit === "万元" || unit === "人" },
          { key: "before", title: `${year - 1}年`, unit, number: true, total: unit === "万元" || unit === "人" },
          { key: "change", title: "增减", unit: unit === "%" ? "百分点" : unit, number: true },
          { key: "rate", title: "增减", unit: "%", number: true },
        ],
        caption: `${year}年各单位${named(state)}`,
      };
    },
  });

  function rankedWords(there, rows, state, year) {
    if (!there.length) return `${year}年没有单位公开这一项。`;
    const first = there[0];
    const middle = median(there.map((row) => row.value));
    const missing = rows.length - there.length;
    const words = [`${year}年有 ${there.length} 个单位有这一项，${first.office}最大，为${first.value.told}${there.length > 2 ? `，居中的是${middle.told}` : ""}`];
    const chosen = there.find((row) => row.marked);
    if (chosen) words.push(`${chosen.office}为${chosen.value.told}，居第 ${chosen.rank.printed} 位，${changeWords(chosen.before, chosen.value)}`);
    if (missing) words.push(`${missing} 个单位未公开，不列入图中`);
    return `${words.join("；")}。`;
  }

  // --- spread over the offices, year by year

  juesuan.views.add("distribution", {
    controls: COMMON,
    needs: (state) => [...yearNames(cube.catalogue().years), ...detailNames(state, cube.catalogue().years)],
    compute(state) {
      const unit = unitOf(state);
      const byYear = cube.catalogue().years.map((year) => spread(state, year)).filter((row) => row.count.top > 0n);
      const drawn = byYear.flatMap((row) => row.all.filter((one) => one.value.top > 0n).map((one) => ({
        label: one.office, year: String(row.year), value: one.value.value, printed: one.marked ? one.value.printed : "", marked: one.marked,
        told_as: `${one.office} ${row.year}年：${one.value.told}`,
      })));
      return {
        heading: `各单位${named(state)}的分布：一条短线一个单位，橙色为居中的单位（单位：${unit}，对数刻度，零和负数不画）`,
        sentence: spreadWords(byYear, state),
        drawing: { rows: drawn },
        rows: byYear,
        columns: [
          { key: "name", title: "年度" },
          { key: "count", title: "单位数", unit: "个", number: true },
          { key: "least", title: "最小", unit, number: true },
          { key: "middle", title: "居中", unit, number: true },
          { key: "most", title: "最大", unit, number: true },
          { key: "chosen", title: cube.unit(state.unit)?.short || "所选单位", unit, number: true },
          { key: "rank", title: "名次", number: true },
        ],
        caption: `各年度各单位${named(state)}的分布`,
      };
    },
  });

  function spread(state, year) {
    const all = known(cube.unitsIn(year).map((one) => ({ ...office(one), value: cube.chosen(one.id, year, state), marked: isMarked(one, state) })));
    const chosen = all.find((row) => row.marked);
    const whole = (number) => new juesuan.numbers.Quantity(number, 1, "", 0);
    return {
      year, all, name: `${year}年`, count: whole(all.length),
      least: all.length ? all[all.length - 1].value : null, middle: median(all.map((row) => row.value)), most: all.length ? all[0].value : null,
      chosen: chosen ? chosen.value : null, rank: chosen ? whole(1 + all.findIndex((row) => row.value.compare(chosen.value) === 0)) : null,
      links: { chosen: chosen ? cube.linkOf(state.unit, year, state) : null },
    };
  }

  function spreadWords(byYear, state) {
    if (!byYear.length) return "没有单位公开这一项。";
    const last = byYear[byYear.length - 1];
    const words = [`${last.year}年 ${last.count.printed} 个单位，从${last.least.told}到${last.most.told}，居中的是${last.middle.told}`];
    const chosen = [...byYear].reverse().find((row) => row.chosen);
    if (chosen) words.push(`${cube.unit(state.unit).short}${chosen.year}年为${chosen.chosen.told}，居第 ${chosen.rank.printed} 位`);
    return `${words.join("；")}。`;
  }

  // --- one measure against another, with a brush

  juesuan.views.add("scatter", {
    controls: ["unit", "year", "measure", "across", "code", "basis"],
    brush: true,
    needs: (state) => [...yearNames([Number(state.year)]), ...detailNames(state, [Number(state.year)])],
    compute(state, about) {
      const year = Number(state.year);
      const { title, unit: acrossUnit } = cube.measure(state.across);
      const rows = cube.unitsIn(year).map((one) => {
        const base = office(one);
        return {
          ...base, value: cube.chosen(one.id, year, state), across: cube.figure(one.id, year, state.across), marked: isMarked(one, state),
          links: { ...base.links, value: () => cube.linkOf(one.id, year, state), across: () => cube.linkOf(one.id, year, { measure: state.across }) },
        };
      }).filter((row) => row.value && row.across).sort((one, other) => other.value.compare(one.value));
      const drawable = rows.filter((row) => row.value.top > 0n && row.across.top > 0n);
      const within = (row) => !about.brush || Object.entries(about.brush).every(([axis, [from, to]]) => {
        const at = row[axis === "across" ? "across" : "value"].value;
        return at >= Math.min(from, to) && at <= Math.max(from, to);
      });
      const chosen = about.brush ? drawable.filter(within) : rows;
      const unit = unitOf(state);
      return {
        heading: `${year}年各单位：纵轴${named(state)}（${unit}），横轴${title}（${acrossUnit}），都是对数刻度`,
        sentence: scatterWords(rows, chosen, about, title, state),
        drawing: { rows: drawable.map((row) => ({
          label: row.office, value: row.value.value, across: row.across.value, marked: row.marked,
          told_as: `${row.office}：${row.value.told}`, across_printed: `${title}${row.across.told}`,
        })) },
        rows: chosen,
        columns: [
          { key: "office", title: "单位" },
          { key: "across", title, unit: acrossUnit, number: true, total: acrossUnit === "万元" || acrossUnit === "人" },
          { key: "value", title: named(state), unit, number: true, total: unit === "万元" || unit === "人" },
        ],
        caption: `${year}年各单位${named(state)}和${title}`,
      };
    },
  });

  function scatterWords(rows, chosen, about, title, state) {
    if (!rows.length) return "没有单位两项都公开。";
    const added = sum(chosen.map((row) => row.value));
    const amount = added && added.unit === "万元" ? `，纵轴一项共${added.told}` : "";
    if (about.brush) return `框中 ${chosen.length} 个单位${amount}；表中只列这些单位，点“清除框选”看全部。`;
    return `${rows.length} 个单位两项都公开${amount}；在图上拖出一个框，表中就只列框中的单位。`;
  }

  // --- small multiples

  juesuan.views.add("multiples", {
    controls: COMMON,
    needs: (state) => [...yearNames(cube.catalogue().years), ...detailNames(state, cube.catalogue().years)],
    compute(state) {
      const { years, units } = cube.catalogue();
      const unit = unitOf(state);
      const rows = units.map((one) => seriesRow(one, years, state)).filter((row) => row.there.length).sort((one, other) => other.last.compare(one.last));
      const most = rows.filter((row, place) => place < MOST_PANELS || row.marked);
      const panels = placed(most.map((row) => ({ label: row.office, printed: "" })), 20);
      const drawn = most.flatMap((row, place) => years.map((year) => {
        const [at, value] = [{ label: panels[place].label, place, year: String(year) }, row[`y${year}`]];
        if (!value) return { ...at, value: null, printed: "", told: false, told_as: "" }; // the line breaks here
        return { ...at, value: value.value, printed: value.printed, told: year === row.there[row.there.length - 1][0], told_as: `${row.office} ${year}年：${value.told}` };
      }));
      return {
        heading: `各单位历年${named(state)}${rows.length > most.length ? `：末年最大的 ${MOST_PANELS} 个` : ""}（单位：${unit}；各图纵轴不同，看走向，不比高低）`,
        sentence: multiplesWords(rows),
        drawing: { rows: drawn },
        rows,
        columns: [
          { key: "office", title: "单位" },
          ...years.map((year) => ({ key: `y${year}`, title: `${year}年`, unit, number: true, total: unit === "万元" || unit === "人" })),
          { key: "rate", title: "首末年增减", unit: "%", number: true },
        ],
        caption: `各单位历年${named(state)}`,
      };
    },
  });

  function seriesRow(one, years, state) {
    const base = office(one);
    const row = { ...base, marked: isMarked(one, state), there: [], links: { ...base.links } };
    for (const year of years) {
      const value = one.years.includes(year) ? cube.chosen(one.id, year, state) : undefined;
      row[`y${year}`] = value;
      row.links[`y${year}`] = () => (value ? cube.linkOf(one.id, year, state) : null);
      if (value) row.there.push([year, value]);
    }
    if (row.there.length) row.last = row.there[row.there.length - 1][1];
    row.rate = row.there.length > 1 ? percent(row.last.minus(row.there[0][1]), row.there[0][1]) : null;
    return row;
  }

  function multiplesWords(rows) {
    const rated = rows.filter((row) => row.rate).sort((one, other) => other.rate.compare(one.rate));
    if (!rated.length) return `${rows.length} 个单位有这一项；都只有一年，看不出走向。`;
    const [up, down] = [rated[0], rated[rated.length - 1]];
    const span = (row) => `${row.there[0][0]}—${row.there[row.there.length - 1][0]}年`;
    const words = (row) => `${row.office}${span(row)}${Number(row.rate.printed) < 0 ? "下降" : "增长"}${row.rate.printed.replace("-", "")}%`;
    const last = rated.length > 1 ? `；增长最少或下降最多的是${words(down)}` : "";
    return `${rows.length} 个单位有这一项，${rated.length} 个单位有两年以上；首末年相比，增长最多的是${words(up)}${last}。`;
  }
})(globalThis.juesuan = globalThis.juesuan || {});
