import assert from "node:assert/strict";
import { test } from "node:test";
import { Outbox } from "../../main/resources/dev/podium/agent/web/page/outbox.mjs";
import { Timeline } from "../../main/resources/dev/podium/agent/web/page/timeline.mjs";
import { byId, chat, click, message, open, words } from "./document.mjs";

const window = open();
const { RoomView } = await import("../../main/resources/dev/podium/agent/web/page/room.mjs");

/** Each row is 50 pixels tall, and 400 pixels of them are in sight. */
const scroller = byId("scroller");
let top = 0;
const list = byId("messages");
const pixels = text => Number.parseFloat(text) || 0;
const height = () => pixels(list.style.paddingTop) + list.children.length * 50 + pixels(list.style.paddingBottom);
Object.defineProperties(scroller, {
  clientHeight: { get: () => 400 },
  scrollHeight: { get: () => Math.max(400, height()) },
  scrollTop: { get: () => top, set: wanted => (top = Math.max(0, Math.min(wanted, Math.max(400, height()) - 400))) },
});
window.HTMLElement.prototype.getBoundingClientRect = () => ({ height: 50, top: 0, bottom: 50 });

const timeline = new Timeline();
let olders = 0;
const at = chat({ timeline, outbox: new Outbox([], "r", () => undefined), askOlder: () => ++olders > 0 });
const view = new RoomView(at);
const shown = () => [...list.querySelectorAll(".said")].map(words);
const inSight = () => words(list.children[Math.floor((top - pixels(list.style.paddingTop)) / 50)]);
const scrollTo = y => {
  top = y;
  scroller.dispatchEvent(new Event("scroll"));
  return new Promise(done => setTimeout(done, 5));
};

test("an empty room says so, and a long one draws what is in sight, from its end", () => {
  view.entered();
  assert.ok(!byId("empty").hidden);
  timeline.begins(true, true);
  for (let i = 1; i <= 500; i++) timeline.take(message(i));
  view.entered();
  assert.ok(byId("empty").hidden);
  assert.equal(shown().at(-1), "text 500");
  assert.ok(list.children.length < 100, `${list.children.length} rows`);
  assert.equal(top, height() - 400);
  assert.ok(byId("newer").hidden);
});

test("who went up stays there, and is told how much is new", async () => {
  await scrollTo(10_000);
  const [first] = shown();
  view.said(timeline.take(message(501)));
  view.said(timeline.take(message(502)));
  assert.equal(shown()[0], first);
  assert.equal(words(byId("newerText")), "2 new messages");
  assert.match(document.title, /^\(2\) lobby/);
  click("newer");
  assert.equal(shown().at(-1), "text 502");
  assert.ok(byId("newer").hidden);
  assert.doesNotMatch(document.title, /^\(/);
});

test("who comes near the beginning is brought what was before, and sees the same as before", async () => {
  await scrollTo(9_000);
  assert.equal(olders, 0);
  await scrollTo(400);
  assert.ok(olders > 0);
  const before = inSight();
  view.grown(timeline.takeOlder(Array.from({ length: 100 }, (_, i) => message(i - 200)), true, true));
  await new Promise(done => setTimeout(done, 5));
  assert.equal(inSight(), before);
  assert.ok(top > 4_000);
});

test("those who listen hear a few messages, and of more how many", async t => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const view = new RoomView(at);
  view.said(timeline.take(message(600)));
  t.mock.timers.tick(500);
  assert.equal(words(byId("spoken")), "Bob: text 600");
  for (let i = 601; i < 606; i++) view.said(timeline.take(message(i)));
  t.mock.timers.tick(500);
  assert.equal(words(byId("spoken")), "5 new messages");
});

test("who comes back sees where the unread begin", () => {
  view.toEnd();
  const missed = [700, 701].map(i => timeline.take(message(i)));
  view.resumed(missed);
  assert.ok([...list.querySelectorAll(".rule.unread")].length === 1);
});
