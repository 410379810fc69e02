// Rooms and people: beside the messages where there is space, over them on a phone.

import { byId, make, setWords } from "./dom.mjs";
import { badRoom } from "./protocol.mjs";
import { goTo } from "./rooms.mjs";
import { avatar } from "./rows.mjs";

const HOLD_MINUTES = 30;

const LEAVE_ASKS_MS = 6_000;

export class Panel {
  #chat;
  #narrow = matchMedia("(max-width: 899px)");
  #shownRooms = "";

  /**
   * @param {import("./chat.mjs").Chat} chat
   * @param {() => void} leave
   */
  constructor(chat, leave) {
    this.#chat = chat;
    byId("panelButton").addEventListener("click", () => this.open(true));
    byId("panelClose").addEventListener("click", () => this.open(false));
    byId("shade").addEventListener("click", () => this.open(false));
    addEventListener("keydown", event => {
      if (event.key === "Escape" && byId("panel").classList.contains("open")) this.open(false);
    });
    this.#narrow.addEventListener("change", () => this.open(false));
    byId("roomForm").addEventListener("submit", event => {
      event.preventDefault();
      const input = /** @type {HTMLInputElement} */ (byId("otherRoom"));
      const problem = input.value.trim() ? badRoom(input.value) : "";
      this.#complain(input, problem);
      if (problem || !input.value.trim()) return;
      const name = input.value.trim().toLowerCase();
      input.value = "";
      this.#goTo(name);
    });
    byId("otherRoom").addEventListener("input", () => this.#complain(/** @type {HTMLInputElement} */ (byId("otherRoom")), ""));
    byId("hold").addEventListener("click", () => this.#hold());
    this.#askBefore(byId("leave"), leave);
  }

  /**
   * What was typed stays, to be mended.
   * @param {HTMLInputElement} input
   * @param {string} problem empty for none
   */
  #complain(input, problem) {
    setWords(byId("roomError"), problem);
    byId("roomError").hidden = !problem;
    if (problem) {
      input.setAttribute("aria-invalid", "true");
      input.focus();
    } else {
      input.removeAttribute("aria-invalid");
    }
  }

  /**
   * Leaving forgets who one is and what was begun: the first press asks, the second within some seconds does it.
   * @param {HTMLElement} button
   * @param {() => void} act
   */
  #askBefore(button, act) {
    const words = button.textContent ?? "";
    let asked = false;
    const reset = () => {
      asked = false;
      setWords(button, words);
    };
    button.addEventListener("click", () => {
      if (asked) {
        reset();
        act();
        return;
      }
      asked = true;
      setWords(button, "Leave, and forget all here? Press again");
      setTimeout(reset, LEAVE_ASKS_MS);
    });
  }

  /** On a phone what lies behind is out of reach meanwhile. @param {boolean} open */
  open(open) {
    const over = open && this.#narrow.matches;
    const was = byId("panel").classList.contains("open");
    byId("panel").classList.toggle("open", over);
    byId("shade").hidden = !over;
    byId("panelButton").setAttribute("aria-expanded", String(over));
    for (const behind of ["bar", "banner", "chat"]) byId(behind).inert = over;
    if (over) byId("panelClose").focus();
    else if (was) byId("panelButton").focus();
  }

  /** Whether it lies over the chat. */
  get isOpen() {
    return byId("panel").classList.contains("open");
  }

  update() {
    const { rooms, members, memberCount, instance } = this.#chat;
    setWords(byId("panelCount"), String(memberCount));
    setWords(byId("peopleCount"), String(memberCount));
    setWords(byId("place"), instance ? `You are on ${instance}.` : "");
    this.#showRooms(rooms);
    const you = this.#chat.id;
    const sorted = [...members].sort((a, b) => Number(b.id === you) - Number(a.id === you) || a.name.localeCompare(b.name));
    const rest = memberCount - members.length;
    byId("people").replaceChildren(
      ...sorted.map(person => personRow(person, person.id === you)),
      ...(rest > 0 ? [make("li", "hint small", `and ${rest} more`)] : []),
    );
  }

  /** Where we were stands first, then where others are. @param {string[]} rooms */
  #showRooms(rooms) {
    const { me, outbox, listed, news } = this.#chat;
    const people = new Map(listed.map(room => [room.name, room.people]));
    const names = [...new Set([...rooms, ...people.keys()])];
    byId("roomNews").hidden = news.size === 0;
    const shown = JSON.stringify(names.map(name => [name, name === me?.room, outbox.of(name).length > 0, news.has(name), people.get(name)]));
    // A button that is replaced loses the focus, and the tap that is under way.
    if (shown === this.#shownRooms) return;
    this.#shownRooms = shown;
    const list = byId("rooms");
    const focused = [...list.children].find(row => row.contains(document.activeElement));
    list.replaceChildren(...names.map(name => this.#room(name, people.get(name) ?? 0, news.has(name))));
    if (focused) [...list.children].find(row => nameIn(row) === nameIn(focused))?.querySelector("button")?.focus();
  }

  /**
   * @param {string} name
   * @param {number} people
   * @param {boolean} unread
   */
  #room(name, people, unread) {
    // Isolated, so that a name that is read from the right stands beside its sign all the same.
    const label = make("span", "roomText", make("bdi", "", name));
    const button = make("button", unread ? "unread" : "", make("span", "hash", "#"), label);
    button.type = "button";
    button.firstElementChild?.setAttribute("aria-hidden", "true");
    const here = name === this.#chat.me?.room;
    if (here) button.setAttribute("aria-current", "true");
    else if (this.#chat.outbox.of(name).length > 0) button.append(make("span", "hint small", "not all sent"));
    if (unread) button.append(make("span", "mark", "new"));
    if (people > 0 && !here) {
      const count = make("span", "hint small", String(people), make("span", "hidden", people === 1 ? " person there" : " people there"));
      count.title = people === 1 ? "1 person is there" : `${people} people are there`;
      button.append(count);
    }
    button.addEventListener("click", () => this.#goTo(name));
    return make("li", "", button);
  }

  /** @param {string} name */
  #goTo(name) {
    this.open(false);
    goTo(this.#chat, name);
  }

  #hold() {
    if (!this.#chat.connection.send({ t: "hold", minutes: HOLD_MINUTES })) {
      this.#chat.remarkFor("There is no connection now: try again in a moment.");
      return;
    }
    const before = byId("hold").textContent ?? "";
    byId("hold").textContent = `Kept for ${HOLD_MINUTES} minutes`;
    setTimeout(() => setWords(byId("hold"), before), 4_000);
  }
}

/** @param {Element} row of a room */
const nameIn = row => row.querySelector(".roomText")?.textContent;

/**
 * @param {import("./protocol.mjs").Person} person
 * @param {boolean} you
 */
function personRow(person, you) {
  const name = make("b", "", person.name);
  name.dir = "auto";
  const line = make("span", "name", name, ...(you ? [make("span", "hint", " (you)")] : []));
  const row = make("li", "person", avatar(person), line);
  // Which machine somebody is on matters to their host only.
  row.title = `on ${person.instance}`;
  return row;
}
