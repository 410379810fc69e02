import assert from "node:assert/strict";
import { test } from "node:test";
import { Timeline } from "../../main/resources/dev/podium/agent/web/page/timeline.mjs";
import { message, open, words } from "./document.mjs";

open();
const { UNSHOWN, avatar, row } = await import("../../main/resources/dev/podium/agent/web/page/rows.mjs");
const { byId, make, setWords } = await import("../../main/resources/dev/podium/agent/web/page/dom.mjs");
let asked = 0;
const draw = (timeline, entry, more) => row(entry, { me: "me", before: timeline.before(entry), firstUnread: undefined, changed: () => undefined, older: () => asked++, ...more });

test("what people wrote is text, and only addresses of the web are links", () => {
  const timeline = new Timeline();
  const entry = timeline.take(message(1, { text: "<b>x</b> https://example.org/a javascript:alert(1)" }));
  const drawn = draw(timeline, entry);
  assert.equal(drawn.querySelectorAll(".said b").length, 0);
  assert.deepEqual([...drawn.querySelectorAll("a")].map(a => [a.href, a.rel]), [["https://example.org/a", "noopener noreferrer nofollow ugc"]]);
});

test("a name stands above the first of several messages, and the day above the first of a day", () => {
  const timeline = new Timeline();
  const [first, second] = [timeline.take(message(1)), timeline.take(message(2))];
  assert.ok(draw(timeline, first).querySelector(".rule.day"));
  assert.ok(draw(timeline, first).classList.contains("first"));
  assert.ok(!draw(timeline, second).classList.contains("first"));
  assert.equal(draw(timeline, second, { firstUnread: second }).querySelector(".rule").textContent, "New");
});

test("one's own say so to those who do not see it", () => {
  const timeline = new Timeline();
  const drawn = draw(timeline, timeline.take(message(1, { from: { id: "me", name: "Ann", instance: "vm-1" } })));
  assert.ok(drawn.classList.contains("mine"));
  assert.equal(drawn.querySelector("b").textContent, "You");
});

test("a long text is folded until it is wanted whole", () => {
  const timeline = new Timeline();
  const entry = timeline.take(message(1, { text: "line\n".repeat(40) }));
  const changed = [];
  const drawn = draw(timeline, entry, { changed: one => changed.push(one) });
  assert.ok(drawn.querySelector(".said").classList.contains("folded"));
  drawn.querySelector(".more").click();
  assert.deepEqual(changed, [entry]);
  assert.equal(draw(timeline, entry).querySelector(".more").getAttribute("aria-expanded"), "true");
});

test("gaps, a past, and what can not be shown are said in their place", () => {
  const timeline = new Timeline();
  timeline.begins(true, true);
  const [earlier] = timeline.entries;
  draw(timeline, earlier).querySelector("button").click();
  assert.equal(asked, 1);
  assert.equal(words(draw(timeline, { number: 1, kind: "gap" })), "Some messages are missing here");
  assert.equal(words(draw(timeline, { number: 1, kind: "start" })), "Older messages are not shown");
  assert.equal(words(draw(timeline, timeline.takeUnshown("x"))), UNSHOWN);
  // A date that is none, past all checks, costs its own row only.
  assert.equal(words(draw(timeline, timeline.take(message(9, { at: "never" })))), UNSHOWN);
});

test("the page's own tools make text and never markup", () => {
  assert.equal(make("p", "hint", "<i>").innerHTML, "&lt;i&gt;");
  assert.throws(() => byId("nothing"), /no #nothing/);
  const element = make("p", "", "same");
  const { firstChild } = element;
  setWords(element, "same");
  assert.equal(element.firstChild, firstChild, "a screen reader would say it again");
  assert.equal(avatar({ id: "x", name: "Ann Lee" }).textContent, "AL");
});
