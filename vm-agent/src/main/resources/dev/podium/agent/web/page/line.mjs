// One WebSocket to a VM, and what we know of it.

/**
 * @typedef {object} Line one WebSocket and what we know of it
 * @property {WebSocket} ws
 * @property {string} place
 * @property {string} room where the VM has us; empty until it said so
 * @property {string[]} asked the rooms of the hellos that are not answered yet; empty for where the invite says
 * @property {number} askedAt when the last of them was said, in monotonic milliseconds
 * @property {boolean} opened
 * @property {boolean} welcomed
 * @property {boolean} refused
 * @property {boolean} seamless whether the one before was alive until this one was welcome
 * @property {boolean} abandoned nothing it does concerns us any more
 * @property {boolean} renewal opened because the other may be dead
 */

/**
 * @param {string} place a VM's address, with the slash
 * @param {boolean} renewal
 * @returns {Line}
 */
export function lineTo(place, renewal) {
  const ws = new WebSocket(`${place.replace(/^http/, "ws")}ws`);
  return { ws, place, room: "", asked: [], askedAt: 0, opened: false, welcomed: false, refused: false, seamless: false, abandoned: false, renewal };
}

/** Nothing it does concerns us any more. @param {Line | null} line */
export function abandon(line) {
  if (!line) return;
  line.abandoned = true;
  line.ws.close();
}
