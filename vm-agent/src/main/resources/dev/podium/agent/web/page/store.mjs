// What survives a reload, and a tab that the phone put aside: it belongs to the tab, so two tabs
// are two people's business. In private mode nothing survives, and the page works all the same.

const PREFIX = "podium.";

/**
 * @template T
 * @param {string} key
 * @param {T} otherwise
 * @returns {T}
 */
export function read(key, otherwise) {
  try {
    return JSON.parse(sessionStorage.getItem(PREFIX + key) ?? "null") ?? otherwise;
  } catch {
    return otherwise;
  }
}

/**
 * @param {string} key
 * @param {unknown} value null forgets it
 */
export function write(key, value) {
  try {
    if (value === null) sessionStorage.removeItem(PREFIX + key);
    else sessionStorage.setItem(PREFIX + key, JSON.stringify(value));
  } catch {
    // Forbidden or full: what is in memory goes on.
  }
}
