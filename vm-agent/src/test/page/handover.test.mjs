import assert from "node:assert/strict";
import { test } from "node:test";
import { destination, mayGo, packed, unpacked } from "../../main/resources/dev/podium/agent/web/page/handover.mjs";
import { arrive } from "../../main/resources/dev/podium/agent/web/page/identity.mjs";
import { HOME, THERE, ann, inside, message, page, welcome } from "./fleet.mjs";

const quiet = { hidden: false, unsent: false, drafting: false, busy: false, idle: 60_000 };

const tab = {
  me: { token: "signed", device: "d", room: "week 3", rooms: ["lobby", "week 3"], name: "Ann", shown: "Ann 2" },
  code: "maple", ids: ["me"], drafts: { lobby: "half a & b #" }, pending: [{ cid: "r-1", room: "lobby", text: "سلام 👋" }], seen: { lobby: "m6", "week 3": "m7" }, unread: "m7",
};

test("the page goes over while nobody looks, or when nothing is on its way and nobody does anything", () => {
  assert.ok(mayGo(quiet));
  assert.ok(mayGo({ ...quiet, hidden: true, unsent: true, idle: 0 }));
  for (const not of [{ unsent: true }, { busy: true }, { idle: 1_000 }, { drafting: true, idle: 10_000 }]) {
    assert.ok(!mayGo({ ...quiet, ...not }), JSON.stringify(not));
  }
});

test("all that the tab holds arrives as it was", () => {
  assert.deepEqual(unpacked(packed(tab)), tab);
});

test("an older page is let in by what it knows of the fragment", () => {
  assert.equal(arrive({ hash: packed(tab), search: "" }, null, () => "new").me.token, "signed");
  const { token, ...me } = tab.me;
  assert.equal(arrive({ hash: packed({ ...tab, me: { ...me, code: "oak" } }), search: "" }, null, () => "new").code, "oak");
});

test("what is carried replaces who the tab was, and keeps their secret", () => {
  const { me } = arrive({ hash: packed(tab), search: "" }, tab.me, () => "new");
  assert.equal(me.device, "d");
});

test("a fragment that was written by somebody else takes nothing with it that is not in the right form", () => {
  const carry = value => unpacked(`#${new URLSearchParams({ tab: JSON.stringify(value) })}`);
  assert.equal(unpacked("#t=token"), null);
  assert.equal(unpacked("#tab={"), null);
  for (const me of [null, 7, {}, { device: 1, room: "" }, { device: "d", room: "lobby" }]) assert.equal(carry({ me }), null);
  const odd = carry({ me: { ...tab.me, rooms: [7, "a"] }, ids: "x", drafts: { a: 1 }, seen: { a: {} }, pending: [null, { cid: 1 }], unread: {} });
  assert.deepEqual([odd.me.rooms, odd.ids, odd.drafts, odd.seen, odd.pending, odd.unread], [["a"], [], {}, {}, [], ""]);
});

test("the page stays where it is, and goes from https to nothing less", () => {
  assert.equal(destination(HOME, HOME), "");
  assert.equal(destination(HOME, ""), "");
  assert.equal(destination(HOME, THERE), THERE);
  assert.equal(destination("https://chat.example/", THERE), "");
});

test("what came while nobody looked is still unread after the page went over", t => {
  const at = inside(t);
  at.socket.say(welcome({ messages: [message(1), message(2), message(3)] }));
  at.chat.timeline.missedFrom("m2");
  assert.equal(at.chat.timeline.unread.count, 2);
  assert.equal(at.chat.timeline.unread.from.message.id, "m2");
});

test("who was in a moment ago says so, and who was in yesterday does not", t => {
  const kept = new Map();
  globalThis.sessionStorage = { getItem: key => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value), removeItem: key => kept.delete(key) };
  t.after(() => delete globalThis.sessionStorage);
  const at = page(t);
  kept.set("podium.here", String(Date.now()));
  at.chat.begin(ann({ shown: "Ann" }));
  at.socket.open();
  assert.equal(at.socket.heard[0].returning, true);
  at.after(86_400_000);
  at.chat.begin(ann({ shown: "Ann" }));
  at.socket.open();
  assert.equal(at.socket.heard[0].returning, undefined);
});
