import assert from "node:assert/strict";
import { test } from "node:test";
import { Outbox } from "../../main/resources/dev/podium/agent/web/page/outbox.mjs";
import { byId, chat, click, open, submit, type, words } from "./document.mjs";

open();
const { Panel } = await import("../../main/resources/dev/podium/agent/web/page/panel.mjs");
const person = name => ({ id: name.toLowerCase(), name, instance: "vm-2" });
const at = chat({
  outbox: new Outbox([], "r", () => undefined), members: [person("Zoe"), { ...person("Me"), id: "me" }, person("<b>Bob")], memberCount: 5,
  rooms: ["lobby", "maths"], listed: [{ name: "maths", people: 2, last: "m" }, { name: "art", people: 1, last: "" }], news: new Set(["maths"]),
});
let left = 0;
const panel = new Panel(at, () => left++);
panel.update();
const rows = id => [...byId(id).children].map(words);

test("the rooms that there are stand behind those where one was, with their people and what is new", () => {
  assert.deepEqual(rows("rooms"), ["#lobby", "#mathsnew2 people there", "#art1 person there"]);
  assert.equal(byId("rooms").querySelector("[aria-current]").textContent, "#lobby");
  assert.ok(!byId("roomNews").hidden);
  at.news = new Set();
  panel.update();
  assert.ok(byId("roomNews").hidden);
});

test("people are sorted, oneself first, and who is not named is counted", () => {
  assert.deepEqual(rows("people"), ["MMe (you)", "B<b>Bob", "ZZoe", "and 2 more"]);
  assert.equal(byId("people").querySelectorAll("b").length, 3, "no name is markup");
});

test("a room that can not be is told where it was typed, and one that can is asked for", () => {
  type("otherRoom", "a/b");
  submit("roomForm");
  assert.match(words(byId("roomError")), /letters, digits/);
  assert.equal(byId("otherRoom").value, "a/b");
  type("otherRoom", "Week 3");
  assert.ok(byId("roomError").hidden);
  submit("roomForm");
  assert.equal(at.wanted, "week 3");
  byId("rooms").children[2].querySelector("button").click();
  assert.equal(at.wanted, "art");
});

test("leaving is asked for twice", () => {
  click("leave");
  assert.equal(left, 0);
  assert.match(words(byId("leave")), /Press again/);
  click("leave");
  assert.equal(left, 1);
});

test("a hold that cannot be asked for is said not to be", () => {
  click("hold");
  assert.deepEqual(at.sent, [{ t: "hold", minutes: 30 }]);
  assert.equal(words(byId("hold")), "Kept for 30 minutes");
  at.connection.send = () => false;
  click("hold");
  assert.match(at.remarks.at(-1), /no connection/);
});

test("what was not sent is told of a room where one is not", () => {
  at.outbox.add("maths", "waiting");
  panel.update();
  assert.match(rows("rooms")[1], /not all sent/);
});
