// The bytes of a QR code: the text packed, and what lets a reader correct what it can not see. Byte
// mode, error correction level M, versions 1 to 25.

/** For each version, the error correction bytes of a block and the number of blocks (table 9). */
const CORRECTION = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28];
const BLOCKS = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21];

/**
 * The bytes of a text with their error correction, in the order in which they are placed.
 * @param {string} text
 * @returns {{version: number, bytes: number[]} | null} null if it is too long
 */
export function encode(text) {
  const data = new TextEncoder().encode(text);
  const version = CORRECTION.findIndex((_, index) => data.length <= capacity(index + 1)) + 1;
  return version === 0 ? null : { version, bytes: withCorrection(packed(data, version), version) };
}

/** @param {number} version */
const dataBytes = version => (modules(version) >> 3) - CORRECTION[version - 1] * BLOCKS[version - 1];

/** Without the mode and the length. @param {number} version */
const capacity = version => dataBytes(version) - (version < 10 ? 2 : 3);

/** What is left for data beside the patterns. @param {number} version */
function modules(version) {
  let count = (16 * version + 128) * version + 64;
  if (version >= 2) {
    const across = (version / 7 | 0) + 2;
    count -= (25 * across - 10) * across - 55;
    if (version >= 7) count -= 36;
  }
  return count;
}

/**
 * @param {Uint8Array} data
 * @param {number} version
 */
function packed(data, version) {
  /** @type {number[]} */
  const bits = [];
  const put = (/** @type {number} */ value, /** @type {number} */ length) => {
    for (let i = length - 1; i >= 0; i--) bits.push((value >>> i) & 1);
  };
  put(4, 4);
  put(data.length, version < 10 ? 8 : 16);
  data.forEach(byte => put(byte, 8));
  put(0, Math.min(4, dataBytes(version) * 8 - bits.length));
  while (bits.length % 8 > 0) bits.push(0);
  const bytes = [];
  for (let i = 0; i < bits.length; i += 8) bytes.push(bits.slice(i, i + 8).reduce((byte, bit) => (byte << 1) | bit, 0));
  for (let pad = 0xec; bytes.length < dataBytes(version); pad ^= 0xec ^ 0x11) bytes.push(pad);
  return bytes;
}

/**
 * Splits the data into blocks, corrects each, and interleaves them.
 * @param {number[]} data
 * @param {number} version
 */
function withCorrection(data, version) {
  const blocks = BLOCKS[version - 1];
  const correction = CORRECTION[version - 1];
  const short = Math.floor(data.length / blocks);
  const longFrom = blocks - (data.length % blocks);
  const divisor = generator(correction);
  const parts = [];
  for (let block = 0, from = 0; block < blocks; block++) {
    const length = short + (block >= longFrom ? 1 : 0);
    const part = data.slice(from, from + length);
    parts.push({ part, rest: remainder(part, divisor) });
    from += length;
  }
  const out = [];
  for (let i = 0; i <= short; i++) for (const { part } of parts) if (i < part.length) out.push(part[i]);
  for (let i = 0; i < correction; i++) for (const { rest } of parts) out.push(rest[i]);
  return out;
}

/** In the field of 256 elements with the polynomial 0x11D. @param {number} x @param {number} y */
function times(x, y) {
  let product = 0;
  for (let i = 7; i >= 0; i--) {
    product = (product << 1) ^ ((product >>> 7) * 0x11d);
    product ^= ((y >>> i) & 1) * x;
  }
  return product;
}

/** @param {number} degree */
function generator(degree) {
  const polynomial = new Array(degree).fill(0);
  polynomial[degree - 1] = 1;
  for (let i = 0, root = 1; i < degree; i++, root = times(root, 2)) {
    for (let j = 0; j < degree; j++) polynomial[j] = times(polynomial[j], root) ^ (polynomial[j + 1] ?? 0);
  }
  return polynomial;
}

/** @param {number[]} data @param {number[]} divisor */
function remainder(data, divisor) {
  const rest = new Array(divisor.length).fill(0);
  for (const byte of data) {
    const factor = byte ^ rest[0];
    rest.shift();
    rest.push(0);
    divisor.forEach((coefficient, i) => (rest[i] ^= times(coefficient, factor)));
  }
  return rest;
}
