// The link for others, and its QR code to show on a wall.

import { byId, setWords } from "./dom.mjs";
import { shareLink } from "./identity.mjs";
import { qrCode } from "./qr.mjs";

/** Modules of quiet zone that the standard asks for. */
const QUIET = 4;

export class Share {
  #dialog = /** @type {HTMLDialogElement} */ (byId("share"));
  #link = "";

  /** @param {import("./chat.mjs").Chat} chat */
  constructor(chat) {
    byId("shareButton").addEventListener("click", () => this.#open(chat));
    byId("shareClose").addEventListener("click", () => this.#dialog.close());
    byId("shareLarge").addEventListener("click", () => this.#large(!this.#dialog.classList.contains("large")));
    byId("shareCopy").addEventListener("click", () => this.#copy());
    byId("shareSend").hidden = !("share" in navigator);
    byId("shareSend").addEventListener("click", () => navigator.share({ url: this.#link }).catch(() => undefined));
    this.#dialog.addEventListener("close", () => this.#large(false));
    this.#dialog.addEventListener("click", event => {
      if (event.target === this.#dialog) this.#dialog.close();
    });
  }

  /** @param {import("./chat.mjs").Chat} chat */
  #open(chat) {
    const room = chat.me?.room ?? "";
    const code = chat.me?.code ?? "";
    // The VM we are on, not the one the page came from: that may be gone.
    this.#link = shareLink(chat.places.current, room, code);
    setWords(byId("shareRoom"), room);
    // As a browser shows it in its address bar: nobody reads percent signs.
    setWords(byId("shareLink"), decodeURI(this.#link.replace(/#.*$/, "")));
    const modules = qrCode(this.#link);
    const scan = modules ? "Scan it with a phone’s camera." : "It is too long for a QR code: copy it, and send it to them.";
    setWords(byId("shareNote"), code
      ? `${scan} The access code is in it: who has it can come in.`
      : chat.codes === false
        ? "Who opens it needs an invite of their own from the host."
        : "Who opens it needs the access code, or an invite of their own from the host.");
    setWords(byId("shareCopy"), "Copy the link");
    byId("shareCode").hidden = !modules;
    byId("shareLarge").hidden = !modules;
    byId("shareCode").replaceChildren(...(modules ? [picture(modules)] : []));
    this.#dialog.showModal();
  }

  get isOpen() {
    return this.#dialog.open;
  }

  close() {
    this.#dialog.close();
  }

  /** @param {boolean} large */
  #large(large) {
    this.#dialog.classList.toggle("large", large);
    setWords(byId("shareLarge"), large ? "Show smaller" : "Show large");
    byId("shareLarge").setAttribute("aria-pressed", String(large));
  }

  /** The clipboard is for pages with https only; the chat's addresses are plain. */
  async #copy() {
    try {
      if (navigator.clipboard) await navigator.clipboard.writeText(this.#link);
      else copyOldWay(this.#dialog, this.#link);
      setWords(byId("shareCopy"), "Copied");
    } catch {
      setWords(byId("shareCopy"), "Copying is not allowed here");
    }
  }
}

/**
 * @param {HTMLElement} within a modal dialog nothing outside it takes the focus
 * @param {string} text
 */
function copyOldWay(within, text) {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "hidden";
  field.setAttribute("aria-hidden", "true");
  within.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  byId("shareCopy").focus();
  if (!done) throw new Error("not copied");
}

/** @param {boolean[][]} modules */
function picture(modules) {
  const size = modules.length + 2 * QUIET;
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", `0 0 ${size} ${size}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", "QR code of the link");
  svg.setAttribute("shape-rendering", "crispEdges");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  const squares = modules.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + QUIET} ${y + QUIET}h1v1h-1z` : "")));
  path.setAttribute("d", squares.join(""));
  svg.append(path);
  return svg;
}
