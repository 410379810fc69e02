// What to do when an agent says no: to a message, to a room, for want of a seat, or to us.

import { pump } from "./speech.mjs";

/** @typedef {import("./chat.mjs").Chat} Chat */
/** @typedef {import("./line.mjs").Line} Line */
/** @typedef {import("./protocol.mjs").Failure} Failure */

/**
 * @param {Chat} chat
 * @param {Failure} failure
 * @param {Line} line
 */
export function refused(chat, failure, line) {
  if (failure.cid) {
    chat.outbox.refused(failure, performance.now());
    chat.views.outbox();
  } else if (line.welcomed && line.asked.length === 0 && failure.code === "bad_token") {
    stop(chat, failure, line); // The invite has ended, or was taken back.
  } else if (line.welcomed) {
    keepSeat(chat, failure, line);
  } else if (failure.code === "full" || failure.code === "draining") {
    noSeat(chat, failure, line);
  } else if (failure.code === "too_fast" || failure.code === "unavailable") {
    // The agent closes the connection, and we try again.
    if (!chat.connection.line) chat.waiting = failure.message;
  } else {
    notAdmitted(chat, failure, line);
  }
}

/**
 * A room we asked for is not to be had, and we stay where we are.
 * @param {Chat} chat
 * @param {Failure} failure
 * @param {Line} line
 */
function keepSeat(chat, failure, line) {
  if (line.asked.length === 0) return;
  if (line.asked.shift() === chat.wanted) chat.wanted = null;
  chat.remarkFor(failure.message);
  pump(chat);
}

/**
 * @param {Chat} chat
 * @param {Failure} failure
 * @param {Line} line
 */
function noSeat(chat, failure, line) {
  line.refused = true;
  if (chat.connection.line) return;
  const place = chat.places.sent(line.place, failure.url);
  if (place) {
    chat.waiting = "";
    chat.connection.after(place, 100 + Math.random() * 400);
    return;
  }
  chat.waiting = `${failure.message} You are let in as soon as ${failure.code === "draining" ? "another has a seat" : "that changes"}.`;
  // Asks the operator's console for another machine.
  const who = (chat.me?.device ?? "").slice(0, 12);
  fetch(`/join/seat?${new URLSearchParams({ who })}`, { cache: "no-store" }).catch(() => undefined);
  chat.connection.after(chat.places.current, 2_500 + Math.random() * 1_000);
}

/**
 * @param {Chat} chat
 * @param {Failure} failure
 * @param {Line} line
 */
function notAdmitted(chat, failure, line) {
  const { connection, places } = chat;
  if (failure.code === "bad_frame" && chat.wanted) {
    // A room that cannot be; the old one can.
    chat.wanted = null;
    chat.remarkFor(failure.message);
    return;
  }
  if (connection.line || (places.home && line.place !== places.home)) {
    // Not the VM that let us in: it may know less than that one, or be none of our business.
    places.refusedBy(line.place);
    if (connection.line) return;
    chat.waiting = failure.message;
    if (!places.hopeless) return;
  }
  stop(chat, failure, line);
  // Who was in keeps what they see, and what they wrote; who never was goes back to the door.
  if (chat.timeline) return;
  const { url } = failure;
  chat.views.turnedAway(url === undefined ? failure : { ...failure, url: places.sent(line.place, url) });
}

/**
 * Nothing more is tried with what we showed.
 * @param {Chat} chat
 * @param {Failure} failure
 * @param {Line} line
 */
function stop(chat, failure, line) {
  line.refused = true;
  chat.connection.stopped = "refused";
  chat.refusal = failure.message;
  chat.codeRefused = failure.code === "bad_code";
}
