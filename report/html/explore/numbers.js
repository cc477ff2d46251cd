// Exact arithmetic: every amount is whole 分, a quotient is a fraction of whole numbers, and is rounded half up once,
// when it is written. A float only ever sets a place on a drawing.
(function (juesuan) {
  "use strict";
  const FEN_PER_WAN = 1000000n;

  class Quantity {
    /** top / bottom in `unit`; a quantity that nobody published is null instead. */
    constructor(top, bottom, unit, decimals) {
      Object.assign(this, { top: BigInt(top), bottom: BigInt(bottom), unit, decimals });
    }

    get value() {
      return divided(this.top, this.bottom);
    }

    /** The number as a reader sees it, rounded half up, without its unit. */
    get printed() {
      const scale = 10n ** BigInt(this.decimals);
      const negative = this.top < 0n !== this.bottom < 0n && this.top !== 0n;
      const [size, by] = [abs(this.top) * scale, abs(this.bottom)];
      const rounded = (2n * size + by) / (2n * by);
      const digits = rounded.toString().padStart(this.decimals + 1, "0");
      const whole = this.decimals ? `${digits.slice(0, -this.decimals)}.${digits.slice(-this.decimals)}` : digits;
      return negative && rounded !== 0n ? `-${whole}` : whole;
    }

    get told() {
      return this.printed + this.unit;
    }

    /** The same number over other things: a share, per head, at another year's prices. */
    times(top, bottom, unit = this.unit, decimals = this.decimals) {
      return new Quantity(this.top * BigInt(top), this.bottom * BigInt(bottom), unit, decimals);
    }

    minus(other) {
      if (this.bottom === other.bottom) return new Quantity(this.top - other.top, this.bottom, this.unit, this.decimals);
      return new Quantity(this.top * other.bottom - other.top * this.bottom, this.bottom * other.bottom, this.unit, this.decimals);
    }

    /** The same unit and decimals; amounts share their bottom, and must keep it: of hundreds of factors it would be endless. */
    plus(other) {
      if (this.bottom === other.bottom) return new Quantity(this.top + other.top, this.bottom, this.unit, this.decimals);
      return new Quantity(this.top * other.bottom + other.top * this.bottom, this.bottom * other.bottom, this.unit, this.decimals);
    }

    compare(other) {
      const isAlike = this.bottom === other.bottom;
      const left = isAlike ? this.top : this.top * other.bottom;
      const right = isAlike ? other.top : other.top * this.bottom;
      return left < right ? -1 : left > right ? 1 : 0;
    }
  }

  const abs = (number) => (number < 0n ? -number : number);

  const LARGE = BigInt(Number.MAX_SAFE_INTEGER);

  /** A quotient as a float: of large numbers the whole part first, so that they keep their places. */
  function divided(top, bottom) {
    if (abs(top) < LARGE && abs(bottom) < LARGE) return Number(top) / Number(bottom);
    const whole = top / bottom;
    return Number(whole) + Number(top - whole * bottom) / Number(bottom);
  }

  const amount = (fen) => (fen === null || fen === undefined ? null : new Quantity(fen, FEN_PER_WAN, "万元", 2));
  const count = (number, unit) => (number === null || number === undefined ? null : new Quantity(number, 1, unit, 0));

  /** part ÷ whole × 100; null where either was not published or the whole is not above zero. */
  function percent(part, whole) {
    if (!part || !whole || whole.top <= 0n) return null;
    return new Quantity(part.top * whole.bottom * 100n, part.bottom * whole.top, "%", 2);
  }

  /** What became of a number, in words that follow its sign; no rate where there is none to give. */
  function changeWords(before, after, of = "上年") {
    if (!after) return "本年未公开";
    if (before === undefined) return `${of}没有数据，无从比较`;
    if (!before) return `${of}未公开，无从比较`;
    const change = after.minus(before);
    if (change.top === 0n) return `与${of}持平`;
    const [more, up] = change.top > 0n ? ["增加", "增长"] : ["减少", "下降"];
    const size = change.printed.replace("-", "");
    if (Number(size) === 0) return `与${of}基本持平`;
    if (before.top === 0n) return `比${of}增加${size}${change.unit}（${of}为零）`;
    const rate = percent(change, before);
    const told = rate && Number(rate.printed) !== 0 ? `，${up}${rate.printed.replace("-", "")}%` : "";
    return `比${of}${more}${size}${change.unit}${told}`;
  }

  function sum(quantities) {
    const known = quantities.filter(Boolean);
    if (!known.length) return null;
    return known.reduce((one, other) => one.plus(other));
  }

  /** The one in the middle; of two the lower, so that it is a figure that an office has. */
  function median(quantities) {
    const sorted = quantities.filter(Boolean).sort((one, other) => one.compare(other));
    return sorted.length ? sorted[Math.floor((sorted.length - 1) / 2)] : null;
  }

  juesuan.numbers = { Quantity, amount, count, percent, changeWords, sum, median };
})(globalThis.juesuan = globalThis.juesuan || {});
