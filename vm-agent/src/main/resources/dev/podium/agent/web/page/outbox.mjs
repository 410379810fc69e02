// What was said and nobody has yet. A message stays here until the agent has acknowledged it, and
// is said again with the same name (cid) until then, so that it counts once however often it goes.
// All times are monotonic milliseconds: a clock that is set does not disturb them.

/**
 * @typedef {object} Item
 * @property {string} cid
 * @property {string} room empty until a VM has said which room this is
 * @property {string} text
 * @property {string} [failed] why it is not sent by itself, in words
 * @property {boolean} [hopeless] the same text would be refused again
 * @property {number} [tries]
 * @property {number} [sentAt]
 * @property {boolean} [acknowledged]
 * @property {string} [remark] what the agent said of it
 * @property {boolean} [held] refused for now: nothing newer overtakes it
 * @property {number} [since] when this connection was first asked to take it
 */

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 30_000;

/** What is acknowledged comes round within this, or some VM is far behind. */
const COMES_ROUND = 8_000;

/** A connection that takes messages and acknowledges none for this long is dead. */
const PATIENCE = 10_000;

export class Outbox {
  /** @type {Item[]} */
  #items;

  /** Acknowledged, and still in sight until they come round. @type {Item[]} */
  #acknowledged = [];
  #run;
  #sequence = 0;
  #keep;

  /**
   * @param {Item[]} stored
   * @param {string} run a copied tab copies what is stored: its own messages get another prefix
   * @param {(items: Item[]) => void} keep called with what has to survive a reload
   */
  constructor(stored, run, keep) {
    this.#items = stored.map(({ cid, room, text, failed, hopeless }) => ({ cid, room, text, failed, hopeless }));
    this.#run = run;
    this.#keep = keep;
  }

  /** What nobody has yet, oldest first. @returns {readonly Item[]} */
  get items() {
    return this.#items;
  }

  get size() {
    return this.#items.length;
  }

  /** The rooms that something was written for. @returns {string[]} */
  get rooms() {
    return [...new Set(this.#items.map(item => item.room).filter(Boolean))];
  }

  /** @param {string} room */
  of(room) {
    return this.#items.filter(item => item.room === room);
  }

  /**
   * What the writer sees below the messages, oldest first.
   * @param {string} room
   */
  shown(room) {
    return [...this.#acknowledged, ...this.#items].filter(item => item.room === room);
  }

  /**
   * What is still to go from that room, oldest first.
   * @param {string} room
   */
  unsent(room) {
    return this.of(room).filter(item => !item.failed);
  }

  /** Whether something is still to go from whatever room. */
  get anyUnsent() {
    return this.#items.some(item => !item.failed);
  }

  /**
   * @param {string} room
   * @param {string} text
   * @param {string} [refusal] why it can not be sent, if that is known
   */
  add(room, text, refusal) {
    /** @type {Item} */
    const item = { cid: `${this.#run}-${++this.#sequence}`, room, text };
    if (refusal) {
      item.failed = refusal;
      item.hopeless = true;
    }
    this.#items.push(item);
    this.#save();
    return item;
  }

  /**
   * A VM has let us in: whatever was asked of the old connection is asked of this one.
   * @param {string} room where we are, as the VM calls it; what was written before we knew belongs there
   * @param {string} [asked] the room that we asked for, as it was written there
   */
  arrived(room, asked = room) {
    for (const item of this.#items) {
      if (!item.room || item.room === asked) item.room = room;
      item.since = undefined;
      item.sentAt = undefined;
      item.remark = undefined;
      item.held = undefined;
      item.tries = 0;
    }
    this.#save();
  }

  /**
   * What is to be said now, oldest first: at once, then after 1, 2, 4 … 30 s. One that the agent put off goes
   * alone, and what was written after it waits for its acknowledgement, so that they keep their order.
   * @param {string} room
   * @param {number} now
   */
  due(room, now) {
    const unsent = this.unsent(room);
    const held = unsent.findIndex(item => item.held);
    return unsent.slice(0, held < 0 ? unsent.length : held + 1).filter(
      item => item.sentAt === undefined || now - item.sentAt >= Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (item.tries ?? 0)),
    );
  }

  /**
   * @param {Item} item
   * @param {number} now
   */
  sent(item, now) {
    item.tries = item.sentAt === undefined ? 0 : (item.tries ?? 0) + 1;
    item.sentAt = now;
    item.since ??= now;
  }

  /**
   * Whether the connection takes and takes, and acknowledges nothing.
   * @param {string} room
   * @param {number} now
   */
  stuck(room, now) {
    const oldest = this.unsent(room)[0];
    return oldest?.since !== undefined && (oldest.tries ?? 0) > 0 && now - oldest.since > PATIENCE;
  }

  /**
   * It is Pub/Sub's now.
   * @param {string} cid
   * @param {number} now
   */
  acknowledged(cid, now) {
    const item = this.#take(cid);
    if (item) this.#acknowledged.push({ ...item, acknowledged: true, sentAt: now });
  }

  /**
   * It came round, or its writer gave it up.
   * @param {string} cid
   */
  remove(cid) {
    this.#take(cid);
    this.#acknowledged = this.#acknowledged.filter(other => other.cid !== cid);
  }

  /**
   * @param {number} now
   * @returns {boolean} whether anything went out of sight
   */
  expire(now) {
    const before = this.#acknowledged.length;
    this.#acknowledged = this.#acknowledged.filter(item => now - (item.sentAt ?? now) < COMES_ROUND);
    return this.#acknowledged.length < before;
  }

  /**
   * @param {string} cid
   * @returns {Item | undefined}
   */
  #take(cid) {
    const item = this.#items.find(other => other.cid === cid);
    this.#items = this.#items.filter(other => other !== item);
    if (item) this.#save();
    return item;
  }

  /**
   * The agent said no. What only came too early goes again by itself.
   * @param {import("./protocol.mjs").Failure} failure
   * @param {number} now
   * @returns {Item | undefined}
   */
  refused(failure, now) {
    const item = this.#items.find(other => other.cid === failure.cid);
    if (!item) return undefined;
    if (failure.code === "too_fast" || failure.code === "unavailable") {
      item.sentAt = now;
      item.tries = Math.max(1, item.tries ?? 0);
      item.since = undefined; // The connection answers.
      item.held = true;
      item.remark = `${failure.message} It is sent again by itself.`;
    } else {
      item.failed = failure.message;
      item.hopeless = failure.code === "too_long";
      this.#save();
    }
    return item;
  }

  /** @param {string} cid */
  retry(cid) {
    const item = this.#items.find(other => other.cid === cid);
    if (!item) return;
    item.failed = undefined;
    item.held = undefined;
    item.sentAt = undefined;
    item.since = undefined;
    this.#save();
  }

  clear() {
    this.#items = [];
    this.#acknowledged = [];
    this.#save();
  }

  #save() {
    this.#keep(this.#items.map(({ cid, room, text, failed, hopeless }) => ({ cid, room, text, failed, hopeless })));
  }
}
