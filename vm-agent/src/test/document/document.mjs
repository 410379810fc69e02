// The page's own document without a browser: nothing is laid out in it, and nothing is sent.

import { readFileSync } from "node:fs";

const { Window } = await import(process.env.PODIUM_DOCUMENT ?? "happy-dom");
const PAGES = new URL("../../main/resources/dev/podium/agent/web/", import.meta.url);

/** What the modules take for given. */
const GIVEN = [
  "document", "location", "history", "navigator", "sessionStorage", "matchMedia", "addEventListener", "CSS", "Event",
  "KeyboardEvent", "HTMLElement", "Node", "visualViewport", "scrollTo",
];

/**
 * Puts a page in place, as if it were opened from that address.
 * @param {string} name of its file
 * @param {string} [url]
 */
export function open(name = "index.html", url = "http://10.0.0.1:8080/") {
  const window = new Window({ url, settings: { disableJavaScriptFileLoading: true, disableCSSFileLoading: true } });
  const markup = readFileSync(new URL(name, PAGES), "utf8").replace(/<script.*?<\/script>|<link[^>]*>/g, "");
  window.document.write(markup);
  for (const key of GIVEN) {
    const value = window[key];
    Object.defineProperty(globalThis, key, {
      configurable: true, writable: true,
      value: typeof value === "function" && !/^[A-Z]/.test(key) ? value.bind(window) : value,
    });
  }
  globalThis.ResizeObserver = class {
    observe() {}
  };
  globalThis.requestAnimationFrame = act => setTimeout(act, 0);
  globalThis.cancelAnimationFrame = clearTimeout;
  window.HTMLDialogElement.prototype.showModal ??= function () {
    this.open = true;
  };
  return window;
}

export const byId = id => document.getElementById(id);

export const click = id => byId(id).click();

/** As somebody types: all at once. */
export function type(id, text) {
  byId(id).value = text;
  byId(id).dispatchEvent(new Event("input", { bubbles: true }));
}

export const submit = id => byId(id).dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));

/** What somebody sees of it, in one line. */
export const words = element => element.textContent.replace(/\s+/g, " ").trim();

/** A chat as the views see it, without a VM. */
export function chat(more = {}) {
  const nothing = () => undefined;
  const sent = [];
  return {
    me: { device: "d", room: "lobby", name: "Ann", code: "maple" }, id: "me", instance: "vm-1", timeline: null, members: [], memberCount: 0,
    rooms: ["lobby"], listed: [], news: new Set(), trouble: "", codes: true, remarks: [], sent,
    remarkFor(words) {
      this.remarks.push(words);
    },
    askOlder: () => false,
    places: { current: "http://10.0.0.2:8080/" },
    connection: { line: { room: "lobby", asked: [] }, stopped: "", online: true, send: frame => sent.push(frame) > 0, hello: nothing, busy: false },
    views: { outbox: nothing, said: nothing },
    ...more,
  };
}

export const message = (number, more) => ({
  id: `m${number}`, cid: `c${number}`, text: `text ${number}`, at: new Date(Date.UTC(2026, 0, 5, 10) + number * 1_000).toISOString(),
  from: { id: "bob", name: "Bob", instance: "vm-1" }, ...more,
});
