// Which rows of a long list are worth drawing. Heights are in CSS pixels.

/**
 * Where each row begins, and behind the last where the list ends.
 * @param {ArrayLike<number>} heights
 * @returns {Float64Array}
 */
export function offsetsOf(heights) {
  const offsets = new Float64Array(heights.length + 1);
  for (let i = 0; i < heights.length; i++) offsets[i + 1] = offsets[i] + heights[i];
  return offsets;
}

/**
 * The row at a height: the last that begins at or above it.
 * @param {Float64Array} offsets
 * @param {number} y
 * @returns {number} 0 for what lies above the list, the last row for what lies below
 */
export function rowAt(offsets, y) {
  let low = 0;
  let high = offsets.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (offsets[middle] <= y) low = middle;
    else high = middle - 1;
  }
  return Math.max(0, low);
}

/**
 * The rows that are in sight or nearly so.
 * @param {Float64Array} offsets
 * @param {number} top of the part in sight
 * @param {number} height of the part in sight
 * @param {number} margin how far beyond it rows are drawn
 * @returns {{first: number, end: number}} `end` is the first row that is not drawn
 */
export function windowOf(offsets, top, height, margin) {
  const rows = offsets.length - 1;
  if (rows === 0) return { first: 0, end: 0 };
  return { first: rowAt(offsets, top - margin), end: rowAt(offsets, top + height + margin) + 1 };
}

/**
 * A guess at a message's height before it is drawn.
 * @param {string} text
 * @param {number} width of the column, in pixels
 */
export function guessHeight(text, width) {
  const perLine = Math.max(12, Math.min(62, (width - 80) / 8.2));
  let lines = 0;
  for (const line of text.split("\n", 16)) lines += Math.max(1, Math.ceil(line.length / perLine));
  return 28 + 24 * Math.min(lines, 16);
}

/**
 * Whether the reader is at the end after the view moved. A smaller view, as a phone's keyboard leaves it,
 * or taller rows take the end away from under them; only who goes up has left it.
 * @param {boolean} was whether they were there before
 * @param {number} below what is out of sight below, in pixels
 * @param {number} top where the view is
 * @param {number} put where the page put it last
 * @param {number} near so close to the end, a reader means the end
 */
export const staysAtEnd = (was, below, top, put, near) => below < near || (was && top >= put);
