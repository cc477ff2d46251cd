// The words of a search: how they are read from what was typed, how well a name meets them, which part of it they meet.
(function () {
  "use strict";
  const MOST_WORDS = 8;
  const SIGNS = /[^\p{L}\p{N}]/gu;
  const YEAR = /(?<!\d)((?:19|20)\d{2})(?!\d)(年度?)?/g;

  const narrow = (text) => text.normalize("NFKC").toLowerCase();
  const fold = (text) => narrow(text).replace(SIGNS, "");

  // --- how well a word is met

  function field(text, pinyin = "") {
    const syllables = pinyin ? pinyin.split(" ") : [];
    const starts = new Set();
    let length = 0;
    for (const one of syllables) { starts.add(length); length += one.length; }
    return { text: fold(text), starts, joined: syllables.join(""), initials: syllables.map((one) => one[0]).join("") };
  }

  function quality(word, { text, starts, joined, initials }) {
    if (text === word.text) return 1;
    const at = text.indexOf(word.text);
    if (at >= 0) return at === 0 ? 0.85 : 0.6;
    if (!word.isLatin || !joined) return 0;
    if (initials === word.text) return 0.8;
    if (joined.startsWith(word.text)) return 0.7;
    if (initials.startsWith(word.text)) return 0.65;
    if (word.text.length < 2) return 0;
    for (let place = joined.indexOf(word.text); place >= 0; place = joined.indexOf(word.text, place + 1)) {
      if (starts.has(place)) return 0.4;
    }
    return initials.includes(word.text) ? 0.35 : 0;
  }

  const best = (word, fields) => fields.reduce((most, [one, weight]) => Math.max(most, quality(word, one) * weight), 0);
  const codeQuality = (word, code) => (code === word.text ? 1.3 : code.startsWith(word.text) && word.isNumber ? 0.9 : 0);

  /** Every thing of a list with how well it meets each word, and the words that it meets as bits. */
  function weigh(list, words, judge) {
    const count = list.length;
    const weighed = { masks: new Uint16Array(count), by: words.map(() => new Float32Array(count)), any: false };
    words.forEach((word, w) => {
      for (let place = 0; place < count; place += 1) {
        const how = judge(word, list[place]);
        if (how > 0) { weighed.by[w][place] = how; weighed.masks[place] |= 1 << w; weighed.any = true; }
      }
    });
    return weighed;
  }

  const sum = (weighed, place) => weighed.by.reduce((all, one) => all + one[place], 0);

  // --- the query

  function wordsOf(query, years) {
    const words = [];
    const text = narrow(query).replace(YEAR, (all, year, said) => {
      if (!said && !years.includes(Number(year))) return all;
      words.push({ text: year, year: Number(year) });
      return " ";
    });
    for (const part of text.split(/[\s,、;+|]+/u)) {
      const word = fold(part);
      if (word) words.push({ text: word, year: null, isLatin: /^[a-z]+$/.test(word), isNumber: /^\d+$/.test(word) });
    }
    return words.slice(0, MOST_WORDS);
  }

  /** The ways to read a word that was written without a space (教育局三公) as two, the longest beginning first. */
  function splits(words) {
    const found = [];
    words.forEach((word, place) => {
      if (word.year || !/^\p{Script=Han}{4,}$/u.test(word.text)) return;
      for (let at = word.text.length - 2; at >= 2; at -= 1) {
        const parts = [word.text.slice(0, at), word.text.slice(at)].map((text) => ({ ...word, text }));
        found.push([...words.slice(0, place), ...parts, ...words.slice(place + 1)]);
      }
    });
    return found;
  }

  /** The best few of many, without sorting all. */
  class Few {
    constructor(most) { this.most = most; this.list = []; this.total = 0; }

    /** Count one, and say whether it is among the best so far. */
    takes(score) {
      this.total += 1;
      return this.list.length < this.most || this.list[this.most - 1].score < score;
    }

    /** Keep one that `takes` let in; `make` says what is shown of it, once it is. */
    keep(score, make) {
      const { list, most } = this;
      let at = list.length;
      while (at > 0 && list[at - 1].score < score) at -= 1;
      list.splice(at, 0, { score, make });
      if (list.length > most) list.pop();
    }
  }

  /** Mark in `hit` the characters of a text whose syllables were typed in full or by their first letters. */
  function hitPinyin(hit, text, pinyin, word) {
    const syllables = pinyin.split(" ");
    // What a syllable was made from: a Chinese character, or a run of letters or figures.
    const places = [...text.matchAll(/\p{Script=Han}|[a-z0-9]+/giu)].slice(-syllables.length);
    const initials = syllables.map((one) => one[0]).join("");
    const [first, count] = runOf(syllables, initials, word);
    for (const { index, 0: { length } } of places.slice(first, first + count)) hit.fill(1, index, index + length);
  }

  function runOf(syllables, initials, word) {
    const at = initials.indexOf(word);
    if (at >= 0) return [at, word.length];
    for (let first = 0; first < syllables.length; first += 1) {
      let typed = "";
      for (let last = first; last < syllables.length && typed.length < word.length; last += 1) {
        typed += syllables[last];
        if (typed.startsWith(word)) return [first, last - first + 1];
      }
    }
    return [0, 0];
  }

  /** The text in pieces, [words, whether a word of the query met them]; `pinyin` is that of the text's end. */
  function marked(text, words, pinyin = "") {
    const hit = new Uint8Array(text.length);
    const kept = [];
    for (let at = 0; at < text.length; at += 1) for (const sign of fold(text[at])) kept.push([sign, at]);
    const folded = kept.map(([sign]) => sign).join("");
    for (const word of words) {
      if (word.isLatin && pinyin && !folded.includes(word.text)) hitPinyin(hit, text, pinyin, word.text);
      for (let at = folded.indexOf(word.text); at >= 0; at = folded.indexOf(word.text, at + word.text.length)) {
        for (let sign = at; sign < at + word.text.length; sign += 1) hit[kept[sign][1]] = 1;
      }
    }
    const pieces = [];
    for (let at = 0; at < text.length; at += 1) {
      const last = pieces[pieces.length - 1];
      // A sign between two marked ones (“三公”) belongs to them.
      const is = Boolean(hit[at]) || (hit[at - 1] && hit[at + 1] && !fold(text[at]));
      if (last && last[1] === Boolean(is)) last[0] += text[at];
      else pieces.push([text[at], Boolean(is)]);
    }
    return pieces;
  }

  globalThis.juesuanSearch = { narrow, field, best, codeQuality, weigh, sum, wordsOf, splits, Few, marked };
})();
