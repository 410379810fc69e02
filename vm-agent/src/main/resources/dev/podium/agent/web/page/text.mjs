// What people wrote, taken apart. Nothing here makes markup: the parts become text nodes.

/** @typedef {{text: string, href?: string}} Part */

// Invisible marks that turn the reading direction can hide where an address ends.
const LINK = /\bhttps?:\/\/[^\s<>"\u2028\u2029\u200E\u200F\u202A-\u202E\u2066-\u2069]+/giu;
const TRAILING = /[.,;:!?'"»”’…)\]}]+$/u;

/**
 * Text and the addresses in it, in order; together they are the whole text. Only http and https,
 * and only what the browser itself can read as an address.
 * @param {string} text
 * @returns {Part[]}
 */
export function partsOf(text) {
  /** @type {Part[]} */
  const parts = [];
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    const address = withoutTrail(match[0]);
    const href = safe(address);
    if (!href) continue;
    if (match.index > from) parts.push({ text: text.slice(from, match.index) });
    parts.push({ text: address, href });
    from = match.index + address.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from) });
  return parts;
}

/**
 * A sentence's end is not the address's, but a bracket that was opened within it is.
 * @param {string} address
 */
function withoutTrail(address) {
  const kept = address.replace(TRAILING, "");
  const trail = address.slice(kept.length);
  return trail.startsWith(")") && kept.split("(").length > kept.split(")").length ? kept + ")" : kept;
}

/** @param {string} address */
function safe(address) {
  try {
    const url = new URL(address);
    const web = url.protocol === "http:" || url.protocol === "https:";
    // A name before an @ makes an address look like another site's.
    return web && url.hostname && !url.username && !url.password ? url.href : "";
  } catch {
    return "";
  }
}

const EMOJI = /^(?:(?:\p{Regional_Indicator}{2}|[#*0-9]\uFE0F?\u20E3|\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier})*(?:\u200D\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier})*)*)\s*){1,3}$/u;

/**
 * Whether a text is one to three emoji and nothing else.
 * @param {string} text
 */
export const onlyEmoji = text => text.length <= 64 && EMOJI.test(text);

const LONG_CHARACTERS = 900;
const LONG_LINES = 14;

/**
 * Whether a text is folded until somebody wants all of it.
 * @param {string} text
 */
export const isLong = text => text.length > LONG_CHARACTERS || text.split("\n", LONG_LINES + 1).length > LONG_LINES;

/** A sign or a bracket stands for nobody. */
const STANDS = /[\p{L}\p{N}\p{Extended_Pictographic}]/u;

/**
 * One or two letters that stand for a name.
 * @param {string} name
 */
export function initials(name) {
  const letters = name.trim().split(/\s+/u).map(word => [...word].find(one => STANDS.test(one)) ?? "").filter(Boolean);
  const second = letters.length > 1 ? letters[letters.length - 1] : "";
  return ((letters[0] ?? "?") + second).toUpperCase();
}

/**
 * A hue that stays a person's own.
 * @param {string} id
 * @returns {number} 0 to 359
 */
export function hueOf(id) {
  // FNV-1a, and a last mixing: ids that differ in one digit get hues that are far apart.
  let hash = 0x811c9dc5;
  for (const character of id) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 12)) >>> 0) % 360;
}
