// Views of budgets, projects, evaluations and checks.
(function (juesuan) {
  "use strict";
  const { amount, count, percent, sum, Quantity } = juesuan.numbers;
  const { placed } = juesuan.views;
  const cube = juesuan.cube;
  const MOST = 30;
  const within = (state, year) => cube.unitsIn(year).filter((one) => !state.unit || one.id === state.unit);
  const told = (quantity) => (quantity.top > 0n ? `+${quantity.printed}` : quantity.printed);

  // --- budget and outcome

  juesuan.views.add("deviation", {
    controls: ["unit", "year", "against", "by", "threshold"],
    by: [["unit", "单位"], ["class", "功能分类（类）"], ["item", "功能分类（项）"]],
    needs: (state) => [`year-${state.year}`, ...(state.by === "unit" ? [] : [`details-${state.year}`])],
    compute(state) {
      const year = Number(state.year);
      const all = (state.by === "unit" ? byOffice(state, year) : byCode(state, year)).filter((row) => row.budget && row.deviation);
      const rows = all.filter((row) => Math.abs(row.deviation.value) >= Number(state.threshold))
        .sort((one, other) => Math.abs(other.deviation.value) - Math.abs(one.deviation.value));
      const shown = rows.slice(0, MOST);
      const budget = state.against === "initial" ? "年初预算" : "全年预算";
      const whom = state.unit ? cube.unit(state.unit).short : "各单位";
      return {
        heading: `${year}年${whom}一般公共预算支出决算偏离${budget}${shown.length < rows.length ? `：偏离最大的 ${MOST} 项` : ""}（单位：%）`,
        sentence: deviationWords(all, rows, state, year, budget),
        drawing: { rows: placed(shown.map((row) => ({ label: row.name, value: row.deviation.value, printed: `${told(row.deviation)}%` }))), signals: { threshold: Number(state.threshold) } },
        rows,
        columns: [
          { key: "name", title: state.by === "unit" ? "单位" : "科目" },
          { key: "budget", title: budget, unit: "万元", number: true, total: true },
          { key: "final", title: "决算数", unit: "万元", number: true, total: true },
          { key: "difference", title: "决算减预算", unit: "万元", number: true, total: true },
          { key: "completion", title: "完成预算", unit: "%", number: true },
          { key: "deviation", title: "偏离", unit: "%", number: true },
        ],
        caption: `${year}年决算与${budget}`,
      };
    },
  });

  function deviated(name, final, budget, links) {
    const difference = final && budget ? final.minus(budget) : null;
    return { name, final, budget, difference, completion: percent(final, budget), deviation: percent(difference, budget), links };
  }

  function byOffice(state, year) {
    const kind = `budget.${state.against}`;
    return within(state, year).map((one) => deviated(one.short, cube.figure(one.id, year, "general_public.final"), cube.figure(one.id, year, kind), {
      name: cube.officePage(one.id), final: cube.measureAt(one.id, year, "general_public.final"), budget: cube.measureAt(one.id, year, kind),
    }));
  }

  /** By code, over the offices that published a budget for it. */
  function byCode(state, year) {
    const digits = state.by === "class" ? 3 : 7;
    const place = state.against === "initial" ? 5 : 6;
    const sums = new Map();
    for (const one of within(state, year)) {
      const held = cube.details(one.id, year);
      for (const row of held ? held.functions : []) {
        if (row[place] === null) continue;
        const code = row[0].slice(0, digits);
        const [final, budget] = sums.get(code) || [0, 0];
        sums.set(code, [final + row[4], budget + row[place]]);
      }
    }
    const link = (code, final) => (state.unit ? cube.printedAt(state.unit, year, `function.${code}`, final) : null);
    return [...sums].map(([code, [final, budget]]) => deviated(cube.name("functions", code, year), amount(final), amount(budget), { final: link(code, amount(final)) }));
  }

  function deviationWords(all, rows, state, year, budget) {
    if (!all.length) return `${year}年没有公开${budget}，不能比较。`;
    const [final, planned] = [sum(all.map((row) => row.final)), sum(all.map((row) => row.budget))];
    const what = state.by === "unit" ? "个单位" : "个科目";
    const words = [`${all.length} ${what}有${budget}，合计${planned.told}，决算${final.told}，完成${percent(final, planned)?.told || "（预算为零）"}`];
    words.push(`偏离不小于${state.threshold}%的有 ${rows.length} 个`);
    if (rows.length) words.push(`偏离最大的是${rows[0].name}，完成${rows[0].completion.told}`);
    return `${words.join("；")}。`;
  }

  // --- projects

  juesuan.views.add("projects", {
    controls: ["unit", "year"],
    needs: (state) => [`details-${state.year}`, `year-${state.year}`],
    compute(state) {
      const year = Number(state.year);
      const rows = within(state, year).flatMap((one) => projectRows(one, year)).sort((one, other) => other.final.compare(one.final));
      const shown = rows.slice(0, MOST);
      const whom = state.unit ? cube.unit(state.unit).short : "各单位";
      const budgeted = rows.filter((row) => row.budget);
      const [spent, planned] = [sum(budgeted.map((row) => row.final)), sum(budgeted.map((row) => row.budget))];
      const low = budgeted.filter((row) => row.completion && row.completion.value < 80);
      const sentence = rows.length
        ? `${whom}${year}年有 ${rows.length} 个项目，支出${sum(rows.map((row) => row.final)).told}${planned ? `；有预算的 ${budgeted.length} 个，完成预算${percent(spent, planned)?.told || "（预算为零）"}，其中 ${low.length} 个完成不到80%` : ""}。`
        : `${whom}${year}年没有公开项目的明细。`;
      return {
        heading: `${whom}${year}年的项目：横条为决算数，竖线为预算数${shown.length < rows.length ? `；最大的 ${MOST} 个` : ""}（单位：万元）`,
        sentence,
        drawing: { rows: placed(shown.map((row) => ({
          label: row.project, value: row.final.value, budget: row.budget ? row.budget.value : null, printed: row.final.printed,
          told_as: `${row.project}（${row.office}）：${row.final.told}${row.budget ? `，预算${row.budget.told}` : ""}`,
        }))) },
        rows,
        columns: [
          { key: "project", title: "项目" }, { key: "office", title: "单位" }, { key: "item", title: "功能科目" },
          { key: "budget", title: "预算数", unit: "万元", number: true, total: true },
          { key: "final", title: "决算数", unit: "万元", number: true, total: true },
          { key: "completion", title: "完成预算", unit: "%", number: true },
          { key: "indicators", title: "绩效指标", unit: "个", number: true, total: true },
        ],
        caption: `${whom}${year}年的项目`,
      };
    },
  });

  function projectRows(one, year) {
    const held = cube.details(one.id, year);
    return (held ? held.projects : []).map(([project, code, budget, final, indicators]) => ({
      project, office: one.short, item: cube.name("functions", code, year), budget: amount(budget), final: amount(final),
      completion: percent(amount(final), amount(budget)), indicators: count(indicators, "个"),
      links: {
        office: cube.officePage(one.id), final: cube.printedAt(one.id, year, `project.${project}`, amount(final)), budget: cube.printedAt(one.id, year, `project.${project}.budget`, amount(budget)),
      },
    }));
  }

  // Every office has its 部门整体支出 evaluated: the subject alone does not say whose.
  const whose = (row) => `${row.office}：${row.subject}`;

  juesuan.views.add("scores", {
    controls: ["unit", "year"],
    needs: (state) => [`details-${state.year}`, `year-${state.year}`],
    compute(state) {
      const year = Number(state.year);
      const rows = within(state, year).flatMap((one) => {
        const held = cube.details(one.id, year);
        return (held ? held.evaluations : []).map(([subject, score, grade]) => ({
          subject, office: one.short, score: score === null ? null : new Quantity(Math.round(score * 100), 100, "分", Number.isInteger(score) ? 0 : 2), grade,
          links: { office: cube.officePage(one.id) },
        }));
      });
      const scored = rows.filter((row) => row.score).sort((one, other) => other.score.compare(one.score));
      const ordered = [...scored, ...rows.filter((row) => !row.score)];
      const shown = scored.slice(0, MOST);
      const last = scored[scored.length - 1];
      return {
        heading: `${year}年绩效评价得分${shown.length < scored.length ? `：最高的 ${MOST} 个` : ""}（单位：分）`,
        sentence: scored.length
          ? `${year}年公开了 ${rows.length} 个评价结果，有得分的 ${scored.length} 个，最高${scored[0].score.told}（${whose(scored[0])}），最低${last.score.told}（${whose(last)}）。`
          : `${year}年没有公开绩效评价得分。`,
        drawing: { rows: placed(shown.map((row) => ({ label: whose(row), value: row.score.value, printed: row.score.printed, marked: false, told_as: `${whose(row)}：${row.score.told}` })), 28) },
        rows: ordered,
        columns: [{ key: "subject", title: "评价对象" }, { key: "office", title: "单位" }, { key: "score", title: "得分", unit: "分", number: true }, { key: "grade", title: "等次" }],
        caption: `${year}年绩效评价结果`,
      };
    },
  });

  // --- checks

  const OUTCOMES = ["相符", "四舍五入", "不符"];

  juesuan.views.add("checks", {
    controls: ["unit", "year"],
    needs: (state) => [`year-${state.year}`, "findings"],
    compute(state, about) {
      const year = Number(state.year);
      const offices = within(state, year).map((one) => ({ one, counts: cube.standing(one.id, year).checks }));
      const total = (at) => offices.reduce((number, office) => number + office.counts[at], 0);
      const asked = total(0) + total(1) + total(2);
      const ordered = offices.sort((left, right) => right.counts[2] - left.counts[2] || right.counts[1] - left.counts[1]).slice(0, MOST);
      const drawn = ordered.flatMap(({ one, counts }) => OUTCOMES.map((kind, place) => ({
        label: one.short, value: counts[place], kind, kind_place: place, printed: String(counts[place]), told_as: `${one.short} ${kind}：${counts[place]} 项`,
      })));
      const labels = placed(ordered.map(({ one }) => ({ label: one.short, printed: "" })));
      drawn.forEach((row, at) => { row.place = Math.floor(at / OUTCOMES.length); row.label = labels[row.place].label; });
      const rows = about.bodies.findings.filter(([unit, of]) => Number(of) === year && (!state.unit || unit === state.unit)).map(findingRow);
      return {
        heading: `${year}年各单位的数字核对：相符、四舍五入、不符各多少项`,
        sentence: asked
          ? `${year}年 ${offices.length} 个单位共核对 ${asked} 项，相符 ${total(0)} 项，差在四舍五入之内 ${total(1)} 项，不符 ${total(2)} 项；表中列出后两种。`
          : `${year}年没有可以核对的数字。`,
        drawing: { rows: drawn },
        rows,
        columns: [
          { key: "outcome", title: "结果" }, { key: "office", title: "单位" }, { key: "rule", title: "规则" },
          { key: "words", title: "规则说明" }, { key: "working", title: "两边的数" },
        ],
        caption: `${year}年不符和四舍五入的核对`,
      };
    },
  });

  function findingRow([unit, year, rule, outcome, words, working]) {
    const explained = outcome === "failed" ? "不符" : "四舍五入（原件各数分别舍入，差在末位）";
    const one = cube.unit(unit);
    const held = cube.standing(unit, year);
    const page = held && held.report ? cube.address(`pages/${year}/${unit}/report.html`) : cube.officePage(unit);
    return { outcome: explained, office: one.short, rule, words, working, marked: outcome === "failed", links: { office: page } };
  }
})(globalThis.juesuan = globalThis.juesuan || {});
