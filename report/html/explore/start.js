// The views of a page, started: the bar of controls above them, and for each its sentence, drawing, table, downloads.
(function (juesuan) {
  "use strict";
  const { make } = juesuan.make;
  const cube = juesuan.cube;
  const places = [...document.querySelectorAll(".view[data-view]")];

  function builtView(place) {
    const view = juesuan.views.get(place.dataset.view);
    const spec = JSON.parse(place.querySelector("script.view-drawing").textContent);
    const parts = {
      sentence: make("p", { class: "view-sentence", "aria-live": "polite" }),
      picture: make("div", { class: "view-picture" }),
      table: make("div", { class: "view-table" }),
    };
    const frame = make("div", { class: "view-frame" }, parts.picture);
    const drawing = juesuan.drawing.drawingOf(parts.picture, spec);
    const table = juesuan.table.tableOf(parts.table);
    const about = { brush: null, bodies: {}, room: 640 };
    const one = { place, view, frame, drawing, table, about, parts, told: null, turn: 0, waits: false };
    one.tools = toolsOf(one);
    place.replaceChildren(place.querySelector("script.view-drawing"), parts.sentence, frame, one.tools, parts.table);
    if (view.brush) brushed(one);
    return one;
  }

  /** A brush narrows the table; the drawing keeps all. */
  function brushed(one) {
    const clear = make("button", { type: "button", hidden: true, onclick: () => { const view = one.drawing.view(); view.signal("brush_x", [0, 0]).signal("brush_y", [0, 0]).runAsync(); } }, "清除框选");
    one.frame.append(clear);
    one.drawing.watch("brush", (value) => {
      const there = value && Object.keys(value).length ? value : null;
      one.about.brush = there;
      clear.hidden = !there;
      one.told = one.view.compute(juesuan.state.get(), one.about);
      showWords(one);
    });
  }

  function toolsOf(one) {
    const name = () => one.told.caption.replace(/[\\/:*?"<>|]/g, "");
    const button = (words, act) => make("button", { type: "button", onclick: act }, words);
    const save = async (ending, blob) => juesuan.download.save(`${name()}.${ending}`, await blob);
    const cite = make("textarea", { class: "view-citation", rows: 4, readonly: true, hidden: true, "aria-label": "引用文字" });
    const hide = button("只看表", () => {
      one.frame.hidden = !one.frame.hidden;
      hide.setAttribute("aria-pressed", String(one.frame.hidden));
      hide.textContent = one.frame.hidden ? "看图和表" : "只看表";
    });
    hide.setAttribute("aria-pressed", "false");
    const pictures = [
      button("PNG", () => save("png", juesuan.download.picture(one.drawing.view(), "png"))),
      button("SVG", () => save("svg", juesuan.download.picture(one.drawing.view(), "svg"))),
    ];
    one.pictures = pictures;
    return make("div", { class: "view-tools" },
      hide,
      make("span", { class: "view-downloads", role: "group", "aria-label": "下载" },
        button("CSV", () => save("csv", juesuan.download.csv(one.table.rows()))),
        button("XLSX", () => save("xlsx", juesuan.download.xlsx(one.table.rows(), citation(one)))),
        ...pictures),
      button("引用", () => {
        cite.hidden = !cite.hidden;
        cite.value = citation(one);
        if (!cite.hidden) { cite.focus(); cite.select(); }
      }),
      cite);
  }

  function citation(one) {
    const { mark, built_on: builtOn, years } = cube.catalogue();
    const dated = [`${years[0]}—${years[years.length - 1]}年`, builtOn && `${builtOn}编制`].filter(Boolean).join("，");
    const lines = [one.told.heading, one.told.sentence, `数据：各单位公开的部门决算（${dated}）；由 juesuan 核对、计算。`, `链接：${location.href}`];
    return (mark ? [`【${mark}】`, ...lines] : lines).join("\n");
  }

  function showWords(one) {
    one.parts.sentence.textContent = one.told.sentence;
    one.table.show(one.told.rows, one.told.columns, one.told.caption);
  }

  /** Show what the state says; `aria-busy` tells a screen reader, and whoever else waits, when it is done. */
  async function show(one) {
    const turn = (one.turn += 1);
    one.place.setAttribute("aria-busy", "true");
    try {
      await compute(one, turn);
      delete one.place.dataset.failed;
    } catch (error) {
      failed(one, error);
    }
    if (turn === one.turn) {
      one.waits = false;
      one.place.removeAttribute("aria-busy");
    }
  }

  let round = 0;

  /** Show views anew: those that the reader sees at once, the others after, a pause before each, so that controls answer. */
  async function refresh(ones) {
    const mine = (round += 1);
    for (const one of ones) {
      one.waits = true;
      one.turn += 1; // what it was about to show is out of date
      one.place.setAttribute("aria-busy", "true");
      cube.load(one.view.needs(juesuan.state.get())).catch(() => {}); // `show` will say so
    }
    const seen = ones.filter(isSeen);
    await Promise.all(seen.map(show));
    for (const one of ones.filter((other) => !seen.includes(other))) {
      await pause();
      if (mine !== round) return; // a newer round shows the rest too
      await show(one);
    }
  }

  function isSeen(one) {
    const { top, bottom } = one.place.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  }

  const pause = () => new Promise((resolve) => (globalThis.requestIdleCallback ? requestIdleCallback(resolve, { timeout: 300 }) : setTimeout(resolve, 30)));

  async function compute(one, turn) {
    const state = juesuan.state.get();
    const names = one.view.needs(state);
    await cube.load(names);
    if (turn !== one.turn) return;
    for (const name of names) if (name === "findings") one.about.bodies[name] = await juesuanData.load(name);
    one.about.room = one.drawing.room();
    one.told = one.view.compute(state, one.about);
    showWords(one);
    one.parts.table.hidden = !one.told.rows.length;
    one.tools.hidden = !one.told.rows.length;
    const isDrawn = Boolean(one.told.drawing && one.told.drawing.rows.length);
    one.parts.picture.hidden = !isDrawn;
    for (const button of one.pictures) button.disabled = !isDrawn;
    if (isDrawn) await one.drawing.show({ ...one.told.drawing, heading: one.told.heading, sentence: one.told.sentence });
    one.place.dataset.shown = String(turn);
  }

  function failed(one, error) {
    one.parts.sentence.textContent = error.message;
    one.place.dataset.failed = error.message;
    console.error(error);
  }

  /** What a page starts from: the office and year that it is about, else the fullest year and the first office. */
  function beginning() {
    const { units } = cube.catalogue();
    const about = document.querySelector(".view[data-view]").dataset;
    const unit = about.unit || (about.optional ? "" : units[0].id);
    const years = about.unit ? cube.unit(about.unit).years : cube.catalogue().years;
    const count = (year) => (about.unit ? year : cube.unitsIn(year).length * 10000 + year);
    const year = about.year || [...years].sort((one, other) => count(other) - count(one))[0];
    return {
      years,
      defaults: {
        year, unit, measure: "expenditure.total", across: "staff.year_end", basis: "amount", prices: "nominal", code: "",
        by: about.by || "class", against: "adjusted", threshold: 0,
      },
    };
  }

  /** Say whether a page can show what an address asks for; what the page is about cannot be asked away. */
  function fitting(years, by) {
    const { functions, measures } = cube.catalogue();
    const { unit, year, optional } = places[0].dataset;
    const isMeasure = (id) => measures.some((one) => one.id === id);
    const rules = {
      year: (value) => (year ? value === year : years.includes(Number(value))),
      unit: (value) => (unit ? value === unit : Boolean(cube.unit(value)) || Boolean(optional && !value)),
      measure: isMeasure,
      across: isMeasure,
      basis: (value) => ["amount", "share", "head", "post"].includes(value),
      prices: (value) => value === "nominal" || (value === "constant" && cube.hasPrices()),
      code: (value) => value in functions,
      by: (value) => by.some(([way]) => way === value),
      against: (value) => ["adjusted", "initial"].includes(value),
      threshold: (value) => /^\d{1,2}$/.test(value) && Number(value) <= 50,
    };
    return (name, value) => !rules[name] || rules[name](value);
  }

  async function start() {
    await cube.open();
    const { years, defaults } = beginning();
    const by = places.map((place) => juesuan.views.get(place.dataset.view).by).find(Boolean) || juesuan.views.WAYS;
    juesuan.state.begin(defaults, fitting(years, by));
    const shown = places.map(builtView);
    const asked = new Set(shown.flatMap((one) => one.view.controls));
    for (const fixed of ["unit", "year"]) if (places[0].dataset[fixed]) asked.delete(fixed);
    const bar = juesuan.controls.barOf(asked, { years, by, optional: Boolean(places[0].dataset.optional) });
    (document.querySelector("#title-block-header") || places[0]).after(bar.element);
    bar.follow();
    juesuan.state.onChange((changed) => {
      bar.follow();
      const concerns = (one) => changed.some((name) => one.view.controls.includes(name)) || (changed.includes("year") && juesuan.state.get().code); // names of codes change with the year
      refresh(shown.filter((one) => one.waits || concerns(one)));
    });
    let [settling, width] = [0, innerWidth];
    addEventListener("resize", () => {
      if (innerWidth === width) return; // a telephone's bars come and go as it scrolls
      width = innerWidth;
      clearTimeout(settling);
      settling = setTimeout(() => refresh(shown), 200);
    });
    await refresh(shown);
    document.documentElement.dataset.explored = "ready";
  }

  start().catch((error) => {
    for (const place of places) place.append(make("p", { class: "view-failed", role: "alert" }, error.message));
    console.error(error);
  });
})(globalThis.juesuan = globalThis.juesuan || {});
