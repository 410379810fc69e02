// A person's stay: who they are, the rooms they see, what they said, and the VM they are on. Knows
// no document; `views` shows what changed.

import { Connection } from "./connection.mjs";
import { countOf, messageOf, peersOf, peopleOf, roomsOf } from "./incoming.mjs";
import { Outbox } from "./outbox.mjs";
import { Places } from "./places.mjs";
import { goTo } from "./rooms.mjs";
import { pump } from "./speech.mjs";
import { refused } from "./refusals.mjs";
import { Timeline } from "./timeline.mjs";
import * as store from "./store.mjs";

const IDS_KEPT = 20;

/** A VM that did not answer by then is asked again, at the next turn of the wheel. */
const OLDER_MS = 8_000;

/** A page is loaded within this, even over a poor line. */
const RELOAD_MS = 60_000;

/**
 * @typedef {object} Views
 * @property {() => void} entered another room, or the first one
 * @property {(entry: import("./timeline.mjs").Entry) => void} said
 * @property {(missed: import("./timeline.mjs").Entry[]) => void} resumed
 * @property {(behind: import("./timeline.mjs").Entry | undefined) => void} grown older messages came, which stand before that
 * @property {(entry: import("./timeline.mjs").Entry, behind: import("./timeline.mjs").Entry) => void} late one came that stands before another
 * @property {() => void} outbox
 * @property {() => void} people
 * @property {() => void} status
 * @property {(why: import("./protocol.mjs").Failure) => void} turnedAway before anybody let them in
 */

export class Chat {
  /** @type {import("./identity.mjs").Identity | null} */
  me;

  /** The room that is shown; null until a VM let us in. @type {Timeline | null} */
  timeline = null;

  id = "";
  instance = "";
  /** @type {import("./protocol.mjs").Person[]} */
  members = [];
  memberCount = 0;

  /** When the invite ends, in milliseconds of the wall clock; NaN if it does not. */
  expires = NaN;

  /** What the VM says of itself, of what we asked, of the wait for a seat, and why it refused. */
  trouble = "";
  remark = "";
  waiting = "";
  refusal = "";

  /** Whether the fleet has an access code; null where the VM does not say. @type {boolean | null} */
  codes = null;

  /** Whether it was the access code that was refused: then it is asked for again. */
  codeRefused = false;

  /** The room asked for, until a VM agrees. @type {string | null} */
  wanted = null;

  /** Since when, in monotonic milliseconds. */
  wantedSince = 0;

  /** @type {Map<string, Timeline>} */
  #rooms = new Map();

  /** The rooms that there are, as the VM says. @type {import("./protocol.mjs").ListedRoom[]} */
  listed = [];

  /** The newest message that we had, by room; empty where there was none. @type {Record<string, string>} */
  seen = store.read("seen", {});

  /** Who this tab has been: another invite makes one somebody else. @type {string[]} */
  ids = store.read("ids", []);

  /**
   * @param {import("./identity.mjs").Identity | null} me
   * @param {string} origin of the page, with the slash
   * @param {string} run a name for this load of the page
   * @param {Views} views
   */
  constructor(me, origin, run, views) {
    this.me = me;
    this.views = views;
    this.outbox = new Outbox(store.read("pending", []), run, items => store.write("pending", items));
    this.places = new Places(origin);
    this.connection = new Connection(this.places, {
      hello: () => this.#hello(),
      welcomed: (frame, line, asked) => this.#welcomed(frame, line, asked),
      heard: (frame, line) => this.#heard(frame, line),
      refused: (failure, line) => {
        refused(this, failure, line);
        views.status();
      },
      changed: () => views.status(),
    });
  }

  /** Where we were, and where there is something of ours to send. @returns {string[]} */
  get rooms() {
    return [...new Set([...(this.me?.rooms ?? []), ...this.outbox.rooms])];
  }

