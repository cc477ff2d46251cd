// The figures of all offices and years, as the data scripts bring them: whole numbers by office, year and measure.
(function (juesuan) {
  "use strict";
  const { amount, count, percent, sum } = juesuan.numbers;
  const bodies = new Map();
  let catalogue = null;
  let units = null;
  let places = null;

  const load = async (names) => {
    await Promise.all(names.map(async (name) => {
      const body = await juesuanData.load(name);
      if (bodies.has(name)) return;
      bodies.set(name, body);
      worked.clear(); // what a figure is may have been unknown until now
    }));
  };

  async function open() {
    catalogue = await juesuanData.load("catalogue");
    units = new Map(catalogue.units.map((unit) => [unit.id, unit]));
    places = new Map(catalogue.measures.map((measure, place) => [measure.id, place]));
    return catalogue;
  }

  const measure = (id) => catalogue.measures[places.get(id)];

  /** An office's year, from its own script or from that of the year, whichever was loaded. */
  function standing(unit, year) {
    const own = bodies.get(`office-${unit}`);
    if (own) return own.years[year] || null;
    const all = bodies.get(`year-${year}`);
    return (all && all.units[unit]) || null;
  }

  function details(unit, year) {
    const own = bodies.get(`office-${unit}`);
    if (own) return own.years[year] || null;
    const all = bodies.get(`details-${year}`);
    return (all && all.units[unit]) || null;
  }

  /** A measure of an office and year; null where it was not published. */
  function figure(unit, year, id) {
    const held = standing(unit, year);
    const place = places.get(id);
    if (!held || place === undefined) return null;
    const whole = held.values[place];
    return catalogue.measures[place].unit === "万元" ? amount(whole) : count(whole, catalogue.measures[place].unit);
  }

  /** What an office spent on a code of 功能分类, 类 to 项; zero where it published its details and had none. */
  function spentOn(unit, year, code) {
    const held = details(unit, year);
    if (!held || !held.functions.length || held.covers[0]) return null;
    return amount(held.functions.filter((row) => row[0].startsWith(code)).reduce((fen, row) => fen + row[1], 0));
  }

  /** What an office's details of a year add up to: its expenditure, or the part of it that was published in detail. */
  function covered(unit, year, isEconomic) {
    const held = details(unit, year);
    return (held && held.covers[isEconomic ? 1 : 0]) || "支出";
  }

  const unitsIn = (year) => catalogue.units.filter((unit) => unit.years.includes(Number(year)));

  /** The chosen figure in the chosen terms: an amount, a share of all offices, per head or per post, at whose prices. */
  function chosen(unit, year, state) {
    const terms = `${state.code || state.measure} ${state.basis} ${state.prices}`;
    if (terms !== workedIn) {
      worked.clear();
      workedIn = terms;
    }
    const key = `${unit} ${year}`;
    if (!worked.has(key)) worked.set(key, workedOut(unit, year, state));
    return worked.get(key);
  }

  // The views of a page ask for the same figures one after another.
  const worked = new Map();
  let workedIn = "";

  function workedOut(unit, year, state) {
    const plain = state.code ? spentOn(unit, year, state.code) : figure(unit, year, state.measure);
    if (!plain) return null;
    if (state.basis === "share") return percent(plain, totalOf(year, state));
    const real = state.prices === "constant" && plain.unit === "万元" ? deflated(plain, Number(year)) : plain;
    if (state.basis !== "head" && state.basis !== "post") return real;
    const people = figure(unit, year, state.basis === "head" ? "staff.year_end" : "staff.posts");
    return real && people && people.top > 0n ? real.times(people.bottom, people.top, `${real.unit}/人`) : null;
  }

  const totals = new Map();

  function totalOf(year, state) {
    const key = `${year} ${state.code || state.measure}`;
    if (!totals.has(key)) {
      totals.set(key, sum(unitsIn(year).map((one) => (state.code ? spentOn(one.id, year, state.code) : figure(one.id, year, state.measure)))));
    }
    return totals.get(key);
  }

  // --- prices: the index of a year is what the year before's hundred became

  const priceYears = () => Object.keys(catalogue.prices).map(Number);
  const baseYear = () => Math.min(Math.max(...priceYears()), Math.max(...catalogue.years));

  function deflated(quantity, year) {
    let [top, bottom] = [1n, 1n];
    for (let at = year + 1; at <= baseYear(); at += 1) {
      const index = catalogue.prices[at];
      if (index === undefined) return null;
      const decimals = (index.split(".")[1] || "").length;
      top *= BigInt(index.replace(".", ""));
      bottom *= 100n * 10n ** BigInt(decimals);
    }
    return year > baseYear() ? null : quantity.times(top, bottom);
  }

  const hasPrices = () => priceYears().length > 0;

  // --- names

  const named = (kind, code) => catalogue[kind][code] || [];

  /** The name that a code bore in a year, the code itself where nobody told. */
  function name(kind, code, year) {
    const fitting = named(kind, code).filter(([, first, last]) => (first ?? 0) <= year && year <= (last ?? 9999));
    const told = fitting.length ? fitting : named(kind, code);
    return told.length ? told[told.length - 1][0] : code;
  }

  /** The years in which a code took another name: [year, name before, name from then on]. */
  function renames(kind, code) {
    const names = named(kind, code).filter(([, first]) => first !== null).sort((one, other) => one[1] - other[1]);
    return names.flatMap(([to, first]) => {
      const before = named(kind, code).find(([, , last]) => last === first - 1);
      return before && before[0] !== to ? [[first, before[0], to]] : [];
    });
  }

  function title(state, year) {
    return state.code ? name("functions", state.code, year) : measure(state.measure).title;
  }

  // --- where a figure is printed

  const address = (path) => juesuanData.root.href + path;

  function officePage(unit) {
    return address(`pages/explore/offices/${unit}.html`);
  }

  const isReported = (unit, year) => Boolean(standing(unit, year)?.report && !standing(unit, year).partial);
  const at = (page, fact) => `${page}#fact=${encodeURIComponent(fact)}`;

  /** Where a detail is printed: in the office's report. Null where that is not here, and for a zero, which no report prints. */
  function printedAt(unit, year, fact, quantity) {
    return isReported(unit, year) && quantity && quantity.top !== 0n ? at(address(`pages/${year}/${unit}/report.html`), fact) : null;
  }

  /** Where a measure is printed: in the report or, where that does not print it, on the office's own page. */
  function measureAt(unit, year, id) {
    const { fact, planned } = measure(id);
    const quantity = figure(unit, year, id);
    if (!quantity) return null;
    if (quantity.top === 0n) return officePage(unit);
    return planned || !isReported(unit, year) ? at(officePage(unit), `${id}.${year}`) : printedAt(unit, year, fact.replace("{year}", year), quantity);
  }

  const linkOf = (unit, year, state) => (state.code ? printedAt(unit, year, `spent.${state.code}`, spentOn(unit, year, state.code)) : measureAt(unit, year, state.measure));

  juesuan.cube = {
    open, load, measure, figure, spentOn, standing, details, covered, chosen, unitsIn, totalOf, deflated, baseYear, hasPrices,
    name, renames, title, officePage, printedAt, measureAt, linkOf, address,
    unit: (id) => units.get(id),
    catalogue: () => catalogue,
  };
})(globalThis.juesuan = globalThis.juesuan || {});
