// A QR code for a link (ISO/IEC 18004, model 2): byte mode, error correction level M, versions 1 to
// 25, so up to 997 bytes: what is finer a phone does not read off a screen. Made here because the
// link may hold an access code, which goes to no server, and because a page that asks nobody works
// wherever it is open.

import { encode } from "./qr-bytes.mjs";

/** Level M, as the format information says it. */
const LEVEL = 0;

/**
 * @param {string} text
 * @returns {boolean[][] | null} rows of modules, true where dark, without the quiet zone of 4; null if the
 *   text is too long
 */
export function qrCode(text) {
  const code = encode(text);
  if (!code) return null;
  const grid = new Grid(code.version);
  grid.place(code.bytes);
  return grid.masked();
}

/** The eight masks (table 10). @type {((x: number, y: number) => boolean)[]} */
const MASKS = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  x => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => ((x / 3 | 0) + (y / 2 | 0)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

class Grid {
  /** @param {number} version */
  constructor(version) {
    this.version = version;
    this.size = version * 4 + 17;
    /** @type {boolean[][]} */
    this.dark = Array.from({ length: this.size }, () => new Array(this.size).fill(false));
    /** @type {boolean[][]} */
    this.fixed = Array.from({ length: this.size }, () => new Array(this.size).fill(false));
    this.#patterns();
  }

  /** @param {number} x @param {number} y @param {boolean} dark */
  #fix(x, y, dark) {
    if (x < 0 || y < 0 || x >= this.size || y >= this.size) return;
    this.dark[y][x] = dark;
    this.fixed[y][x] = true;
  }

  #patterns() {
    const { size, version } = this;
    for (let i = 0; i < size; i++) {
      this.#fix(6, i, i % 2 === 0);
      this.#fix(i, 6, i % 2 === 0);
    }
    for (const [x, y] of [[3, 3], [size - 4, 3], [3, size - 4]]) this.#rings(x, y, 4, distance => distance !== 2 && distance !== 4);
    const places = alignments(version, size);
    for (const x of places) {
      for (const y of places) {
        const corner = (x === 6 && y === 6) || (x === 6 && y === size - 7) || (x === size - 7 && y === 6);
        if (!corner) this.#rings(x, y, 2, distance => distance !== 1);
      }
    }
    this.#format(0);
    if (version >= 7) this.#versionBits();
  }

  /** @param {number} x @param {number} y @param {number} radius @param {(distance: number) => boolean} dark */
  #rings(x, y, radius, dark) {
    for (let dy = -radius; dy <= radius; dy++) {
      for (let dx = -radius; dx <= radius; dx++) this.#fix(x + dx, y + dy, dark(Math.max(Math.abs(dx), Math.abs(dy))));
    }
  }

  /** @param {number} mask */
  #format(mask) {
    const data = (LEVEL << 3) | mask;
    let rest = data;
    for (let i = 0; i < 10; i++) rest = (rest << 1) ^ ((rest >>> 9) * 0x537);
    const bits = ((data << 10) | rest) ^ 0x5412;
    const bit = (/** @type {number} */ i) => ((bits >>> i) & 1) === 1;
    const last = this.size - 1;
    for (let i = 0; i <= 5; i++) this.#fix(8, i, bit(i));
    this.#fix(8, 7, bit(6));
    this.#fix(8, 8, bit(7));
    this.#fix(7, 8, bit(8));
    for (let i = 9; i < 15; i++) this.#fix(14 - i, 8, bit(i));
    for (let i = 0; i < 8; i++) this.#fix(last - i, 8, bit(i));
    for (let i = 8; i < 15; i++) this.#fix(8, last - 14 + i, bit(i));
    this.#fix(8, last - 7, true);
  }

  #versionBits() {
    let rest = this.version;
    for (let i = 0; i < 12; i++) rest = (rest << 1) ^ ((rest >>> 11) * 0x1f25);
    const bits = (this.version << 12) | rest;
    for (let i = 0; i < 18; i++) {
      const dark = ((bits >>> i) & 1) === 1;
      const across = this.size - 11 + (i % 3);
      const down = Math.floor(i / 3);
      this.#fix(across, down, dark);
      this.#fix(down, across, dark);
    }
  }

  /** From the lower right, in columns of two, up and down in turn. @param {number[]} bytes */
  place(bytes) {
    let next = 0;
    for (let right = this.size - 1; right >= 1; right -= 2) {
      if (right === 6) right = 5;
      for (let step = 0; step < this.size; step++) {
        const y = ((right + 1) & 2) === 0 ? this.size - 1 - step : step;
        for (const x of [right, right - 1]) {
          if (this.fixed[y][x] || next >= bytes.length * 8) continue;
          this.dark[y][x] = ((bytes[next >>> 3] >>> (7 - (next & 7))) & 1) === 1;
          next++;
        }
      }
    }
  }

  /** With the mask that disturbs a reader least. */
  masked() {
    const candidates = MASKS.map((mask, index) => {
      this.#format(index);
      return this.dark.map((row, y) => row.map((dark, x) => dark !== (!this.fixed[y][x] && mask(x, y))));
    });
    return candidates.reduce((best, other) => (penalty(other) < penalty(best) ? other : best));
  }
}

/** @param {number} version @param {number} size */
function alignments(version, size) {
  if (version === 1) return [];
  const count = (version / 7 | 0) + 2;
  const step = Math.floor((version * 8 + count * 3 + 5) / (count * 4 - 4)) * 2;
  const places = [6];
  for (let place = size - 7; places.length < count; place -= step) places.splice(1, 0, place);
  return places;
}

/** @param {boolean[][]} rows */
function penalty(rows) {
  const size = rows.length;
  const columns = rows.map((_, x) => rows.map(row => row[x]));
  let points = 0;
  for (const line of [...rows, ...columns]) {
    const word = line.map(Number).join("");
    for (const run of word.match(/0{5,}|1{5,}/g) ?? []) points += run.length - 2;
    for (const finder of ["10111010000", "00001011101"]) points += 40 * (word.split(new RegExp(`(?=${finder})`)).length - (word.startsWith(finder) ? 0 : 1));
  }
  for (let y = 1; y < size; y++) {
    for (let x = 1; x < size; x++) {
      const dark = rows[y][x];
      if (dark === rows[y - 1][x] && dark === rows[y][x - 1] && dark === rows[y - 1][x - 1]) points += 3;
    }
  }
  const share = rows.flat().filter(Boolean).length / (size * size);
  return points + 10 * Math.floor(Math.abs(share - 0.5) * 20);
}
