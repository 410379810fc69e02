// Where somebody comes in who has no invite: a name, the class's access code, and a room.

import { byId } from "./dom.mjs";
import { secret } from "./identity.mjs";

/** @typedef {import("./identity.mjs").Identity} Identity */

export class Door {
  #name = /** @type {HTMLInputElement} */ (byId("nameInput"));
  #code = /** @type {HTMLInputElement} */ (byId("codeInput"));
  #room = /** @type {HTMLInputElement} */ (byId("roomInput"));
  /** @type {Identity | null} */
  #before = null;

  /** @param {(me: Identity) => void} join */
  constructor(join) {
    byId("joinForm").addEventListener("submit", event => {
      event.preventDefault();
      const name = this.#name.value.trim();
      const code = this.#code.value.trim();
      if (!name) this.#complain("Enter your name first.", this.#name);
      else if (!code) this.#complain("Enter the access code from your host.", this.#code);
      else join({ code, name, device: this.#before?.device ?? secret(12), room: this.#room.value.trim(), rooms: this.#before?.rooms });
    });
  }

  /**
   * @param {{problem?: string, needsInvite?: boolean, me: Identity | null, code?: string, room: string}} visit
   */
  show(visit) {
    this.#before = visit.me;
    byId("app").hidden = true;
    byId("door").hidden = false;
    // The link brought the code: only the name is left to say.
    byId("codeField").hidden = Boolean(visit.code) && !visit.problem;
    byId("roomField").hidden = Boolean(visit.room) && !visit.problem;
    byId("doorHint").textContent = hint(visit);
    this.#name.value = visit.me?.name ?? "";
    this.#code.value = visit.code ?? "";
    this.#room.value = visit.room;
    document.title = "Join the chat – Podium";
    if (visit.problem) this.#complain(visit.problem, this.#code);
    else {
      byId("doorError").hidden = true;
      this.#name.focus();
    }
  }

  /**
   * @param {string} problem
   * @param {HTMLInputElement} where
   */
  #complain(problem, where) {
    byId("doorError").hidden = false;
    byId("doorError").textContent = problem;
    for (const input of [this.#name, this.#code]) input.removeAttribute("aria-invalid");
    where.setAttribute("aria-invalid", "true");
    where.focus();
  }
}

/** @param {{needsInvite?: boolean, code?: string, room: string}} visit */
function hint(visit) {
  if (visit.needsInvite) return "Ask your host for a new link, or enter the access code if you have one.";
  if (!visit.code) return "Enter your name and the access code from your host.";
  return visit.room ? `You are about to enter “${visit.room}”. How shall others call you?` : "How shall others call you?";
}
