// Who this tab is, and by what right it comes in.

/**
 * @typedef {object} Identity
 * @property {string} [token] a signed invite
 * @property {string} [code] the class's access code
 * @property {string} [name] as the person wrote it
 * @property {string} [shown] as the room shows it, once a VM has let them in
 * @property {string} device this tab's secret: with it, the same person comes back
 * @property {string} room where to go; empty for where the invite says
 * @property {string[]} [rooms] where they were
 */

/** @typedef {{me: Identity | null, code: string, room: string}} Arrival */

/**
 * Reads the address the page was opened with. An invite replaces who the tab was; the fragment is
 * never sent to a server.
 * @param {{hash: string, search: string}} address
 * @param {Identity | null} stored
 * @param {() => string} secret makes a new one
 * @returns {Arrival} with the access code and the room that the link brings
 */
export function arrive(address, stored, secret) {
  const fragment = new URLSearchParams(address.hash.replace(/^#/, ""));
  const room = new URLSearchParams(address.search).get("room") ?? fragment.get("room") ?? "";
  const token = fragment.get("t") ?? "";
  const code = fragment.get("c") ?? "";
  if (token && token !== stored?.token) return { me: { token, device: secret(), room }, code: "", room };
  if (stored && code && stored.code !== code) return { me: null, code, room };
  return { me: stored && { ...stored, room: room || stored.room }, code, room };
}

/**
 * The link for others: by the front door, so that they get the VM with the most seats. It brings
 * the access code along, and never an invite, for that is one person's.
 * @param {string} place a VM's address, with the slash
 * @param {string} room
 * @param {string} code empty if there is none to pass on
 */
export function shareLink(place, room, code) {
  const query = room ? `?${new URLSearchParams({ room })}` : "";
  return `${place}join${query}${code ? `#${new URLSearchParams({ c: code })}` : ""}`;
}

/**
 * @param {number} bytes
 * @returns {string} that many random bytes, in hex
 */
export function secret(bytes) {
  return Array.from(crypto.getRandomValues(new Uint8Array(bytes)), byte => byte.toString(16).padStart(2, "0")).join("");
}