  /** Comes in. @param {import("./identity.mjs").Identity} me */
  begin(me) {
    this.me = me;
    this.refusal = "";
    this.waiting = "";
    store.write("me", me);
    this.connection.stopped = "";
    this.places.anew();
    this.connection.open(this.places.current);
  }

  leave() {
    this.connection.send({ t: "bye" });
    this.connection.stop("left");
    this.me = null;
    this.timeline = null;
    this.places.home = "";
    this.wanted = null;
    this.#rooms.clear();
    this.outbox.clear();
    this.ids = [];
    this.seen = {};
    this.listed = [];
    store.write("ids", null);
    store.write("seen", null);
    store.write("me", null);
  }

  /** @returns {{t: string, room?: string, [more: string]: unknown}} */
  #hello() {
    const me = this.me;
    if (!me) return { t: "bye" };
    const room = this.wanted ?? me.room;
    const seen = room ? this.#rooms.get(room) : undefined;
    return {
      t: "hello",
      device: me.device,
      ...(me.token ? { token: me.token } : { code: me.code }),
      ...(me.name ? { name: me.name } : {}),
      ...(room ? { room } : {}),
      rooms: true,
      ...(this.#returning() ? { returning: true } : {}),
      ...(seen?.known ? { after: seen.last } : {}),
    };
  }

