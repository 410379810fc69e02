import assert from "node:assert/strict";
import { test } from "node:test";
import { goTo } from "../../main/resources/dev/podium/agent/web/page/rooms.mjs";
import { Timeline } from "../../main/resources/dev/podium/agent/web/page/timeline.mjs";
import { inside, message, page, ann, welcome } from "./fleet.mjs";

const shown = timeline => timeline.entries.map(entry => entry.message?.id ?? entry.kind);

/** Somebody who has just come to a room with a long past. */
function newcomer(t, more) {
  const at = page(t);
  at.chat.begin(ann());
  at.socket.open();
  at.socket.say(welcome({ older: true, more: true, messages: [message(7), message(8)], ...more }));
  return at;
}

const asked = at => at.socket.heard.filter(frame => frame.t === "older").map(frame => frame.before);

test("a newcomer who scrolls up is brought what was before, until there is no more", t => {
  const at = newcomer(t);
  const { timeline } = at.chat;
  assert.deepEqual(shown(timeline), ["earlier", "m7", "m8"]);
  assert.ok(at.chat.askOlder());
  at.socket.say({ t: "older", room: "lobby", before: "m7", more: true, older: true, messages: [message(5), message(6)] });
  assert.deepEqual(shown(timeline), ["earlier", "m5", "m6", "m7", "m8"]);
  assert.ok(at.chat.askOlder());
  at.socket.say({ t: "older", room: "lobby", before: "m5", more: false, older: false, messages: [message(4)] });
  assert.deepEqual(shown(timeline), ["m4", "m5", "m6", "m7", "m8"]);
  assert.ok(!at.chat.askOlder());
  assert.deepEqual(asked(at), ["m7", "m5"]);
  assert.equal(timeline.last, "m8");
});

test("where the VM kept no more, the room says that it had a past", t => {
  const at = newcomer(t);
  at.chat.askOlder();
  at.socket.say({ t: "older", room: "lobby", before: "m7", more: false, older: true, messages: [] });
  assert.deepEqual(shown(at.chat.timeline), ["start", "m7", "m8"]);
});

test("it is asked for once at a time, and again when no answer came", t => {
  const at = newcomer(t);
  assert.ok(at.chat.askOlder() && at.chat.askOlder());
  assert.deepEqual(asked(at), ["m7"]);
  at.after(9_000);
  at.chat.askOlder();
  assert.deepEqual(asked(at), ["m7", "m7"]);
});

test("an answer that comes at once is an answer", t => {
  const at = newcomer(t);
  const { socket } = at;
  const send = socket.send.bind(socket);
  let next = 7;
  socket.send = text => {
    send(text);
    socket.say({ t: "older", room: "lobby", before: `m${next}`, more: true, older: true, messages: [message(--next)] });
  };
  assert.ok(at.chat.askOlder() && at.chat.askOlder());
  assert.deepEqual(asked(at), ["m7", "m6"]);
});

test("a room where nothing had been said when we were there is marked too", t => {
  const at = inside(t);
  goTo(at.chat, "other");
  at.socket.say(welcome({ room: "other" }));
  at.socket.say({ t: "rooms", rooms: [{ name: "lobby", people: 0, last: "" }] });
  assert.deepEqual([...at.chat.news], []);
  at.socket.say({ t: "rooms", rooms: [{ name: "lobby", people: 1, last: "m1" }] });
  assert.deepEqual([...at.chat.news], ["lobby"]);
});

test("an answer that comes twice, or for another room, changes nothing", t => {
  const at = newcomer(t);
  const answer = { t: "older", room: "lobby", before: "m7", more: true, older: true, messages: [message(6), message(7)] };
  at.socket.say(answer);
  at.socket.say(answer);
  at.socket.say({ ...answer, before: "elsewhere" });
  at.socket.say({ t: "older", before: "m6", messages: null });
  assert.deepEqual(shown(at.chat.timeline), ["earlier", "m6", "m7", "m8"]);
});

test("an older VM is not asked, neither at first nor after a move to one", t => {
  const first = newcomer(t, { more: undefined });
  assert.deepEqual(shown(first.chat.timeline), ["start", "m7", "m8"]);
  assert.ok(!first.chat.askOlder());
});

test("who was moved to an older VM asks no more", t => {
  const at = newcomer(t);
  at.socket.say(welcome({ older: true, more: undefined, messages: [] }));
  assert.ok(!at.chat.askOlder());
});

test("what cannot be shown keeps its place among the older too, and numbers lead on", () => {
  const timeline = new Timeline();
  timeline.begins(true, true);
  timeline.take(message(3));
  const behind = timeline.takeOlder([message(1), null], false, false);
  assert.equal(behind?.message?.id, "m3");
  assert.deepEqual(shown(timeline), ["m1", "unshown", "m3"]);
  const numbers = timeline.entries.map(entry => entry.number);
  assert.deepEqual(numbers.map(number => number - numbers[0]), [0, 1, 2]);
  assert.equal(timeline.before(timeline.entries[2])?.message?.id, "m1");
});

test("what is kept of a room stays within bounds, however far somebody goes back", () => {
  const timeline = new Timeline(310);
  timeline.begins(true, true);
  for (let i = 1_000; i < 1_005; i++) timeline.take(message(i));
  assert.ok(timeline.canGrow);
  timeline.takeOlder(Array.from({ length: 20 }, (_, i) => message(i)), true, true);
  assert.ok(!timeline.canGrow);
});

test("another room where something was said since we were there is marked, until we go there", t => {
  const at = inside(t);
  const { chat } = at;
  at.socket.say(message(1));
  goTo(chat, "other");
  at.socket.say(welcome({ room: "other", messages: [message(2)] }));
  const rooms = (lobby, other) => at.socket.say({ t: "rooms", rooms: [{ name: "lobby", people: 2, last: lobby }, { name: "other", people: 1, last: other }, { name: "third", people: 9, last: "m9" }] });
  rooms("m1", "m2");
  assert.deepEqual([...chat.news], []);
  rooms("m3", "m2");
  assert.deepEqual([...chat.news], ["lobby"]);
  rooms("m3", "m4");
  assert.deepEqual([...chat.news], ["lobby"], "the room in view speaks for itself");
  goTo(chat, "lobby");
  at.socket.say(welcome({ messages: [message(3)] }));
  assert.deepEqual([...chat.news], ["other"]);
  assert.deepEqual(chat.listed.map(room => room.name), ["lobby", "other", "third"]);
});

test("a list of rooms that is none of ours is no list", t => {
  const at = inside(t);
  for (const rooms of [null, 7, [null, {}, { name: "<b>" }, { name: "" }, { name: "ok", people: -1, last: 7 }]]) at.socket.say({ t: "rooms", rooms });
  assert.deepEqual(at.chat.listed, [{ name: "ok", people: 0, last: "" }]);
  assert.equal(at.socket.heard[0].rooms, true);
});
