// A drawing and its data: the specification comes with the page, Vega once with the site, the rows from a view.
(function (juesuan) {
  "use strict";
  const { wrap } = juesuan.make;
  const PANEL = 232; // a small drawing with its axis, and the gap
  const MARGIN = 18; // the padding of a Vega drawing, and its frame
  const NARROWEST = 250;
  const MANY = 600; // marks that are too many to be elements of the page: painted, they follow a control in half the time
  let vega = null;

  function loadVega() {
    vega = vega || new Promise((resolve, reject) => {
      if (globalThis.vegaEmbed) { resolve(); return; }
      const script = document.createElement("script");
      script.src = new URL("build/assets/vega.js", juesuanData.root).href;
      script.onload = resolve;
      script.onerror = () => reject(new Error("没有读到图形程序 build/assets/vega.js。请确认它与网页在一起。"));
      document.head.append(script);
    });
    return vega;
  }

  const isLite = (spec) => spec.$schema.includes("vega-lite");
  /** The room for a drawing: its view's, since a drawing that is hidden just now has no width. */
  const roomOf = (place) => Math.max(NARROWEST, Math.floor(place.closest(".view").getBoundingClientRect().width) - 2);

  function withData(spec, told, signals, room) {
    const copy = structuredClone(spec);
    for (const signal of copy.params || copy.signals) if (signal.name in signals) signal.value = signals[signal.name];
    if (isLite(copy)) copy.datasets = { rows: told.rows, marks: told.marks || [] };
    else {
      copy.width = room - MARGIN;
      for (const data of copy.data) if (told[data.name]) data.values = told[data.name];
    }
    if (copy.facet) copy.columns = Math.max(1, Math.floor(room / PANEL));
    return copy;
  }

  function drawingOf(place, spec) {
    let view = null;
    let making = null;
    let room = 0;
    const watchers = new Map();

    const headingOf = (words) => wrap(words, Math.max(28, Math.floor(room / 8)));

    const signalsOf = (told) => ({ ...told.signals, heading: headingOf(told.heading) });

    async function make(told) {
      await loadVega();
      room = roomOf(place);
      const made = await globalThis.vegaEmbed(place, withData(spec, told, signalsOf(told), room), { actions: false, renderer: spec.facet || told.rows.length > MANY ? "canvas" : "svg", logLevel: 1, tooltip: { theme: "custom" } });
      view = made.view;
      // The place says in words what is drawn; Vega's names of marks ("rule mark container") would only be noise beside them.
      place.querySelector("svg, canvas").setAttribute("aria-hidden", "true");
      for (const [signal, tell] of watchers) view.addSignalListener(signal, (_, value) => tell(value));
    }

    async function fill(told) {
      for (const name of ["rows", "marks", "nodes"]) if (told[name] && hasData(name)) view.data(name, told[name]);
      for (const [name, value] of Object.entries(signalsOf(told))) view.signal(name, value);
      if (!isLite(spec)) view.width(room - MARGIN);
      await view.runAsync();
    }

    function hasData(name) {
      try { view.data(name); return true; } catch { return false; }
    }

    return {
      /** Draw what a view computed; the drawing is made once and filled again and again. */
      async show(told) {
        const isFirst = !making;
        making = making || make(told);
        await making;
        if (!isFirst) await fill(told);
        place.setAttribute("role", "img");
        place.setAttribute("aria-label", `${told.heading}。${told.sentence}数据见图下的表。`);
      },
      /** The width that a view may lay its marks out in. */
      room: () => (room = roomOf(place)) - MARGIN,
      watch: (signal, tell) => watchers.set(signal, tell),
      view: () => view,
      clear(signal) { if (view) view.signal(signal, null); },
    };
  }

  juesuan.drawing = { drawingOf };
})(globalThis.juesuan = globalThis.juesuan || {});