  /** Whether we were in a moment ago, and only the page was loaded anew: a full VM keeps our seat. */
  #returning() {
    const away = Date.now() - store.read("here", 0);
    return Boolean(this.me?.shown) && away >= 0 && away < RELOAD_MS;
  }

  /**
   * @param {import("./protocol.mjs").Welcome} frame
   * @param {import("./line.mjs").Line} line
   * @param {string} asked
   */
  #welcomed(frame, line, asked) {
    const me = this.me;
    if (!me) return;
    if (this.wanted === asked) this.wanted = null;
    this.#becomes(frame.you.id);
    this.instance = frame.instance;
    this.codes = typeof frame.codes === "boolean" ? frame.codes : null;
    this.places.named(frame.peers);
    this.#present(frame);
    this.expires = Date.parse(frame.expires ?? "");
    this.trouble = "";
    this.waiting = "";
    me.room = frame.room;
    me.shown = frame.you.name;
    me.rooms = [...new Set(["lobby", ...(me.rooms ?? []), frame.room])];
    store.write("me", me);
    const entered = this.#room(frame.room);
    const fresh = this.#catchUp(entered, frame);
    this.outbox.arrived(frame.room, asked);
    if (this.timeline === entered) {
      // Who was moved missed nothing; who was away is shown where it began.
      if (line.seamless) fresh.forEach(entry => this.views.said(entry));
      else this.views.resumed(fresh);
    } else {
      this.timeline = entered;
      this.views.entered();
    }
    this.#saw();
    pump(this);
    // Something else may be wanted by now.
    if (this.wanted) goTo(this, this.wanted);
    this.views.outbox();
    this.views.people();
    this.views.status();
  }

  /** @param {string} id */
  #becomes(id) {
    this.id = id;
    if (this.ids.includes(id)) return;
    this.ids = [...this.ids, id].slice(-IDS_KEPT);
    store.write("ids", this.ids);
  }

  /**
   * @param {Timeline} room
   * @param {import("./protocol.mjs").Welcome} frame
   */
  #catchUp(room, frame) {
    const returning = room.known;
    room.known = true;
    room.askedAt = null; // Another VM was asked.
    if (returning && !frame.recovered) room.gap();
    if (room.entries.length === 0) room.begins(frame.more === true, frame.older);
    else if (frame.more === undefined) room.more = false; // An older VM cannot be asked.
    const fresh = [];
    for (const message of frame.messages) {
      const entry = this.#take(room, message);
      if (entry && returning && entry.message?.from.id !== this.id) fresh.push(entry);
    }
    return fresh;
  }

  /**
   * @param {Timeline} room
   * @param {any} said a message, if all is well
   */
  #take(room, said) {
    if (this.ids.includes(said?.from?.id)) this.outbox.remove(said.cid);
    const message = messageOf(said);
    return message ? room.take(message) : room.takeUnshown(said?.id);
  }

  /**
   * @param {Timeline} room
   * @param {any} said a message, if all is well
   */
  #takeLate(room, said) {
    const message = typeof said.before === "string" ? messageOf(said) : null;
    if (message && this.ids.includes(message.from.id)) this.outbox.remove(message.cid);
    return message && room.takeLate(message, said.before);
  }

  /**
   * @param {any} frame
   * @param {import("./line.mjs").Line} line
   */
  #heard(frame, line) {
    switch (frame.t) {
      case "msg": {
        const room = this.#room(line.room);
        const late = this.#takeLate(room, frame);
        if (late && room === this.timeline) this.views.late(late.entry, late.behind);
        if (late !== null) break;
        const entry = this.#take(room, frame);
        if (room === this.timeline) this.#saw();
        if (entry && room === this.timeline) this.views.said(entry);
        break;
      }
      case "ack":
        this.outbox.acknowledged(frame.cid, performance.now());
        pump(this);
        this.views.outbox();
        break;
      case "members":
        this.#present(frame);
        this.views.people();
        break;
      case "peers":
        this.places.named(peersOf(frame.peers));
        break;
      case "older":
        this.#takeOlder(this.#room(line.room), frame);
        break;
      case "rooms":
        this.listed = roomsOf(frame.rooms);
        this.views.people();
        break;
      case "state":
        this.trouble = frame.ok ? "" : String(frame.message ?? "");
        this.views.status();
        break;
      default: // A later agent's; it is not for us.
    }
  }

  /** Asks for what was said before all that is here, if that can be. @returns {boolean} whether it is asked for */
  askOlder() {
    const { timeline, connection } = this;
    if (!timeline?.canGrow || this.wanted !== null) return false;
    const now = performance.now();
    if (timeline.askedAt !== null && now - timeline.askedAt < OLDER_MS) return true;
    timeline.askedAt = now;
    if (connection.send({ t: "older", before: timeline.oldest })) return true;
    timeline.askedAt = null;
    return false;
  }

  /**
   * @param {Timeline} room
   * @param {any} frame
   */
  #takeOlder(room, frame) {
    if (frame.before !== room.oldest || !Array.isArray(frame.messages)) return; // It was answered before.
    room.askedAt = null;
    const behind = room.takeOlder(frame.messages.map(messageOf), frame.more === true, frame.older === true);
    if (room === this.timeline) this.views.grown(behind);
  }

  /** The other rooms in which something was said since we were there. */
  get news() {
    const unseen = this.listed.filter(({ name, last }) => name !== this.me?.room && last && Object.hasOwn(this.seen, name) && this.seen[name] !== last);
    return new Set(unseen.map(({ name }) => name));
  }

  /** What there is in the room in view counts as seen in it. */
  #saw() {
    const { timeline, me } = this;
    if (!timeline || !me || this.seen[me.room] === timeline.last) return;
    this.seen[me.room] = timeline.last;
    store.write("seen", this.seen);
  }

  /** Says something for a while. @param {string} words */
  remarkFor(words) {
    this.remark = words;
    this.views.status();
    setTimeout(() => {
      if (this.remark !== words) return;
      this.remark = "";
      this.views.status();
    }, 8_000);
  }

  /** @param {{members?: any, count?: any}} frame */
  #present(frame) {
    this.members = peopleOf(frame.members);
    this.memberCount = countOf(frame.count, this.members);
  }

  /** @param {string} name */
  #room(name) {
    let room = this.#rooms.get(name);
    if (!room) {
      room = new Timeline();
      this.#rooms.set(name, room);
    }
    return room;
  }
}
