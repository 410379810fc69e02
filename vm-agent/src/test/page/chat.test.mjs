import assert from "node:assert/strict";
import { test } from "node:test";
import { goTo } from "../../main/resources/dev/podium/agent/web/page/rooms.mjs";
import { say, tick } from "../../main/resources/dev/podium/agent/web/page/speech.mjs";
import { FAR, HOME, THERE, ann, inside, message, page, welcome } from "./fleet.mjs";

test("what was written before a VM let us in is said in the room as that VM calls it", t => {
  const at = page(t);
  const { chat } = at;
  chat.begin(ann({ room: "Group A" }));
  say(chat, "hello");
  at.socket.open();
  at.socket.say(welcome({ room: "group a" }));
  assert.deepEqual(at.socket.texts, ["hello"]);
  assert.equal(chat.outbox.shown("group a")[0].text, "hello");
});

test("who goes to another room while they wait does not take there what they wrote, and finds it again", t => {
  const at = page(t);
  const { chat } = at;
  chat.begin(ann({ room: "Group A" }));
  say(chat, "hello");
  goTo(chat, "other");
  at.socket.open();
  at.socket.say(welcome({ room: "other" }));
  assert.deepEqual(at.socket.texts, []);
  assert.deepEqual(chat.rooms, ["lobby", "other", "Group A"]);
  goTo(chat, "Group A");
  at.socket.say(welcome({ room: "group a" }));
  assert.deepEqual(at.socket.texts, ["hello"]);
  assert.deepEqual(chat.rooms, ["lobby", "other", "group a"]);
});

test("a room that is asked for while another is on its way gives it none of its messages", t => {
  const at = inside(t);
  const { chat } = at;
  chat.outbox.add("last", "for the last");
  goTo(chat, "first");
  goTo(chat, "last");
  at.socket.say(welcome({ room: "first" }));
  assert.equal(chat.outbox.of("last").length, 1);
  at.socket.say(welcome({ room: "last" }));
  assert.deepEqual(at.socket.texts, ["for the last"]);
});

test("one's own messages keep their order when the VM puts one off", t => {
  const at = inside(t);
  const { chat } = at;
  say(chat, "one");
  at.socket.say({ t: "error", code: "unavailable", message: "Not now.", cid: "run-1" });
  say(chat, "two");
  assert.deepEqual(at.socket.texts, ["one"]);
  at.after(2_000);
  tick(chat);
  at.socket.say({ t: "ack", cid: "run-1", id: "m1" });
  assert.deepEqual(at.socket.texts, ["one", "one", "two"]);
});

/** The VM where they were is dead, and the others know nobody. */
function refuseUntilStopped(at) {
  for (let minute = 0; minute < 20 && !at.chat.connection.stopped; minute++) {
    const { socket } = at;
    if (socket.readyState === 0) {
      if (socket.place !== HOME) {
        socket.open();
        socket.say({ t: "error", code: "bad_token", message: "This invite is not known here." });
      }
      socket.end();
    }
    at.after(60_000);
  }
}

test("who is refused by all that is left is told so, and loses nothing by joining again", t => {
  const at = inside(t);
  const { chat } = at;
  at.socket.end();
  say(chat, "kept");
  at.after(500);
  refuseUntilStopped(at);
  assert.equal(chat.connection.stopped, "refused");
  assert.equal(chat.refusal, "This invite is not known here.");
  assert.deepEqual(at.turnedAway, []);
  chat.begin(ann({ code: "oak" }));
  assert.notEqual(at.socket.place, HOME);
  at.socket.open();
  at.socket.say(welcome());
  assert.deepEqual(at.socket.texts, ["kept"]);
});

test("a newcomer is told of an older past where the VM says so, however many messages they are shown", t => {
  const at = page(t);
  const { chat } = at;
  chat.begin(ann());
  at.socket.open();
  at.socket.say(welcome({ messages: [message(1)], older: true }));
  assert.deepEqual(chat.timeline.entries.map(entry => entry.kind), ["start", "message"]);
  goTo(chat, "other");
  at.socket.say(welcome({ room: "other", messages: Array.from({ length: 256 }, (_, number) => message(number)) }));
  assert.equal(chat.timeline.entries[0].kind, "message");
});

test("a connection that says nothing is given up after six seconds, however long its closing takes", t => {
  const at = page(t);
  at.chat.begin(ann());
  const silent = at.socket;
  silent.open();
  at.after(6_000);
  assert.equal(silent.readyState, 2);
  at.after(500);
  assert.notEqual(at.socket, silent);
  at.socket.open();
  at.socket.say(welcome());
  silent.end();
  at.after(60_000);
  assert.equal(at.chat.connection.line?.ws, at.socket);
});

