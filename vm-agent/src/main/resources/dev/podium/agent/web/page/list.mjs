// A list that draws only the rows in sight, however long it is. What the reader looks at stays
// where it is when rows above it turn out taller than guessed; at the end, it stays at the end.

import { guessHeight, offsetsOf, rowAt, staysAtEnd, windowOf } from "./window.mjs";

/** @typedef {import("./timeline.mjs").Entry} Entry */

/** How far beyond what is in sight rows are drawn, in pixels: a flick of the thumb. */
const MARGIN = 1_200;

/** So close to the end, a reader means the end. */
const END = 80;

export class MessageList {
  atEnd = true;

  #scroller;
  #list;
  #render;
  /** @type {Entry[]} */
  #entries = [];
  /** @type {Map<Entry, HTMLElement>} */
  #drawn = new Map();
  /** The first row in sight, and how far above the edge it begins. @type {{number: number, above: number} | null} */
  #anchor = null;
  /** Where rows begin, while that holds. @type {{first: Entry, offsets: Float64Array} | null} */
  #known = null;
  #frame = 0;
  /** Where the view was put last. */
  #put = 0;
  #first = 0;
  #end = 0;

  /**
   * @param {HTMLElement} scroller
   * @param {HTMLElement} list within it
   * @param {(entry: Entry) => HTMLElement} render
   */
  constructor(scroller, list, render) {
    this.#scroller = scroller;
    this.#list = list;
    this.#render = render;
    scroller.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    const observer = new ResizeObserver(() => this.update());
    // The scroller, and what is in it: text that is enlarged makes the rows taller, and nothing else.
    [scroller, ...scroller.children].forEach(part => observer.observe(part));
  }

  /** Shows another room, from its end. @param {Entry[]} entries which may grow afterwards */
  show(entries) {
    this.#entries = entries;
    this.#known = null;
    this.#drawn.forEach(row => row.remove());
    this.#drawn.clear();
    this.atEnd = true;
    this.#anchor = null;
    this.update();
  }

  /** A row came in there, and those before it have lower numbers now. @param {number} number */
  moved(number) {
    if (this.#anchor && this.#anchor.number <= number) this.#anchor.number--;
  }

  /** Draws a row anew. @param {Entry} entry */
  redraw(entry) {
    const before = this.#drawn.get(entry);
    const focused = before?.contains(document.activeElement);
    before?.remove();
    this.#drawn.delete(entry);
    this.update();
    // What was pressed is gone; what stands in its place is where the reader is.
    if (focused) /** @type {HTMLElement | null} */ (this.#drawn.get(entry)?.querySelector(".more") ?? null)?.focus({ preventScroll: true });
  }

  /** How much of the list is above what is in sight, in pixels. */
  get above() {
    return this.#scroller.scrollTop - this.#list.offsetTop;
  }

  toEnd() {
    this.atEnd = true;
    this.update();
  }

  /**
   * Brings a row to the top of the view, or the end of the list if that is nearer.
   * @param {Entry} entry
   */
  toEntry(entry) {
    const index = this.#indexOf(entry.number);
    const offsets = this.#offsets();
    const rest = offsets[offsets.length - 1] - offsets[index];
    this.atEnd = rest < this.#scroller.clientHeight - END;
    this.#anchor = { number: entry.number, above: -8 };
    this.update();
  }

  /** Brings what is drawn in line with what there is. Call it after the entries changed. */
  update() {
    if (this.#scroller.clientHeight === 0) return;
    // Drawing rows tells their true heights, and those tell which rows are in sight.
    for (let pass = 0; pass < 5; pass++) {
      const offsets = this.#offsets();
      this.#draw(offsets, this.#top(offsets));
      if (!this.#measure()) break;
    }
    const offsets = this.#offsets();
    this.#space(offsets);
    const top = this.atEnd ? this.#scroller.scrollHeight : this.#top(offsets) + this.#list.offsetTop;
    if (this.atEnd || Math.abs(top - this.#scroller.scrollTop) >= 1) this.#scroller.scrollTop = top;
    this.#put = this.#scroller.scrollTop;
  }

  /** Where the view's upper edge is to be, measured from the list's. @param {Float64Array} offsets */
  #top(offsets) {
    const total = offsets[offsets.length - 1];
    if (this.atEnd) return total - this.#scroller.clientHeight;
    if (!this.#anchor) return this.#scroller.scrollTop - this.#list.offsetTop;
    return offsets[this.#indexOf(this.#anchor.number)] + this.#anchor.above;
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    const below = scrollHeight - scrollTop - clientHeight;
    this.atEnd = staysAtEnd(this.atEnd, below, scrollTop, this.#put, END);
    const offsets = this.#offsets();
    const top = scrollTop - this.#list.offsetTop;
    const index = rowAt(offsets, top);
    this.#anchor = this.#entries.length > 0 ? { number: this.#entries[index].number, above: top - offsets[index] } : null;
    const wanted = windowOf(offsets, top, clientHeight, MARGIN / 2);
    const slipped = this.atEnd && below >= 1 && scrollTop >= this.#put;
    if (!slipped && wanted.first >= this.#first && wanted.end <= this.#end) return;
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.update());
  }

  /** @param {number} number */
  #indexOf(number) {
    const first = this.#entries[0]?.number ?? 0;
    return Math.max(0, Math.min(this.#entries.length - 1, number - first));
  }

  /** Counted anew only when rows came, went or turned out otherwise: it is asked for at every turn. */
  #offsets() {
    const first = this.#entries[0];
    if (!this.#known || this.#known.first !== first || this.#known.offsets.length !== this.#entries.length + 1) {
      const width = this.#list.clientWidth;
      const heights = this.#entries.map(entry => (entry.height ??= guessHeight(entry.message?.text ?? "", width)));
      this.#known = { first, offsets: offsetsOf(heights) };
    }
    return this.#known.offsets;
  }

  /**
   * @param {Float64Array} offsets
   * @param {number} top
   */
  #draw(offsets, top) {
    const { first, end } = windowOf(offsets, top, this.#scroller.clientHeight, MARGIN);
    this.#first = first;
    this.#end = end;
    const wanted = new Set(this.#entries.slice(first, end));
    for (const [entry, row] of this.#drawn) {
      if (wanted.has(entry)) continue;
      // The focus would fall to the document's beginning.
      if (row.contains(document.activeElement)) this.#scroller.focus({ preventScroll: true });
      row.remove();
      this.#drawn.delete(entry);
    }
    let place = this.#list.firstElementChild;
    for (const entry of wanted) {
      let row = this.#drawn.get(entry);
      if (row) {
        place = row.nextElementSibling;
      } else {
        row = this.#render(entry);
        this.#drawn.set(entry, row);
        this.#list.insertBefore(row, place);
      }
    }
    this.#space(offsets);
  }

  /** @returns {boolean} whether any row has another height than was thought */
  #measure() {
    let changed = false;
    for (const [entry, row] of this.#drawn) {
      const height = row.getBoundingClientRect().height;
      if (height !== entry.height) {
        changed = true;
        this.#known = null;
        entry.height = height;
      }
    }
    return changed;
  }

  /** Keeps the place of what is not drawn. @param {Float64Array} offsets */
  #space(offsets) {
    this.#list.style.paddingTop = `${offsets[this.#first]}px`;
    this.#list.style.paddingBottom = `${offsets[offsets.length - 1] - offsets[this.#end]}px`;
  }
}
