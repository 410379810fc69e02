// A QR code for a link: byte mode, error correction level M, versions 1 to 25, so up to 997 bytes: what is
// finer a phone does not read off a screen. Made on the page because the link may hold an access code,
// which goes to no server.

import { correction, generate, mode } from "./lean-qr.mjs";

const OPTIONS = { minCorrectionLevel: correction.M, maxCorrectionLevel: correction.M, maxVersion: 25 };

/** How lean-qr says that a text does not fit. */
const TOO_LONG = 4;

/** The library's one file has no types. */
const encode = /** @type {(...all: any[]) => any} */ (/** @type {unknown} */ (generate));

/**
 * @param {string} text
 * @returns {boolean[][] | null} rows of modules, true where dark, without the quiet zone of 4; null if the
 *   text is too long
 */
export function qrCode(text) {
  try {
    // Plain bytes: to announce UTF-8 takes room, and not every reader knows the announcement.
    const code = encode(mode.bytes(new TextEncoder().encode(text)), OPTIONS);
    const places = [...Array(code.size).keys()];
    return places.map(y => places.map(x => code.get(x, y)));
  } catch (error) {
    if (/** @type {{code?: number}} */ (error).code === TOO_LONG) return null;
    throw error;
  }
}