test("who is turned away for the room's name keeps the name, to mend it", t => {
  const at = page(t);
  const { chat } = at;
  chat.begin(ann({ room: "a/b" }));
  at.socket.open();
  at.socket.say({ t: "error", code: "bad_frame", message: "A room's name has letters." });
  assert.deepEqual(at.turnedAway, [{ t: "error", code: "bad_frame", message: "A room's name has letters." }]);
  assert.equal(chat.me.room, "a/b");
});

test("a VM that closes does not say that every seat is taken", t => {
  const at = page(t);
  const { chat } = at;
  chat.begin(ann());
  at.socket.open();
  at.socket.say({ t: "error", code: "draining", message: "This VM is closing." });
  assert.equal(chat.waiting, "This VM is closing. You are let in as soon as another has a seat.");
  at.socket.say({ t: "error", code: "full", message: "Every seat is taken." });
  assert.equal(chat.waiting, "Every seat is taken. You are let in as soon as that changes.");
});

test("of rooms that are asked for one after another, each is asked for when the one before is answered", t => {
  const at = inside(t);
  const { chat } = at;
  goTo(chat, "x");
  goTo(chat, "y");
  goTo(chat, "z");
  assert.deepEqual(at.socket.hellos.map(hello => hello.room), ["lobby", "x"]);
  at.socket.say(welcome({ room: "x" }));
  assert.deepEqual(at.socket.hellos.map(hello => hello.room), ["lobby", "x", "z"]);
  at.socket.say(welcome({ room: "z" }));
  say(chat, "here");
  assert.deepEqual(at.socket.texts, ["here"]);
});

test("a room that is refused does not undo the one that is wanted by then", t => {
  const at = inside(t);
  const { chat } = at;
  goTo(chat, "x");
  goTo(chat, "y");
  at.socket.say({ t: "error", code: "unavailable", message: "Not now." });
  tick(chat);
  assert.deepEqual(at.socket.hellos.map(hello => hello.room), ["lobby", "x", "y"]);
});

test("a room that is asked for while the connection is renewed is asked of the new one", t => {
  const at = inside(t);
  const { chat } = at;
  const old = at.socket;
  chat.connection.renew();
  at.socket.open();
  goTo(chat, "y");
  assert.deepEqual(old.hellos.map(hello => hello.room), ["lobby"]);
  at.socket.say(welcome());
  assert.deepEqual(at.socket.hellos.map(hello => hello.room), ["lobby", "y"]);
});

test("a VM that does not answer where we are is given up", t => {
  const at = inside(t);
  const { chat } = at;
  goTo(chat, "x");
  at.after(14_000);
  tick(chat);
  assert.notEqual(chat.connection.line, null);
  at.after(2_000);
  tick(chat);
  assert.equal(chat.connection.line, null);
});

test("who returns to a room that was empty says so, and is told where something is missing", t => {
  const at = page(t);
  const { chat } = at;
  chat.begin(ann());
  at.socket.open();
  assert.deepEqual(at.socket.hellos, [{ room: "lobby", after: undefined }]);
  at.socket.say(welcome());
  at.socket.end();
  at.after(1_000);
  at.socket.open();
  assert.deepEqual(at.socket.hellos, [{ room: "lobby", after: "" }]);
  at.socket.say(welcome({ recovered: false, older: true, messages: [message(9)] }));
  assert.deepEqual(chat.timeline.entries.map(entry => entry.kind), ["start", "message"]);
});

test("a line on which the welcome does not come through in time gets longer the next time", t => {
  const at = page(t);
  const { chat } = at;
  chat.begin(ann());
  at.socket.open();
  at.after(6_000);
  at.after(500);
  const second = at.socket;
  second.open();
  at.after(11_000);
  assert.equal(at.socket, second);
  second.say(welcome());
  assert.equal(chat.connection.line?.ws, second);
});

test("a message whose acknowledgement was lost is not said again by who comes back with another invite", t => {
  const at = inside(t);
  const { chat } = at;
  say(chat, "once");
  at.socket.end();
  chat.begin(ann({ code: "", token: "new" }));
  at.socket.open();
  const came = message(1, { cid: "run-1", from: { id: "me", name: "Ann", instance: "vm-1" } });
  at.socket.say(welcome({ you: { id: "another", name: "Ann" }, messages: [came] }));
  assert.deepEqual(at.socket.texts, []);
  assert.equal(chat.outbox.size, 0);
});

test("a page that still hears its VM is not offline, whatever the browser says", t => {
  const at = page(t);
  const { connection } = at.chat;
  const before = Object.getOwnPropertyDescriptor(globalThis, "navigator");
  Object.defineProperty(globalThis, "navigator", { value: { onLine: false }, configurable: true });
  t.after(() => (before ? Object.defineProperty(globalThis, "navigator", before) : delete globalThis.navigator));
  at.chat.begin(ann());
  at.socket.open();
  at.after(1);
  at.socket.say(welcome());
  at.after(1_000);
  connection.offline();
  assert.equal(connection.online, false);
  at.after(1_000);
  at.socket.say({ t: "state", ok: true });
  assert.equal(connection.online, true);
});

