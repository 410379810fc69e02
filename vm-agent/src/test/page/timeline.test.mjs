import assert from "node:assert/strict";
import { test } from "node:test";
import { Timeline, startsDay, startsGroup } from "../../main/resources/dev/podium/agent/web/page/timeline.mjs";

const message = (number, from = "ann", at = "2026-01-05T10:00:00Z") => ({
  id: `m${number}`, cid: `c${number}`, text: `text ${number}`, at, from: { id: from, name: from, instance: "vm-1" },
});
const kinds = timeline => timeline.entries.map(entry => entry.message?.id ?? entry.kind);

test("a message is shown once, whether its id or its sender's name for it comes again", () => {
  const timeline = new Timeline();
  assert.ok(timeline.take(message(1)));
  assert.equal(timeline.take(message(1)), null);
  assert.equal(timeline.take({ ...message(1), id: "another" }), null);
  assert.deepEqual(kinds(timeline), ["m1"]);
  assert.equal(timeline.last, "another");
});

test("two people may give their messages the same name", () => {
  const timeline = new Timeline();
  timeline.take(message(1));
  timeline.take({ ...message(1, "bob"), id: "m2" });
  assert.deepEqual(kinds(timeline), ["m1", "m2"]);
});

test("a gap is said once, between what was here and what comes", () => {
  const timeline = new Timeline();
  timeline.gap();
  timeline.take(message(1));
  timeline.gap();
  timeline.gap();
  timeline.take(message(5));
  assert.deepEqual(kinds(timeline), ["m1", "gap", "m5"]);
});

test("what is forgotten leaves a mark at the beginning, and numbers go on", () => {
  const timeline = new Timeline(4);
  for (let i = 1; i <= 7; i++) timeline.take(message(i));
  assert.deepEqual(kinds(timeline), ["start", "m5", "m6", "m7"]);
  assert.deepEqual(timeline.entries.map(entry => entry.number), [3, 4, 5, 6]);
  assert.equal(timeline.before(timeline.entries[2]), timeline.entries[1]);
});

test("what comes while nobody looks is counted from its first", () => {
  const timeline = new Timeline();
  const first = timeline.take(message(1));
  timeline.missed(first);
  timeline.missed(timeline.take(message(2)));
  assert.deepEqual(timeline.unread, { from: first, count: 2 });
});

test("messages of one person within five minutes stand under one name", () => {
  const timeline = new Timeline();
  const [one, two, late, other, nextDay] = [
    message(1), message(2, "ann", "2026-01-05T10:04:00Z"), message(3, "ann", "2026-01-05T10:10:00Z"),
    message(4, "bob", "2026-01-05T10:10:01Z"), message(5, "bob", "2026-01-07T10:10:02Z"),
  ].map(each => timeline.take(each));
  assert.deepEqual(
    [one, two, late, other, nextDay].map(entry => startsGroup(entry, timeline.before(entry))),
    [true, false, true, true, true],
  );
  assert.deepEqual([one, two, nextDay].map(entry => startsDay(entry, timeline.before(entry))), [true, false, true]);
});

test("a message that cannot be shown keeps its place, is counted once, and is where a VM goes on from", () => {
  const timeline = new Timeline();
  timeline.take(message(1));
  assert.equal(timeline.takeUnshown("m2").kind, "unshown");
  assert.equal(timeline.takeUnshown("m2"), null);
  assert.equal(timeline.last, "m2");
  const behind = timeline.take(message(3));
  assert.deepEqual(kinds(timeline), ["m1", "unshown", "m3"]);
  assert.equal(startsDay(behind, timeline.before(behind)), false);
  assert.equal(startsGroup(behind, timeline.before(behind)), true);
  assert.ok(timeline.takeUnshown(undefined));
});

test("a gap behind a message that cannot be shown is said, and what is forgotten may come again", () => {
  const timeline = new Timeline(3);
  timeline.takeUnshown("m1");
  timeline.gap();
  assert.deepEqual(kinds(timeline), ["unshown", "gap"]);
  for (let i = 2; i <= 5; i++) timeline.take(message(i));
  assert.ok(timeline.takeUnshown("m1"));
});

test("history that a VM was brought late stands before what came since, each once, and numbers stay in order", () => {
  const timeline = new Timeline();
  timeline.begins(false, true);
  timeline.take(message(7));
  timeline.take(message(8));
  assert.equal(timeline.takeLate(message(5), "m7").behind, timeline.entries.find(entry => entry.message?.id === "m7"));
  assert.ok(timeline.takeLate(message(6), "m7"));
  assert.equal(timeline.takeLate(message(6), "m7"), false);
  assert.equal(timeline.takeLate(message(9), "m99"), null);
  assert.deepEqual(kinds(timeline), ["start", "m5", "m6", "m7", "m8"]);
  const numbers = timeline.entries.map(entry => entry.number);
  assert.deepEqual(numbers, numbers.map((_, i) => numbers[0] + i));
  assert.equal(timeline.before(timeline.entries[3]), timeline.entries[2]);
  assert.equal(timeline.last, "m8");
});
