// Finds offices, 科目, terms, headings of reports and pages in the index that present/search.py writes.
//
// A query is words that must all be met (教育局 2022 三公). A heading or a 科目 of a report is met when each word is met
// by it, by the report's office or by its year; what met which word is kept as bits, so that 300 offices × 6 years × 40
// headings are some 70 000 comparisons of whole numbers.
(function () {
  "use strict";
  const { narrow, field, best, codeQuality, weigh, sum, wordsOf, splits, Few } = globalThis.juesuanSearch;
  const SHOWN = { offices: 6, items: 6, terms: 4, headings: 8, having: 6, pages: 4 };
  const TITLES = { offices: "单位", items: "科目", terms: "名词", headings: "报告章节", having: "列有此科目的报告", pages: "页面" };
  // Between groups whose best results are equally good, these go first.
  const LEAD = { offices: 0.3, items: 0.2, terms: 0.12, pages: 0.1, headings: 0.05, having: 0.04 };
  // How a heading is numbered: 一、（二）第三部分 附件一. The same is cut off before its pinyin is made.
  const NUMBER = /^(?:（?[一二三四五六七八九十]+[、）]|第[一二三四五六七八九十]+部分\s*|附件[一二三四五六七八九十]*\s*)/u;
  const KINDS = { f: "功能分类", e: "经济分类" };

  class Index {
    constructor(body) {
      this.body = body;
      this.offices = body.offices.map(([id, name, short, region, pinyin, shortPinyin, regionPinyin, years]) => ({
        id, name, short: short || name, region, years, pinyin,
        fields: [[field(name, pinyin), 1], [field(short, shortPinyin), 1], [field(region, regionPinyin), 0.45]].filter(([one]) => one.text),
      }));
      this.items = body.items.map(([kind, code, name, level, pinyin, former, pairs]) => ({
        kind, code, name, level, former, pairs, pinyin,
        fields: [[field(name, pinyin), 1], ...former.map((one) => [field(one), 0.9])],
      }));
      this.terms = body.terms.map(([name, meaning, anchor, pinyin]) => ({
        name, meaning, anchor, pinyin, fields: [[field(name, pinyin), 1], [field(meaning), 0.4]],
      }));
      this.headings = body.headings.map(([text, anchor, pinyin]) => ({
        text, anchor, pinyin, fields: [[field(text.replace(NUMBER, "").replace(/\{\w+\}/g, ""), pinyin), 1], [field(text.replace(/\{\w+\}/g, "")), 0.9]],
      }));
      this.pages = body.pages.list.map(([name, href, more, pinyin]) => ({
        name, href, pinyin, fields: [[field(name, pinyin), 1], ...more.split(" ").map((one) => [field(one), 0.7])],
      }));
      this.shapeOf = new Map(body.reports.map(([office, year, shape]) => [office * 64 + year, shape]));
    }

    /** Take in a page that the index does not name, such as one of the navigation. */
    addPage(name, href) {
      if (!this.pages.some((one) => one.href === href)) this.pages.push({ name, href, fields: [[field(name), 1]] });
    }

    find(query) {
      const words = wordsOf(query, this.body.years);
      let found = this.findWords(words);
      for (const other of found.total ? [] : splits(words)) {
        found = this.findWords(other);
        if (found.total) break;
      }
      if (!found.total) found.alone = words.length > 1 ? words.filter((one) => this.findWords([one]).total).map((one) => one.text) : [];
      return found;
    }

    findWords(words) {
      if (!words.length) return { words, groups: [], total: 0 };
      const all = (1 << words.length) - 1;
      const judged = {
        offices: weigh(this.offices, words, (word, one) => (word.year ? 0 : best(word, one.fields))),
        years: weigh(this.body.years, words, (word, year) => (word.year === year ? 0.5 : 0)),
        items: weigh(this.items, words, (word, one) => Math.max(codeQuality(word, one.code), best(word, one.fields))),
        headings: weigh(this.headings, words, (word, one) => (word.year ? 0 : best(word, one.fields))),
        terms: weigh(this.terms, words, (word, one) => best(word, one.fields)),
        pages: weigh(this.pages, words, (word, one) => best(word, one.fields)),
      };
      const few = {
        offices: this.officesOf(words, judged, all), items: this.simple("items", judged, all, (one) => one.pairs.length / 2e4),
        terms: this.simple("terms", judged, all), pages: this.simple("pages", judged, all),
        headings: this.headingsOf(judged, all), having: this.havingOf(judged, all),
      };
      return this.told(words, few);
    }

    simple(kind, judged, all, more = () => 0) {
      const found = new Few(SHOWN[kind]);
      this[kind].forEach((one, place) => {
        if (judged[kind].masks[place] !== all) return;
        const score = sum(judged[kind], place) + more(one);
        if (found.takes(score)) found.keep(score, () => this[`show_${kind}`](one));
      });
      return found;
    }

    officesOf(words, judged, all) {
      const found = new Few(SHOWN.offices);
      const years = words.filter((word) => word.year).map((word) => this.body.years.indexOf(word.year));
      const wanted = years.reduce((bits, year) => bits | (year < 0 ? 0 : 1 << year), 0);
      const asked = words.reduce((bits, word, w) => (word.year ? bits : bits | (1 << w)), 0);
      if (years.includes(-1)) return found;
      this.offices.forEach((one, place) => {
        if ((judged.offices.masks[place] & all) !== asked || (one.years & wanted) !== wanted) return;
        const score = sum(judged.offices, place) + years.length / 2;
        if (found.takes(score)) found.keep(score, () => this.show_offices(one, place, years));
      });
      return found;
    }

    /** What of a report's words neither its office nor its year meets. */
    missing(judged, office, year, all) {
      return all & ~(judged.offices.masks[office] | judged.years.masks[year]);
    }

    /** Each word as well as it is met by the office, the year or what the report has; then the later year. */
    score(judged, office, year, kind, place) {
      const { offices, years, [kind]: own } = judged;
      let total = year / 200;
      for (let w = 0; w < own.by.length; w += 1) {
        total += Math.max(own.by[w][place], offices.by[w][office], years.by[w][year]);
      }
      return total;
    }

    headingsOf(judged, all) {
      const found = new Few(SHOWN.headings);
      if (!judged.headings.any) return found;
      const { masks } = judged.headings;
      const metBy = this.body.shapes.map(([places]) => places.filter((place) => masks[place]));
      for (const [office, year, shape] of this.body.reports) {
        const missing = this.missing(judged, office, year, all);
        for (const place of metBy[shape]) {
          if ((masks[place] & missing) !== missing) continue;
          const score = this.score(judged, office, year, "headings", place);
          if (found.takes(score)) found.keep(score, () => this.show_headings(office, year, place));
        }
      }
      return found;
    }

    /** The reports that have a 科目: of the best three where the query names neither office nor year. */
    havingOf(judged, all) {
      const found = new Few(SHOWN.having);
      const { masks } = judged.items;
      let met = [...masks.keys()].filter((place) => masks[place]);
      met.sort((one, other) => sum(judged.items, other) - sum(judged.items, one));
      if (!judged.offices.any && !judged.years.any) met = met.filter((place) => masks[place] === all).slice(0, 3);
      const best = new Set(met.slice(0, 3));
      for (const place of met) this.havingOne(judged, all, place, best.has(place), found);
      return found;
    }

    havingOne(judged, all, place, isBest, found) {
      const { pairs } = this.items[place];
      const mask = judged.items.masks[place];
      for (let at = 0; at < pairs.length; at += 2) {
        const office = pairs[at];
        for (let year = 0, bits = pairs[at + 1]; bits; year += 1, bits >>= 1) {
          if (!(bits & 1)) continue;
          const missing = this.missing(judged, office, year, all);
          if ((mask & missing) !== missing || (missing === all && !isBest)) continue;
          const score = this.score(judged, office, year, "items", place);
          if (found.takes(score)) found.keep(score, () => this.show_having(office, year, place));
        }
      }
    }

    told(words, few) {
      const groups = Object.keys(TITLES).filter((kind) => few[kind].total).map((kind) => ({
        kind, title: TITLES[kind], total: few[kind].total, lead: few[kind].list[0].score / words.length + LEAD[kind],
        results: few[kind].list.map((one) => one.make()),
      }));
      groups.sort((one, other) => other.lead - one.lead);
      return { words, groups, total: groups.reduce((all, one) => all + one.total, 0) };
    }

    // --- what is shown of a result: title, what else is said, address below the site's root

    yearsWords(bits) {
      const held = this.body.years.filter((_, place) => bits & (1 << place));
      return held.length > 1 ? `${held[0]}—${held[held.length - 1]}年` : `${held[0]}年`;
    }

    report(office, year, anchor = "") {
      return `pages/${this.body.years[year]}/${encodeURIComponent(this.offices[office].id)}/report.html${anchor && `#${encodeURIComponent(anchor)}`}`;
    }

    /** The report of the year that was asked for, else the office's own page. */
    show_offices(one, place, years) {
      const hasReport = years.length === 1 && this.shapeOf.has(place * 64 + years[0]);
      const what = hasReport ? `${this.body.years[years[0]]}年度部门决算` : this.yearsWords(one.years);
      const href = hasReport ? this.report(place, years[0]) : this.body.pages.office.replace("{id}", encodeURIComponent(one.id));
      return { title: one.name, detail: [one.region, what].filter(Boolean).join(" · "), href, pinyin: one.pinyin };
    }

    show_items(one) {
      const count = one.pairs.length / 2;
      const former = one.former.length ? `原名${one.former.join("、")}` : "";
      const held = count ? `${count} 个单位` : "";
      const kind = KINDS[one.kind] + (one.level && `（${one.level}）`);
      return { title: `${one.code} ${one.name}`, pinyin: one.pinyin, detail: [kind, held, former].filter(Boolean).join(" · "), href: this.body.pages.item.replace("{code}", one.code) };
    }

    show_terms(one) {
      return { title: one.name, pinyin: one.pinyin, detail: one.meaning, href: `${this.body.pages.terms}#${encodeURIComponent(one.anchor)}` };
    }

    show_pages(one) {
      return { title: one.name, pinyin: one.pinyin, detail: "", href: one.href };
    }

    show_headings(office, year, place) {
      const { text, anchor, pinyin } = this.headings[place];
      const held = this.offices[office];
      const filled = (template, unit) => template.replace("{unit}", unit).replace("{year}", this.body.years[year]);
      // pandoc drops the signs of a name from an anchor and joins its words.
      const slug = narrow(held.name).replace(/[^\p{L}\p{N}\s_.-]/gu, "").trim().replace(/\s+/g, "-");
      return { title: filled(text, held.short), pinyin, detail: `${held.short} · ${this.body.years[year]}年度`, href: this.report(office, year, filled(anchor, slug)) };
    }

    show_having(office, year, place) {
      const { code, name, kind, pinyin } = this.items[place];
      const [, forFunction, forEconomic] = this.body.shapes[this.shapeOf.get(office * 64 + year)];
      const detail = `${this.offices[office].short} · ${this.body.years[year]}年度`;
      return { title: `${code} ${name}`, pinyin, detail, href: this.report(office, year, kind === "f" ? forFunction : forEconomic) };
    }
  }

  globalThis.juesuanSearch.Index = Index;
})();
