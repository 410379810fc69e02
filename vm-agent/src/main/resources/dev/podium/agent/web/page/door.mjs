// Where somebody comes in who has no invite: a name, the class's access code, and a room.

import { byId, setWords } from "./dom.mjs";
import { secret } from "./identity.mjs";

/** @typedef {import("./identity.mjs").Identity} Identity */

/**
 * @typedef {object} Visit
 * @property {string} [problem] why they were not let in
 * @property {boolean} [needsInvite]
 * @property {string} [elsewhere] the VM that their invite is good on
 * @property {boolean} [badRoom] the problem is the room's name: what they came in by is good
 * @property {Identity | null} me
 * @property {string} [code] that the link brought
 * @property {string} room
 */

export class Door {
  #name = /** @type {HTMLInputElement} */ (byId("nameInput"));
  #code = /** @type {HTMLInputElement} */ (byId("codeInput"));
  #room = /** @type {HTMLInputElement} */ (byId("roomInput"));
  /** @type {Identity | null} */
  #before = null;
  /** The VM that their invite is good on, if that is another. */
  #there = "";
  /** A signed invite that is still good. @type {string | undefined} */
  #invite;

  /** @param {(me: Identity) => void} join */
  constructor(join) {
    byId("elsewhere").addEventListener("click", () => {
      const token = this.#before?.token;
      if (token && this.#there) location.assign(`${this.#there}#${new URLSearchParams({ t: token })}`);
    });
    byId("joinForm").addEventListener("submit", event => {
      event.preventDefault();
      const name = this.#name.value.trim();
      const code = this.#code.value.trim();
      const who = { device: this.#before?.device ?? secret(12), room: this.#room.value.trim(), rooms: this.#before?.rooms };
      if (this.#invite) join({ ...who, token: this.#invite, ...(name ? { name } : {}) });
      else if (!name) this.#complain("Enter your name first.", this.#name);
      else if (!code) this.#complain("Enter the access code from your host.", this.#code);
      else join({ ...who, code, name });
    });
  }

  /** Nobody is asked for a code where there is none: only an invite opens the chat then. */
  async #askForWays(/** @type {Visit} */ visit) {
    // Who brings a code, or had one, is to mend what is wrong with it.
    if (visit.code || visit.me?.code || visit.badRoom || visit.elsewhere) return;
    try {
      const { code } = await (await fetch("/join/ways", { cache: "no-store" })).json();
      if (code !== false || byId("door").hidden) return;
    } catch {
      return; // An older VM does not say.
    }
    setWords(byId("doorHint"), "You come in by an invite link: ask your host for one, and open it.");
    if (visit.problem) return;
    for (const id of ["nameField", "codeField", "roomField", "joinButton"]) byId(id).hidden = true;
  }

  /** @param {Visit} visit */
  show(visit) {
    this.#before = visit.me;
    this.#there = visit.elsewhere ?? "";
    byId("elsewhere").hidden = !this.#there;
    byId("joinButton").hidden = Boolean(this.#there);
    this.#invite = visit.badRoom ? visit.me?.token : undefined;
    byId("app").hidden = true;
    byId("door").hidden = false;
    // The link brought the code: only the name is left to say. An invite says that too.
    const other = Boolean(this.#there);
    byId("nameField").hidden = other || Boolean(this.#invite);
    byId("codeField").hidden = other || Boolean(this.#invite) || (Boolean(visit.code) && !visit.problem);
    byId("roomField").hidden = other || (Boolean(visit.room) && !visit.problem);
    byId("doorHint").textContent = hint(visit);
    this.#name.value = visit.me?.name ?? "";
    this.#code.value = visit.code ?? (visit.badRoom ? visit.me?.code : "") ?? "";
    this.#room.value = visit.room;
    document.title = "Join the chat – Podium";
    this.#askForWays(visit);
    if (visit.problem) this.#tell(visit.problem, visit);
    else {
      this.#mark(null);
      byId("doorError").hidden = true;
      this.#name.focus();
    }
  }

  /**
   * Only what was typed here can be wrong here: of an invite it is said, and no field is marked.
   * @param {string} problem
   * @param {Visit} visit
   */
  #tell(problem, visit) {
    this.#complain(problem, visit.badRoom ? this.#room : this.#code);
    if (!visit.needsInvite) return;
    this.#mark(null);
    (this.#there ? byId("elsewhere") : this.#name).focus();
  }

  /**
   * @param {string} problem
   * @param {HTMLInputElement} where
   */
  #complain(problem, where) {
    byId("doorError").hidden = false;
    byId("doorError").textContent = problem;
    this.#mark(where);
    where.focus();
  }

  /** @param {HTMLInputElement | null} wrong */
  #mark(wrong) {
    for (const input of [this.#name, this.#code, this.#room]) {
      if (input === wrong) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    }
  }
}

/** @param {Visit} visit */
function hint(visit) {
  if (visit.elsewhere) return "Your invite opens another of this chat’s machines.";
  if (visit.badRoom) return "Choose another room, or leave it empty.";
  if (visit.needsInvite) return "Ask your host for a new link, or enter the access code if you have one.";
  if (!visit.code) return "Enter your name and the access code from your host.";
  return visit.room ? `You are about to enter “${visit.room}”. How shall others call you?` : "How shall others call you?";
}
