// Saying things: at once where that can be, and again until they are acknowledged.

import { tooLong } from "./protocol.mjs";
import { goTo } from "./rooms.mjs";

/** @typedef {import("./chat.mjs").Chat} Chat */

/**
 * @param {Chat} chat
 * @param {string} text
 */
export function say(chat, text) {
  const room = chat.connection.line?.room || chat.me?.room || "";
  const item = chat.outbox.add(room, text, tooLong(text));
  if (!item.failed) pump(chat);
  chat.views.outbox();
}

/** Says all that is due. @param {Chat} chat */
export function pump(chat) {
  const room = chat.connection.line?.room;
  if (room) chat.outbox.due(room, performance.now()).forEach(item => send(chat, item));
}

/** To be called every second: what is not acknowledged is said again. @param {Chat} chat */
export function tick(chat) {
  chat.connection.tick();
  if (chat.wanted && chat.connection.line) goTo(chat, chat.wanted);
  const now = performance.now();
  if (chat.outbox.expire(now)) chat.views.outbox();
  const room = chat.connection.line?.room;
  // A VM that says itself that it has trouble acknowledges nothing, and is not dead for that.
  if (room && !chat.trouble && chat.outbox.stuck(room, now)) chat.connection.giveUp(true);
  else pump(chat);
}

/**
 * While the VM has not answered where we are, nothing is sent: it would land in the other room.
 * @param {Chat} chat
 * @param {import("./outbox.mjs").Item} item
 */
function send(chat, item) {
  const line = chat.connection.line;
  if (!line || line.asked.length > 0 || item.room !== line.room) return;
  if (chat.connection.send({ t: "say", cid: item.cid, text: item.text })) chat.outbox.sent(item, performance.now());
}
