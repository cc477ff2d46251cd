// What the reader has chosen, kept in the address after the #, so that a view can be sent, and the back button works;
// it works from a folder too, where a browser lets nothing but this part of an address change.
(function (juesuan) {
  "use strict";
  const NAMES = ["year", "unit", "measure", "across", "basis", "prices", "code", "by", "against", "threshold", "shown", "sort"];
  let defaults = {};
  let fits = () => true;
  let current = {};
  let moving = ""; // what a slider changes as it is dragged: one step back, however many values it passes
  const listeners = [];

  function read() {
    const asked = new URLSearchParams(location.hash.slice(1));
    return Object.fromEntries(NAMES.filter((name) => asked.has(name) && fits(name, asked.get(name))).map((name) => [name, asked.get(name)]));
  }

  const isMine = () => !location.hash || NAMES.some((name) => location.hash.slice(1).split("&").some((pair) => pair.startsWith(`${name}=`)));

  function write(asked, keeps) {
    const told = NAMES.filter((name) => asked[name] !== undefined && asked[name] !== "" && String(asked[name]) !== String(defaults[name] ?? ""));
    const hash = told.map((name) => `${name}=${encodeURIComponent(asked[name])}`).join("&");
    const address = hash ? `#${hash}` : "#";
    if (keeps) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  }

  function settle() {
    const before = current;
    current = { ...defaults, ...read() };
    const changed = NAMES.filter((name) => String(before[name] ?? "") !== String(current[name] ?? ""));
    if (changed.length) for (const tell of listeners) tell(changed);
  }

  juesuan.state = {
    /** Say what holds where the address says nothing, or what does not fit, and read the address. */
    begin(values, fitting) {
      defaults = values;
      fits = fitting;
      current = { ...defaults, ...read() };
      addEventListener("popstate", () => { if (isMine()) settle(); });
      addEventListener("hashchange", () => { if (isMine()) settle(); });
    },
    get: () => current,
    isDefault: () => NAMES.every((name) => String(current[name] ?? "") === String(defaults[name] ?? "")),
    /** Take over what a control says. `moves` says that a slider is still being dragged: all its values make one step of the history. */
    set(changes, moves = false) {
      const what = Object.keys(changes).join();
      write({ ...current, ...changes }, moving !== what);
      moving = moves ? what : "";
      settle();
    },
    reset() {
      moving = "";
      write({}, true);
      settle();
    },
    onChange: (tell) => listeners.push(tell),
  };
})(globalThis.juesuan = globalThis.juesuan || {});
