// What VMs say, taken apart with care. Whoever may publish in the fleet can put anything into a
// room, and one odd message must not take the others' place on the screen.

import { LONGEST_TEXT, badRoom } from "./protocol.mjs";

/** @typedef {import("./protocol.mjs").Person} Person */
/** @typedef {import("./protocol.mjs").Peer} Peer */
/** @typedef {import("./protocol.mjs").Message} Message */
/** @typedef {import("./protocol.mjs").Welcome} Welcome */
/** @typedef {import("./protocol.mjs").Failure} Failure */

/** Agents let no name be longer than a fifth of this. */
const LONGEST_NAME = 256;

/** More than anybody looks through. */
const MOST_ROOMS = 50;

/** @param {any} value */
const words = value => (typeof value === "string" ? value : "");

/**
 * @param {any} text of a WebSocket's frame
 * @returns {any} null if it is no object
 */
export function frameOf(text) {
  try {
    const frame = JSON.parse(text);
    return typeof frame === "object" ? frame : null;
  } catch {
    return null;
  }
}

/**
 * @param {any} value
 * @returns {value is Person}
 */
function isPerson(value) {
  return [value?.id, value?.name, value?.instance].every(part => typeof part === "string" && part.length <= LONGEST_NAME);
}

/**
 * @param {any} value
 * @returns {Message | null} null if it cannot be shown
 */
export function messageOf(value) {
  const shown = [value?.id, value?.cid, value?.text].every(part => typeof part === "string")
    && value.text.length <= LONGEST_TEXT
    && isPerson(value.from)
    && Number.isFinite(Date.parse(words(value.at)));
  return shown ? value : null;
}

/**
 * Those who can be shown; the others are left out.
 * @param {any} list
 * @returns {Person[]}
 */
export const peopleOf = list => (Array.isArray(list) ? list.filter(isPerson) : []);

/**
 * How many people there are in all.
 * @param {any} count
 * @param {Person[]} shown
 */
export const countOf = (count, shown) => (Number.isSafeInteger(count) && count >= shown.length ? count : shown.length);

/**
 * The other VMs of which an address is said; whether it can be one, the places decide.
 * @param {any} list
 * @returns {Peer[]}
 */
export const peersOf = list => (Array.isArray(list) ? list.filter(peer => typeof peer?.url === "string") : []);

/**
 * The rooms that there are; a name that can be none is left out.
 * @param {any} list
 * @returns {import("./protocol.mjs").ListedRoom[]}
 */
export const roomsOf = list => (Array.isArray(list) ? list : [])
  .filter(room => typeof room?.name === "string" && room.name && !badRoom(room.name))
  .slice(0, MOST_ROOMS)
  .map(room => ({ name: room.name, people: Number.isSafeInteger(room.people) && room.people > 0 ? room.people : 0, last: words(room.last) }));

/**
 * @param {any} frame
 * @returns {Welcome | null} null if it does not say who we are and where
 */
export function welcomeOf(frame) {
  const known = [frame.you?.id, frame.you?.name, frame.room].every(part => typeof part === "string" && part);
  if (!known) return null;
  const messages = Array.isArray(frame.messages) ? frame.messages : [];
  return { ...frame, instance: words(frame.instance), messages, members: peopleOf(frame.members), peers: peersOf(frame.peers) };
}

/**
 * @param {any} frame
 * @returns {Failure}
 */
export const failureOf = frame => ({ ...frame, code: words(frame.code), message: words(frame.message) });
