// What the reader said themselves and the room does not have yet, below its messages.

import { button, byId, make, setWords } from "./dom.mjs";
import { bubble } from "./rows.mjs";
import { pump } from "./speech.mjs";
import { noteOf } from "./status.mjs";

/** @typedef {import("./outbox.mjs").Item} Item */

export class PendingView {
  #chat;
  #edit;
  /** @type {Map<string, {row: HTMLLIElement, state: string, note: HTMLElement}>} */
  #rows = new Map();

  /**
   * @param {import("./chat.mjs").Chat} chat
   * @param {(text: string) => void} edit takes back what could not be sent
   */
  constructor(chat, edit) {
    this.#chat = chat;
    this.#edit = edit;
  }

  update() {
    const items = this.#chat.outbox.shown(this.#chat.me?.room ?? "");
    const wanted = new Set(items.map(item => item.cid));
    for (const [cid, { row }] of this.#rows) {
      if (wanted.has(cid)) continue;
      row.remove();
      this.#rows.delete(cid);
    }
    items.forEach(item => this.#show(item));
  }

  /** @param {Item} item */
  #show(item) {
    const state = item.failed ? "failed" : item.acknowledged ? "sent" : "waiting";
    let shown = this.#rows.get(item.cid);
    if (!shown || shown.state !== state) {
      const next = this.#make(item, state);
      if (shown) shown.row.replaceWith(next.row);
      else byId("pending").append(next.row);
      this.#rows.set(item.cid, next);
      shown = next;
    }
    if (state === "failed") return;
    const { connection, trouble } = this.#chat;
    setWords(shown.note, noteOf(item, connection.stopped, connection.line !== null && !trouble && connection.online));
  }

  /**
   * @param {Item} item
   * @param {string} state
   */
  #make(item, state) {
    const note = make("div", "note");
    const body = make("div", "body", ...bubble(item.text, {}, () => undefined), note);
    const row = make("li", `row message mine first ${state}`, make("div", "line", body));
    // A long text is shown whole here: its writer may want to take it back.
    row.querySelector(".more")?.remove();
    if (state === "failed") {
      note.setAttribute("role", "alert");
      note.append(make("span", "", `Not sent. ${item.failed}`), this.#actions(item));
    }
    return { row, state, note };
  }

  /** @param {Item} item */
  #actions(item) {
    const { outbox, views } = this.#chat;
    const take = () => {
      outbox.remove(item.cid);
      views.outbox();
    };
    const actions = make("div", "actions");
    if (!item.hopeless) {
      actions.append(button("Try again", "", () => {
        outbox.retry(item.cid);
        pump(this.#chat);
        views.outbox();
      }));
    }
    actions.append(
      button("Edit", "", () => {
        take();
        this.#edit(item.text);
      }),
      button("Discard", "", take),
    );
    return actions;
  }
}
