import assert from "node:assert/strict";
import { test } from "node:test";
import { hueOf, initials, isLong, onlyEmoji, partsOf } from "../../main/resources/dev/podium/agent/web/page/text.mjs";
import { badRoom, tooLong } from "../../main/resources/dev/podium/agent/web/page/protocol.mjs";

const links = text => partsOf(text).flatMap(part => part.href ?? []);

test("the parts of a text are the whole text", () => {
  for (const text of ["", "plain", "see https://a.example/x?y=1#z, and http://b.example.", "<b>https://a.example</b>", "https://"]) {
    assert.equal(partsOf(text).map(part => part.text).join(""), text);
  }
});

test("an address ends before the sentence does, and keeps the bracket that was opened within it", () => {
  assert.deepEqual(links("Go to https://a.example/x."), ["https://a.example/x"]);
  assert.deepEqual(links("(https://a.example/x)"), ["https://a.example/x"]);
  assert.deepEqual(links("https://a.example/x_(y)."), ["https://a.example/x_(y)"]);
});

test("only http and https become links", () => {
  for (const text of ["javascript:alert(1)", "data:text/html,x", "ftp://a.example", "xhttps:/a", "HTTPS://", "file:///etc/passwd"]) {
    assert.deepEqual(links(text), [], text);
  }
  assert.deepEqual(links("HTTPS://A.example/"), ["https://a.example/"]);
});

test("an address that pretends to be another site's is no link", () => {
  assert.deepEqual(links("https://bank.example@evil.example/"), []);
});

test("marks that turn the reading direction end an address", () => {
  assert.deepEqual(links("https://a.example/\u202Egpj.exe"), ["https://a.example/"]);
});

test("one to three emoji alone are shown large", () => {
  for (const text of ["👋", "🎉🎉🎉", "👩‍👩‍👧‍👦", "👍🏽", "🇫🇷", "❤️", "1️⃣", "😀 😀"]) assert.equal(onlyEmoji(text), true, text);
  for (const text of ["", "1", "ok 👋", "🎉🎉🎉🎉", "#", "  "]) assert.equal(onlyEmoji(text), false, text);
});

test("a long text is folded, whether it has many lines or many characters", () => {
  assert.equal(isLong("x".repeat(900)), false);
  assert.equal(isLong("x".repeat(901)), true);
  assert.equal(isLong("\n".repeat(14)), true);
});

test("a name is stood for by its first letters, of whatever script", () => {
  assert.deepEqual(["Ann", "ann marie smith", "Ωmega", "👩‍🚀 Zoë", "李小龙"].map(initials), ["A", "AS", "Ω", "👩Z", "李"]);
});

test("a text that the agent would refuse is told before it is sent", () => {
  assert.equal(tooLong("x".repeat(4_000)), "");
  assert.match(tooLong("x".repeat(4_001)), /4,001 characters of at most 4,000/);
  assert.match(tooLong("語".repeat(3_000)), /9 KiB of at most 8/);
});

test("a sign stands for nobody, and ids that are alike have hues that are not", () => {
  assert.deepEqual(["<b>", "(Ann) Lee", "!!!"].map(initials), ["B", "AL", "?"]);
  const hues = Array.from({ length: 12 }, (_, i) => hueOf(`p-${i}`));
  assert.equal(new Set(hues).size, 12);
  assert.ok(hues.every(hue => Number.isInteger(hue) && hue >= 0 && hue < 360));
});

test("a room's name that can not be is told where it is typed", () => {
  for (const good of ["lobby", "Week 3", "語".repeat(40), "a.b_c-d"]) assert.equal(badRoom(good), "", good);
  for (const bad of ["a/b", "-a", "!", "x".repeat(41)]) assert.match(badRoom(bad), /letters, digits/, bad);
});