test("who is moved goes where their VM says, if it is among the VMs that it named", t => {
  const at = inside(t);
  at.socket.say({ t: "moved", url: FAR });
  assert.equal(at.socket.place, FAR);
});

test("who is moved to a place that nobody named goes to one that was, and opens no other", t => {
  for (const url of ["http://203.0.113.66:8080/", "http://10.0.0.2:8080@203.0.113.66/", "javascript:alert(1)", {}]) {
    const at = inside(t);
    const { socket } = at;
    socket.say({ t: "moved", url });
    assert.equal(at.socket, socket);
    at.after(500);
    assert.ok([THERE, FAR].includes(at.socket.place), at.socket.place);
    at.socket.open();
    at.socket.say(welcome());
    assert.equal(at.chat.connection.line.ws, at.socket);
    t.mock.reset();
    t.mock.timers.reset();
  }
});

test("who is moved and knows of no other VM stays, and finds the way when it closes", t => {
  const at = page(t);
  at.chat.begin(ann());
  at.socket.open();
  at.socket.say(welcome({ peers: [] }));
  const { socket } = at;
  socket.say({ t: "moved", url: "http://203.0.113.66:8080/" });
  at.after(5_000);
  assert.equal(at.socket, socket);
  socket.end(4010);
  at.after(1_000);
  assert.equal(at.socket.place, HOME);
});

test("a full VM sends us nowhere that was not named, unless the page itself came from it", t => {
  const at = inside(t);
  globalThis.fetch = async () => undefined;
  at.socket.end();
  at.after(500);
  at.socket.open();
  at.socket.say({ t: "error", code: "full", message: "Every seat is taken.", url: "http://203.0.113.66:8080/" });
  at.socket.end(4001);
  at.after(4_000);
  assert.equal(at.socket.place, HOME);
});

test("whose access code was changed is asked for the new one, and nothing they wrote is lost", t => {
  const at = inside(t);
  const { chat } = at;
  at.socket.say({ t: "error", code: "bad_code", message: "The access code was changed." });
  at.socket.end(4001);
  say(chat, "kept");
  at.after(500);
  at.socket.open();
  at.socket.say({ t: "error", code: "bad_code", message: "This is not the access code any more." });
  at.socket.end(4001);
  at.after(60_000);
  assert.equal(chat.connection.stopped, "refused");
  assert.equal(chat.codeRefused, true);
  assert.equal(chat.refusal, "This is not the access code any more.");
  assert.deepEqual(at.turnedAway, []);
  chat.begin(ann({ code: "oak" }));
  at.socket.open();
  assert.deepEqual(at.socket.heard[0].device, "d");
  assert.deepEqual(at.socket.hellos, [{ room: "lobby", after: "" }]);
  at.socket.say(welcome());
  assert.deepEqual(at.socket.texts, ["kept"]);
});

test("who keeps the same access code when only its salt was changed is asked nothing", t => {
  const at = inside(t);
  at.socket.say({ t: "error", code: "bad_code", message: "The access code was changed." });
  at.socket.end(4001);
  at.after(500);
  at.socket.open();
  at.socket.say(welcome());
  assert.equal(at.chat.connection.stopped, "");
  assert.notEqual(at.chat.connection.line, null);
});

test("an invite for another VM offers the way there", t => {
  const at = page(t);
  at.chat.begin(ann());
  at.socket.open();
  at.socket.say({ t: "error", code: "bad_token", message: "This invite is for the VM 'vm-2' only.", url: THERE });
  assert.equal(at.turnedAway[0].url, THERE);
});

test("what is no address of a page is no way", t => {
  const odd = page(t);
  odd.chat.begin(ann());
  odd.socket.open();
  odd.socket.say({ t: "error", code: "bad_token", message: "No.", url: "javascript:alert(1)" });
  assert.equal(odd.turnedAway[0].url, "");
});

test("a message that says what it belongs before stands there, and a VM goes on from the newest all the same", t => {
  const at = page(t);
  at.chat.begin(ann());
  at.socket.open();
  at.socket.say(welcome({ messages: [] }));
  at.socket.say({ t: "msg", ...message(8) });
  at.socket.say({ t: "msg", ...message(3), before: "m8" });
  at.socket.say({ t: "msg", ...message(3), before: "m8" });
  assert.deepEqual(at.chat.timeline.entries.map(entry => entry.message?.id), ["m3", "m8"]);
  assert.equal(at.chat.timeline.last, "m8");
});
