// The data of the site: pages/explore/data/<name>.js, loaded when somebody first asks for it.
//
// A page opened from a folder may load a script but fetches nothing, so each file is one call of `juesuanData.add`.
(function () {
  "use strict";
  const root = new URL("../../", document.currentScript.src);
  const asked = new Map();
  const arrived = new Map();

  function load(name) {
    if (!asked.has(name)) asked.set(name, request(name));
    return asked.get(name);
  }

  function request(name) {
    if (arrived.has(name)) return Promise.resolve(arrived.get(name));
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = new URL(`pages/explore/data/${name}.js`, root).href;
      script.onload = () => (arrived.has(name) ? resolve(arrived.get(name)) : reject(lost(name, "里面没有所要的数据")));
      script.onerror = () => reject(lost(name, "没有读到"));
      document.head.append(script);
    }).catch((error) => {
      // The next question tries again: the file may have been put in its place meanwhile.
      asked.delete(name);
      throw error;
    });
  }

  const lost = (name, what) => new Error(`数据文件 pages/explore/data/${name}.js ${what}。请确认它与网页在一起。`);

  globalThis.juesuanData = {
    /** The site's root, as an address that other addresses are resolved against. */
    root,
    /** Called by a data script. */
    add(name, body) { arrived.set(name, body); },
    /** A promise of the body that the script of this name brings. */
    load,
  };
})();
