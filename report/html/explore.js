// Where a page holds views, its scripts are loaded in their order and started; other pages load nothing more.
(function () {
  "use strict";
  const PARTS = [
    "numbers", "make", "state", "cube", "table", "download", "drawing", "controls", "views", "views-offices", "views-office", "views-shares", "views-flow", "views-checks", "start",
  ];
  const here = document.currentScript.src;
  if (!document.querySelector(".view[data-view]")) return;
  for (const part of PARTS) {
    const script = document.createElement("script");
    script.src = new URL(`explore/${part}.js`, here).href;
    script.async = false; // in their order
    document.head.append(script);
  }
})();
