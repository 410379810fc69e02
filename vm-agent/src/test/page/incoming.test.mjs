import assert from "node:assert/strict";
import { test } from "node:test";
import { frameOf, messageOf, peopleOf, welcomeOf } from "../../main/resources/dev/podium/agent/web/page/incoming.mjs";
import { say } from "../../main/resources/dev/podium/agent/web/page/speech.mjs";
import { ann, inside, message, page, welcome } from "./fleet.mjs";

const ODD = [null, 7, "text", [], {}, { id: {}, name: [], instance: 1 }];

const UNSHOWABLE = [
  ...ODD,
  message(1, { at: "+1000000000-12-31T23:59:59.999999999Z" }),
  message(1, { at: null }),
  message(1, { text: "x".repeat(60_000) }),
  message(1, { text: { deep: [[[]]] } }),
  message(1, { cid: 1e300 }),
  message(1, { from: null }),
  message(1, { from: { id: "bob", name: "B".repeat(5_000), instance: "vm-1" } }),
];

const kinds = chat => chat.timeline.entries.map(entry => entry.message?.id ?? entry.kind);

test("what no page can show is told from what it can", () => {
  for (const odd of UNSHOWABLE) assert.equal(messageOf(odd), null, JSON.stringify(odd)?.slice(0, 80));
  for (const text of ["", "\u0000", "\ud800", "<b>", "\u202e"]) assert.ok(messageOf(message(1, { text })));
});

test("messages that cannot be shown keep their places in a room, and those around them are shown", t => {
  const at = page(t);
  at.chat.begin(ann());
  at.socket.open();
  at.socket.say(welcome({ messages: [message(1), ...UNSHOWABLE.map((odd, number) => (odd?.id === "m1" ? { ...odd, id: `odd${number}` } : odd)), message(2)] }));
  assert.deepEqual(kinds(at.chat), ["m1", ...UNSHOWABLE.map(() => "unshown"), "m2"]);
  at.socket.say({ t: "msg", id: "m3" });
  at.socket.say({ t: "msg", id: "m3" });
  at.socket.say(message(4));
  assert.deepEqual(kinds(at.chat).slice(-3), ["m2", "unshown", "m4"]);
});

test("who comes back goes on from a message that cannot be shown, and is told of it once", t => {
  const at = inside(t);
  at.socket.say({ t: "msg", id: "odd" });
  at.socket.end();
  at.after(1_000);
  at.socket.open();
  assert.deepEqual(at.socket.hellos, [{ room: "lobby", after: "odd" }]);
  at.socket.say(welcome({ messages: [{ t: "msg", id: "odd" }, message(2)] }));
  assert.deepEqual(kinds(at.chat), ["unshown", "m2"]);
});

test("people and VMs that cannot be shown are left out, and the others are there", t => {
  const bob = { id: "bob", name: "Bob", instance: "vm-1" };
  assert.deepEqual(peopleOf([...ODD, bob]), [bob]);
  for (const odd of [...ODD, { length: 3 }]) assert.deepEqual(peopleOf(odd), []);
  const at = inside(t);
  at.socket.say({ t: "members", members: [...ODD, bob], count: "many" });
  assert.deepEqual(at.chat.members, [bob]);
  assert.equal(at.chat.memberCount, 1);
  at.socket.say({ t: "members", members: "none" });
  at.socket.say({ t: "peers", peers: [...ODD, { url: "javascript:alert(1)" }] });
  at.socket.say({ t: "peers" });
  at.socket.say({ t: "state", ok: false });
  say(at.chat, "still here");
  assert.deepEqual(at.socket.texts, ["still here"]);
});

test("a welcome with odd parts still lets us in, and one that says not who we are does not", t => {
  for (const odd of [{}, { you: null, room: "lobby" }, { you: { id: 1, name: "" }, room: "lobby" }]) assert.equal(welcomeOf(odd), null);
  const at = page(t);
  at.chat.begin(ann());
  at.socket.open();
  at.socket.say({ t: "welcome", you: {} });
  assert.equal(at.chat.connection.line, null);
  at.socket.say(welcome({ messages: null, members: {}, peers: [null], expires: [], count: -1, instance: 4 }));
  assert.notEqual(at.chat.connection.line, null);
});

test("what is no frame at all is nothing", t => {
  for (const text of ["", "{", "null", "7", undefined]) assert.equal(frameOf(text), null);
  const at = inside(t);
  for (const frame of [null, [], 7, { t: {} }, { t: "error" }, { t: "moved", url: {} }]) at.socket.say(frame);
  assert.notEqual(at.chat.connection.line, null);
});
