// A room as this page knows it: the messages in the order in which the agents deliver them, each
// once, with a mark where some are missing.

/**
 * @typedef {object} Entry
 * @property {number} number rising by one within a room; what is older and came later has those below
 * @property {"message" | "unshown" | "gap" | "start" | "earlier"} kind `start` says that there was more, `earlier`
 *   that it can be asked for
 * @property {string} [id] of a message that cannot be shown
 * @property {import("./protocol.mjs").Message} [message]
 * @property {number} [height] in CSS pixels, as last drawn or else as guessed
 * @property {boolean} [open] whether a long text is shown whole
 */

/** Messages closer than this stand under one name. */
const SAME_BREATH_MS = 5 * 60_000;

/** As many as a VM brings at once, and the mark before them. */
const ROOM_FOR_OLDER = 300;

export class Timeline {
  /** @type {Entry[]} */
  entries = [];

  /** The id of the newest message, from which a VM continues. */
  last = "";

  /** Whether a VM has let us in here: what it says from then on follows on what is here. */
  known = false;

  /** Whether the VM may know messages older than what is here, and can be asked for them. */
  more = false;

  /** Since when an answer to that is awaited, in monotonic milliseconds; null if none is. @type {number | null} */
  askedAt = null;

  /** What came while nobody looked. @type {{from: Entry, count: number} | null} */
  unread = null;

  #most;
  #ids = new Set();
  #origins = new Set();
  #next = 0;

  /** @param {number} most entries that are kept */
  constructor(most = 5_000) {
    this.#most = most;
  }

  /**
   * @param {import("./protocol.mjs").Message} message
   * @returns {Entry | null} null if it was here already
   */
  take(message) {
    this.last = message.id;
    return this.#isNew(message) ? this.#append({ number: this.#next++, kind: "message", message }) : null;
  }

