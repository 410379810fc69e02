// Where a message is written. What is typed is kept for each room, through moves and reloads.

import { byId } from "./dom.mjs";
import { LONGEST_TEXT, tooLong } from "./protocol.mjs";
import * as store from "./store.mjs";

const TYPING_EVERY_MS = 15_000;

/** The count is shown from here on. */
const NEARLY = LONGEST_TEXT - 300;

export class Composer {
  #input = /** @type {HTMLTextAreaElement} */ (byId("text"));
  #room = "";
  #typedAt = -Infinity;
  /** What was begun, by room. @type {Record<string, string>} */
  drafts = store.read("drafts", {});

  /**
   * @param {(text: string) => void} say
   * @param {() => void} typing tells the VM that somebody is at work
   */
  constructor(say, typing) {
    const form = /** @type {HTMLFormElement} */ (byId("composer"));
    /** @type {HTMLButtonElement} */ (byId("send")).disabled = true;
    const touch = matchMedia("(pointer: coarse)").matches;
    this.#input.addEventListener("input", () => {
      this.#changed();
      const now = performance.now();
      if (now - this.#typedAt > TYPING_EVERY_MS) {
        this.#typedAt = now;
        typing();
      }
    });
    this.#input.addEventListener("keydown", event => {
      // On a phone the keyboard's own key makes a new line; there is a button for sending. In Safari
      // the composition is over when the key that ended it is told, and only its old code tells.
      const composing = event.isComposing || event.keyCode === 229;
      if (event.key !== "Enter" || event.shiftKey || composing || touch) return;
      event.preventDefault();
      form.requestSubmit();
    });
    form.addEventListener("submit", event => {
      event.preventDefault();
      const text = this.#input.value.trimEnd();
      if (!text.trim() || tooLong(text)) return;
      say(text);
      this.#set("");
      this.#input.focus();
    });
  }

  /** Shows what was begun in that room. @param {string} room */
  enter(room) {
    if (room === this.#room) return;
    const carried = this.#room === "" ? this.#input.value : "";
    this.#room = room;
    // A room may have the name of something that every object has, such as "constructor".
    this.#set(carried || (Object.hasOwn(this.drafts, room) ? this.drafts[room] : ""));
  }

  /** Whether something is half written. */
  get writing() {
    return this.#input.value.trim() !== "";
  }

  /** Takes a text back for another try; what is being written stays. @param {string} text */
  edit(text) {
    const written = this.#input.value;
    this.#set(written.trim() ? `${text}\n${written}` : text);
    this.#input.focus();
  }

  forget() {
    this.drafts = {};
    this.#room = "";
    this.#set("");
    store.write("drafts", null);
  }

  /** @param {string} text */
  #set(text) {
    this.#input.value = text;
    this.#changed();
  }

  #changed() {
    const text = this.#input.value;
    if (text) this.drafts[this.#room] = text;
    else delete this.drafts[this.#room];
    store.write("drafts", this.drafts);
    const problem = tooLong(text.trimEnd());
    byId("tooLong").textContent = problem;
    byId("tooLong").hidden = !problem;
    byId("left").textContent = text.length > NEARLY && !problem ? `${LONGEST_TEXT - text.length}` : "";
    /** @type {HTMLButtonElement} */ (byId("send")).disabled = Boolean(problem) || !text.trim();
    this.#input.setAttribute("aria-invalid", String(Boolean(problem)));
    if (CSS.supports("field-sizing", "content")) return;
    this.#input.style.height = "auto";
    this.#input.style.height = `${this.#input.scrollHeight + 2}px`;
  }
}
