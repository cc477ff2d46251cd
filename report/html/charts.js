// Pictures of charts become live ones, with tooltips, where the site holds Vega; without it the pictures stay.
(function () {
  "use strict";
  const bundle = new URL("../../build/assets/vega.js", document.currentScript.src).href;

  function makeLive(figure) {
    const picture = figure.querySelector("img");
    const live = document.createElement("div");
    live.className = "live-chart";
    const spec = JSON.parse(figure.querySelector("script.vega-spec").textContent);
    picture.after(live);
    // The picture goes only once its living copy stands.
    window.vegaEmbed(live, spec, { actions: false, renderer: "svg" })
      .then(() => {
        // Vega calls every chart "Vega visualization"; a reader who cannot see it is told what the picture said.
        live.setAttribute("role", "img");
        live.setAttribute("aria-label", picture.alt);
        live.querySelector("svg").setAttribute("aria-hidden", "true");
        picture.hidden = true;
      })
      .catch(() => { live.remove(); });
  }

  function start() {
    const figures = [...document.querySelectorAll("figure.chart")].filter((one) => one.querySelector("script.vega-spec"));
    if (!figures.length) return;
    const script = document.createElement("script");
    script.src = bundle;
    script.onload = () => figures.forEach(makeLive);
    document.head.append(script);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