  /**
   * A message that belongs before one that is here: a VM was brought its history late. What stands before it
   * moves up by one.
   * @param {import("./protocol.mjs").Message} message
   * @param {string} before the id of the message that it belongs before
   * @returns {{entry: Entry, behind: Entry} | false | null} false if it was here already, null if that one is not
   */
  takeLate(message, before) {
    const index = this.entries.findIndex(entry => (entry.message?.id ?? entry.id) === before);
    if (index < 0) return null;
    if (!this.#isNew(message)) return false;
    const behind = this.entries[index];
    for (const entry of this.entries.slice(0, index)) entry.number--;
    /** @type {Entry} */
    const entry = { number: behind.number - 1, kind: "message", message };
    this.entries.splice(index, 0, entry);
    if (this.entries.length > this.#most) this.#forgetOldest();
    return { entry, behind };
  }

  /** Notes it, if it was not here already. @param {import("./protocol.mjs").Message} message */
  #isNew(message) {
    const origin = originOf(message);
    if (this.#ids.has(message.id) || this.#origins.has(origin)) return false;
    this.#ids.add(message.id);
    this.#origins.add(origin);
    return true;
  }

  /**
   * A message that cannot be shown keeps its place: nothing is skipped silently.
   * @param {any} id
   * @returns {Entry | null} null if it was here already
   */
  takeUnshown(id) {
    const known = typeof id === "string" ? id : "";
    if (known) this.last = known;
    if (this.#ids.has(known)) return null;
    if (known) this.#ids.add(known);
    return this.#append({ number: this.#next++, kind: "unshown", id: known });
  }

  /** Says that messages are missing between what is here and what comes. */
  gap() {
    const newest = this.entries.at(-1);
    if (newest?.kind === "message" || newest?.kind === "unshown") this.#append({ number: this.#next++, kind: "gap" });
  }

  /** Says that the room has a past which is not shown. */
  start() {
    if (this.entries.length === 0) this.#append({ number: this.#next++, kind: "start" });
  }

  /**
   * Says, of an empty room, whether it has a past that can be asked for.
   * @param {boolean} more
   * @param {boolean} older whether it has one at all
   */
  begins(more, older) {
    this.more = more;
    if (more && this.entries.length === 0) this.#append({ number: this.#next++, kind: "earlier" });
    else if (older) this.start();
  }

  /** The oldest message that is here, from which a VM goes back; empty if there is none. */
  get oldest() {
    const first = this.entries.find(entry => entry.message || entry.id);
    return first?.message?.id ?? first?.id ?? "";
  }

  /** Whether it is worth asking for more: what is here stays within bounds. */
  get canGrow() {
    return this.more && this.oldest !== "" && this.entries.length + ROOM_FOR_OLDER <= this.#most;
  }

  /**
   * What was said before all that is here.
   * @param {(import("./protocol.mjs").Message | null)[]} messages the oldest first; null for one that cannot be shown
   * @param {boolean} more whether there is more to ask for
   * @param {boolean} older whether the room has a past before these
   * @returns {Entry | undefined} what stands behind them now, and stood first before
   */
  takeOlder(messages, more, older) {
    if (this.entries[0]?.kind === "earlier" || this.entries[0]?.kind === "start") this.entries.shift();
    const behind = this.entries[0];
    let number = behind?.number ?? this.#next;
    /** @type {Entry[]} */
    const taken = [];
    for (const message of messages.toReversed()) {
      if (!message) taken.unshift({ number: --number, kind: "unshown" });
      else if (this.#isNew(message)) taken.unshift({ number: --number, kind: "message", message });
    }
    this.more = more;
    if (more || older) taken.unshift({ number: --number, kind: more ? "earlier" : "start" });
    this.entries.unshift(...taken);
    return behind;
  }

  /** What stands before it, but for what is not shown. @param {Entry} entry */
  before(entry) {
    let index = entry.number - this.entries[0].number - 1;
    while (this.entries[index]?.kind === "unshown") index--;
    return this.entries[index];
  }

  /** @param {Entry} entry that came while nobody looked */
  missed(entry) {
    if (this.unread) this.unread.count++;
    else this.unread = { from: entry, count: 1 };
  }

  /**
   * What came since then, nobody has looked at.
   * @param {string} id of the first such message; if it is not known here, nothing changes
   */
  missedFrom(id) {
    const first = this.entries.findIndex(entry => entry.message?.id === id);
    if (first >= 0 && !this.unread) this.entries.slice(first).forEach(entry => this.missed(entry));
  }

  /** @param {Entry} entry */
  #append(entry) {
    this.entries.push(entry);
    if (this.entries.length > this.#most) this.#forgetOldest();
    return entry;
  }

  /** What stands first then says that there was more. */
  #forgetOldest() {
    this.more = false;
    this.#forget(this.entries.shift());
    this.#forget(this.entries[0]);
    this.entries[0] = { number: this.entries[0].number, kind: "start" };
  }

  /** @param {Entry | undefined} entry */
  #forget(entry) {
    if (entry?.id) this.#ids.delete(entry.id);
    if (!entry?.message) return;
    this.#ids.delete(entry.message.id);
    this.#origins.delete(originOf(entry.message));
  }
}

/** @param {import("./protocol.mjs").Message} message */
const originOf = message => `${message.from.id}\n${message.cid}`;

/**
 * Whether a message starts a new day.
 * @param {Entry} entry
 * @param {Entry | undefined} before
 */
export function startsDay(entry, before) {
  if (!entry.message) return false;
  return !before?.message || new Date(before.message.at).toDateString() !== new Date(entry.message.at).toDateString();
}

/**
 * Whether a message needs its sender's name above it.
 * @param {Entry} entry
 * @param {Entry | undefined} before
 */
export function startsGroup(entry, before) {
  const message = entry.message;
  const previous = before?.message;
  if (!message || !previous || startsDay(entry, before)) return true;
  // Something stands between them that is not shown.
  if (entry.number !== before.number + 1) return true;
  const apart = Math.abs(Date.parse(message.at) - Date.parse(previous.at));
  return previous.from.id !== message.from.id || previous.from.name !== message.from.name || apart > SAME_BREATH_MS;
}
