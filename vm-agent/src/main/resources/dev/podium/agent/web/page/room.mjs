// The messages of the room in view: drawn, followed, counted while nobody looks, and told to those
// who listen instead of looking.

import { byId, setWords } from "./dom.mjs";
import { MessageList } from "./list.mjs";
import { UNSHOWN, row } from "./rows.mjs";

/** @typedef {import("./timeline.mjs").Entry} Entry */

/** Eyes need the line longer than the program does. */
const MARK_STAYS_MS = 4_000;

/** So near the beginning of what is here older messages are asked for, in pixels: about two screens. */
const REACH = 1_200;

/** More than this at once are counted aloud, not read. */
const READ_ALOUD = 3;

export class RoomView {
  #chat;
  #list;
  /** @type {Entry[]} */
  #unspoken = [];

  /** @param {import("./chat.mjs").Chat} chat */
  constructor(chat) {
    this.#chat = chat;
    this.#list = new MessageList(byId("scroller"), byId("messages"), entry => this.#row(entry));
    byId("scroller").addEventListener("scroll", () => {
      this.seen();
      this.#reach();
    }, { passive: true });
    byId("newer").addEventListener("click", () => {
      this.toEnd();
      byId("text").focus();
    });
  }

  entered() {
    this.#list.show(this.#chat.timeline?.entries ?? []);
    this.#settle();
  }

  /** @param {Entry} entry */
  said(entry) {
    const own = entry.message?.from.id === this.#chat.id;
    if (!own) {
      if (!this.#watched()) this.#chat.timeline?.missed(entry);
      this.#speak(entry);
    }
    this.#list.update();
    this.#settle();
  }

  /** Back after a while: what was missed begins at a mark. @param {Entry[]} missed */
  resumed(missed) {
    missed.forEach(entry => this.#chat.timeline?.missed(entry));
    missed.forEach(entry => this.#speak(entry));
    this.#list.update();
    if (missed.length > 0 && this.#list.atEnd) this.#list.toEntry(missed[0]);
    this.seen();
    this.#settle();
  }

  /** Older messages came, and stand before this one. @param {Entry | undefined} behind */
  grown(behind) {
    // Whose name and day stand above it is another matter now.
    if (behind) this.#list.redraw(behind);
    else this.#list.update();
    this.#settle();
    this.#reach();
  }

  /**
   * One came late that stands before another, as it does for everybody else.
   * @param {Entry} entry
   * @param {Entry} behind
   */
  late(entry, behind) {
    this.#list.moved(entry.number);
    this.#list.redraw(behind);
    this.#settle();
  }

  /** Whoever comes near the beginning of what is here is shown what was before. */
  #reach() {
    if (this.#list.above < REACH && this.#chat.timeline?.entries[0]?.kind === "earlier") this.#chat.askOlder();
  }

  toEnd() {
    this.#list.toEnd();
    this.seen();
    this.#settle();
  }

  /** After something below the messages changed its height. */
  update() {
    this.#list.update();
    this.#settle();
  }

  /** Whoever looks at the end has seen all. */
  seen() {
    const timeline = this.#chat.timeline;
    const unread = timeline?.unread;
    if (unread?.count && this.#watched()) {
      unread.count = 0;
      setTimeout(() => {
        if (!timeline || timeline.unread !== unread || unread.count > 0) return;
        timeline.unread = null;
        if (timeline === this.#chat.timeline) this.#list.redraw(unread.from);
      }, MARK_STAYS_MS);
    }
    this.#settle();
  }

  #watched() {
    return this.#list.atEnd && !document.hidden;
  }

  /** @param {Entry} entry */
  #row(entry) {
    const timeline = this.#chat.timeline;
    return row(entry, {
      me: this.#chat.id,
      before: timeline?.before(entry),
      firstUnread: timeline?.unread?.from,
      changed: changed => this.#list.redraw(changed),
      older: () => {
        if (!this.#chat.askOlder()) this.#chat.remarkFor("There is no connection now: try again in a moment.");
      },
    });
  }

  #settle() {
    const { timeline, me } = this.#chat;
    const count = timeline?.unread?.count ?? 0;
    byId("empty").hidden = !timeline || timeline.entries.length > 0 || this.#chat.outbox.shown(me?.room ?? "").length > 0;
    byId("newer").hidden = this.#list.atEnd;
    setWords(byId("newerText"), count > 0 ? `${count} new message${count === 1 ? "" : "s"}` : "To the newest");
    const title = `${count > 0 ? `(${count}) ` : ""}${me ? `${me.room || "lobby"} – Podium chat` : "Join the chat – Podium"}`;
    if (document.title !== title) document.title = title;
  }

  /** A screen reader reads a few messages, and is told of more. @param {Entry} entry */
  #speak(entry) {
    this.#unspoken.push(entry);
    if (this.#unspoken.length > 1) return;
    setTimeout(() => {
      const entries = this.#unspoken.splice(0);
      const words = entries.length > READ_ALOUD
        ? `${entries.length} new messages`
        : entries.map(({ message }) => (message ? `${message.from.name}: ${message.text.slice(0, 300)}` : UNSHOWN)).join(". ");
      byId("spoken").textContent = words;
    }, 500);
  }
}
