import assert from "node:assert/strict";
import { test } from "node:test";
import { Outbox } from "../../main/resources/dev/podium/agent/web/page/outbox.mjs";

const texts = items => items.map(item => item.text);

function outbox(stored = []) {
  const box = new Outbox(stored, "run", items => (box.kept = structuredClone(items)));
  return box;
}

test("a message is said again after 1, 2, 4 and at most 30 seconds until it is acknowledged", () => {
  const box = outbox();
  const item = box.add("lobby", "hello");
  const said = [];
  for (let now = 0; now <= 120_000; now += 500) {
    for (const due of box.due("lobby", now)) {
      box.sent(due, now);
      said.push(now / 1000);
    }
  }
  assert.deepEqual(said, [0, 1, 3, 7, 15, 31, 61, 91]);
  box.acknowledged(item.cid, 120_000);
  assert.deepEqual(box.due("lobby", 500_000), []);
});

test("messages go in the order in which they were written, and only to their room", () => {
  const box = outbox();
  box.add("lobby", "one");
  box.add("other", "elsewhere");
  box.add("lobby", "two");
  assert.deepEqual(texts(box.due("lobby", 0)), ["one", "two"]);
});

test("what nobody has yet survives a reload, and keeps its name", () => {
  const before = outbox();
  const { cid } = before.add("lobby", "hello");
  before.sent(before.due("lobby", 5_000)[0], 5_000);
  const after = new Outbox(before.kept, "next", () => undefined);
  const [item] = after.due("lobby", 1);
  assert.equal(item.cid, cid);
  assert.notEqual(after.add("lobby", "later").cid, cid);
});

test("what was acknowledged does not survive a reload, and stays in sight until it comes round", () => {
  const box = outbox();
  const { cid } = box.add("lobby", "hello");
  box.acknowledged(cid, 0);
  assert.deepEqual(box.kept, []);
  assert.equal(box.shown("lobby")[0].acknowledged, true);
  box.remove(cid);
  assert.deepEqual(box.shown("lobby"), []);
});

test("a message that came too early goes again by itself, one that is too long does not", () => {
  const box = outbox();
  const early = box.add("lobby", "early");
  const long = box.add("lobby", "long");
  box.due("lobby", 0).forEach(item => box.sent(item, 0));
  box.refused({ t: "error", code: "too_fast", message: "Wait.", cid: early.cid }, 100);
  box.refused({ t: "error", code: "too_long", message: "Too long.", cid: long.cid }, 100);
  assert.deepEqual(texts(box.due("lobby", 60_000)), ["early"]);
  assert.equal(box.shown("lobby")[1].hopeless, true);
});

test("a refused message can be tried again", () => {
  const box = outbox();
  const { cid } = box.add("lobby", "hello");
  box.refused({ t: "error", code: "bad_frame", message: "No.", cid }, 0);
  assert.deepEqual(box.due("lobby", 60_000), []);
  box.retry(cid);
  assert.deepEqual(texts(box.due("lobby", 60_000)), ["hello"]);
});

test("a connection that takes messages and acknowledges none is dead after ten seconds", () => {
  const box = outbox();
  box.add("lobby", "hello");
  const say = now => box.due("lobby", now).forEach(item => box.sent(item, now));
  say(0);
  say(1_000);
  assert.equal(box.stuck("lobby", 9_000), false);
  assert.equal(box.stuck("lobby", 10_001), true);
  box.arrived("lobby");
  assert.equal(box.stuck("lobby", 10_001), false);
});

test("what was written before a VM named the room belongs to the room it names", () => {
  const box = outbox();
  box.add("", "hello");
  box.arrived("lobby");
  assert.deepEqual(texts(box.due("lobby", 0)), ["hello"]);
});

test("what was written for a room under another spelling is that room's, once a VM has named it", () => {
  const box = outbox();
  box.add("Group A", "hello");
  box.add("lobby", "elsewhere");
  box.arrived("group a", "Group A");
  assert.deepEqual(texts(box.due("group a", 0)), ["hello"]);
  assert.deepEqual(box.rooms, ["group a", "lobby"]);
  assert.equal(box.kept[0].room, "group a");
});

test("nothing overtakes a message that came too early, and the next goes when that one is acknowledged", () => {
  const box = outbox();
  const first = box.add("lobby", "one");
  box.sent(first, 0);
  box.refused({ t: "error", code: "too_fast", message: "Wait.", cid: first.cid }, 100);
  box.add("lobby", "two");
  box.add("other", "elsewhere");
  assert.deepEqual(texts(box.due("lobby", 200)), []);
  assert.deepEqual(texts(box.due("other", 200)), ["elsewhere"]);
  assert.deepEqual(texts(box.due("lobby", 2_100)), ["one"]);
  box.sent(first, 2_100);
  assert.deepEqual(texts(box.due("lobby", 2_200)), []);
  box.acknowledged(first.cid, 2_300);
  assert.deepEqual(texts(box.due("lobby", 2_300)), ["two"]);
});

test("a connection that puts messages off again and again is not dead", () => {
  const box = outbox();
  const { cid } = box.add("lobby", "hello");
  for (let now = 0; now <= 60_000; now += 1_000) {
    assert.equal(box.stuck("lobby", now), false, `after ${now} ms`);
    for (const item of box.due("lobby", now)) {
      box.sent(item, now);
      box.refused({ t: "error", code: "too_fast", message: "Wait.", cid }, now);
    }
  }
});
