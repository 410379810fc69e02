// What page and agent say to each other: one JSON object a text frame, `t` names the type.

/** @typedef {{id: string, name: string, instance: string}} Person */
/** @typedef {{instance: string, url: string, participants: number, seats: number}} Peer */
/** @typedef {{id: string, cid: string, from: Person, text: string, at: string}} Message */
/** @typedef {{name: string, people: number, last: string}} ListedRoom `last` is the id of its newest message */
/**
 * @typedef {object} Welcome
 * @property {"welcome"} t
 * @property {{id: string, name: string}} you
 * @property {string} room
 * @property {string} instance
 * @property {boolean} recovered whether nothing is missing between what was seen last and these
 * @property {boolean} older whether the room has a past before these messages
 * @property {boolean} [more] whether some of that can be asked for; an older VM does not say, and cannot be asked
 * @property {Message[]} messages
 * @property {string} [expires] when the invite ends, RFC 3339
 * @property {Person[]} members as many as a page can show
 * @property {boolean} [codes] whether the fleet has an access code
 * @property {number} [count] how many there are in all
 * @property {Peer[]} peers
 */
/** @typedef {{t: "error", code: string, message: string, cid?: string, url?: string}} Failure */

/** Why an agent closes a connection. */
export const Close = Object.freeze({ NOT_ADMITTED: 4001, TOO_SLOW: 4008, REPLACED: 4009, DRAINING: 4010 });

/** In UTF-16 units, as the agent counts. */
export const LONGEST_TEXT = 4_000;

/** In bytes of UTF-8. */
export const LONGEST_FRAME = 8 * 1024;

/** As the agent has it, after its own tidying. */
const ROOM = /^[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N} ._-]*$/u;
const LONGEST_ROOM = 40;

/**
 * Why a room cannot have that name, in words for whoever typed it.
 * @param {string} name
 * @returns {string} empty if it can
 */
export function badRoom(name) {
  const tidy = name.normalize("NFKC").trim();
  if (ROOM.test(tidy) && [...tidy].length <= LONGEST_ROOM) return "";
  return `A room’s name has letters, digits, spaces, “.”, “_” and “-”, begins with a letter or digit, and is at most ${LONGEST_ROOM} long.`;
}

const encoder = new TextEncoder();

/**
 * Why the agent would not take this text, in words for its writer.
 * @param {string} text
 * @returns {string} empty if it would
 */
export function tooLong(text) {
  if (text.length > LONGEST_TEXT) {
    return `This message has ${text.length.toLocaleString("en")} characters of at most ${LONGEST_TEXT.toLocaleString("en")}. Send it in parts.`;
  }
  // The message's name and the frame around it take less than this.
  const room = LONGEST_FRAME - 256;
  const bytes = encoder.encode(JSON.stringify(text)).length;
  return bytes <= room ? "" : `This message takes ${Math.ceil(bytes / 1024)} KiB of at most ${LONGEST_FRAME / 1024}. Send it in parts.`;
}
