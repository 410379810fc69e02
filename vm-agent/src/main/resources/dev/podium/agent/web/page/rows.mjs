// The rows of a room: messages, days, and marks. Everything people wrote goes into text nodes.

import { button, make } from "./dom.mjs";
import { hueOf, initials, isLong, onlyEmoji, partsOf } from "./text.mjs";
import { startsDay, startsGroup } from "./timeline.mjs";

/** @typedef {import("./timeline.mjs").Entry} Entry */

/** Said in a message's place, to eyes and ears. */
export const UNSHOWN = "One message could not be shown.";

const DAY_MS = 24 * 60 * 60_000;
const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });
const moment = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" });

/**
 * @typedef {object} Context
 * @property {string} me the reader's id
 * @property {Entry | undefined} before
 * @property {Entry | undefined} firstUnread
 * @property {(entry: Entry) => void} changed
 * @property {() => void} older asks for what was said before
 */

/**
 * @param {Entry} entry
 * @param {Context} context
 * @returns {HTMLLIElement}
 */
export function row(entry, context) {
  try {
    return rowOf(entry, context);
  } catch {
    // Whatever it is about this message: those behind it are shown.
    return unshown(entry, context);
  }
}

/**
 * @param {Entry} entry
 * @param {Context} context
 */
function unshown(entry, context) {
  const row = make("li", "row");
  if (entry === context.firstUnread) row.append(rule("New", "unread"));
  row.append(make("div", "unshown", UNSHOWN));
  return row;
}

/**
 * @param {Entry} entry
 * @param {Context} context
 * @returns {HTMLLIElement}
 */
function rowOf(entry, context) {
  const { message } = entry;
  if (entry.kind === "unshown") return unshown(entry, context);
  if (entry.kind === "earlier") {
    const more = button("Show earlier messages", "more", context.older);
    return make("li", "row earlier", more);
  }
  if (!message) {
    const words = entry.kind === "gap" ? "Some messages are missing here" : "Older messages are not shown";
    return make("li", "row", rule(words, entry.kind));
  }
  const first = startsGroup(entry, context.before) || entry === context.firstUnread;
  const mine = message.from.id === context.me;
  const row = make("li", `row message${first ? " first" : ""}${mine ? " mine" : ""}`);
  if (startsDay(entry, context.before)) row.append(rule(dayWords(message.at), "day"));
  if (entry === context.firstUnread) row.append(rule("New", "unread"));
  const body = make("div", "body", heading(message, first, mine, context.before?.message), ...bubble(message.text, entry, context.changed));
  row.append(make("div", "line", ...(mine ? [] : [first ? avatar(message.from) : make("span")]), body));
  return row;
}

/**
 * @param {import("./protocol.mjs").Message} message
 * @param {boolean} first
 * @param {boolean} mine
 * @param {import("./protocol.mjs").Message | undefined} before
 */
function heading(message, first, mine, before) {
  const name = make("b", mine ? "hidden" : "", mine ? "You" : message.from.name);
  name.dir = "auto";
  const words = clock.format(Date.parse(message.at));
  // In a quick exchange the same minute need not stand above each line; it is still read aloud.
  const same = before !== undefined && sameMinute(before.at, message.at);
  const time = make("time", same ? "hidden" : "", words);
  time.dateTime = message.at;
  time.title = `${moment.format(Date.parse(message.at))}, from ${message.from.instance}`;
  return make("div", first ? "who" : "who hidden", name, " ", time);
}

/**
 * @param {string} one
 * @param {string} other
 */
const sameMinute = (one, other) => Math.floor(Date.parse(one) / 60_000) === Math.floor(Date.parse(other) / 60_000);

/**
 * @param {string} text
 * @param {{open?: boolean}} entry
 * @param {(entry: any) => void} changed
 * @returns {HTMLElement[]}
 */
export function bubble(text, entry, changed) {
  const said = make("div", onlyEmoji(text) ? "said only" : "said");
  said.dir = "auto";
  for (const part of partsOf(text)) said.append(part.href ? link(part.text, part.href) : part.text);
  if (!isLong(text)) return [said];
  if (!entry.open) said.classList.add("folded");
  const more = button(entry.open ? "Show less" : "Show all", "more", () => {
    entry.open = !entry.open;
    changed(entry);
  });
  more.setAttribute("aria-expanded", String(Boolean(entry.open)));
  return [said, more];
}

/**
 * @param {string} words
 * @param {string} href
 */
function link(words, href) {
  const anchor = make("a", "", words);
  anchor.href = href;
  anchor.target = "_blank";
  anchor.rel = "noopener noreferrer nofollow ugc";
  return anchor;
}

/** @param {{id: string, name: string}} person */
export function avatar(person) {
  const node = make("span", "avatar", initials(person.name));
  node.setAttribute("aria-hidden", "true");
  node.style.setProperty("--hue", String(hueOf(person.id)));
  return node;
}

/**
 * @param {string} words
 * @param {string} kind
 */
const rule = (words, kind) => make("div", `rule ${kind}`, make("span", "", words));

/** @param {string} at */
function dayWords(at) {
  const now = Date.now();
  const that = new Date(at).toDateString();
  if (that === new Date(now).toDateString()) return "Today";
  if (that === new Date(now - DAY_MS).toDateString()) return "Yesterday";
  return day.format(Date.parse(at));
}
