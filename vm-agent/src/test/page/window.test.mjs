import assert from "node:assert/strict";
import { test } from "node:test";
import { guessHeight, offsetsOf, rowAt, windowOf, staysAtEnd } from "../../main/resources/dev/podium/agent/web/page/window.mjs";

const offsets = offsetsOf([10, 20, 30, 40]);

test("rows begin where the ones before them end", () => {
  assert.deepEqual([...offsets], [0, 10, 30, 60, 100]);
});

test("the row at a height is the last that begins at or above it", () => {
  assert.deepEqual([-5, 0, 9, 10, 59, 60, 99, 500].map(y => rowAt(offsets, y)), [0, 0, 0, 1, 2, 3, 3, 3]);
});

test("the rows in sight are drawn, and those within the margin", () => {
  assert.deepEqual(windowOf(offsets, 12, 10, 0), { first: 1, end: 2 });
  assert.deepEqual(windowOf(offsets, 12, 10, 10), { first: 0, end: 3 });
  assert.deepEqual(windowOf(offsetsOf([]), 0, 100, 50), { first: 0, end: 0 });
});

test("of 5,000 rows a screenful is drawn, wherever one looks", () => {
  const many = offsetsOf(new Array(5_000).fill(60));
  for (const top of [0, 12_345, 299_200]) {
    const { first, end } = windowOf(many, top, 800, 1_200);
    assert.ok(end - first <= 56, `${end - first} rows at ${top}`);
    assert.ok(many[first] <= top && many[end] >= top + 800);
  }
});

test("a longer text is guessed taller, up to where it is folded", () => {
  assert.ok(guessHeight("x".repeat(500), 390) > guessHeight("x", 390));
  assert.ok(guessHeight("x\n".repeat(5_000), 390) < 500);
});

test("a view that shrinks leaves the reader at the end, and only going up takes them away", () => {
  assert.ok(staysAtEnd(true, 300, 1_000, 1_000, 80), "the keyboard came");
  assert.ok(staysAtEnd(true, 0, 700, 1_000, 80), "the keyboard went");
  assert.ok(staysAtEnd(false, 79, 900, 1_000, 80), "they came back");
  assert.ok(!staysAtEnd(true, 300, 700, 1_000, 80), "they went up");
  assert.ok(!staysAtEnd(false, 300, 1_000, 1_000, 80), "they were elsewhere");
});
