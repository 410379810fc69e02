import assert from "node:assert/strict";
import { test } from "node:test";
import { Outbox } from "../../main/resources/dev/podium/agent/web/page/outbox.mjs";
import { byId, chat, open, words } from "./document.mjs";

open();
const { PendingView } = await import("../../main/resources/dev/podium/agent/web/page/pending.mjs");
const outbox = new Outbox([], "r", () => undefined);
const at = chat({ outbox });
at.connection.line.ws = { send: () => undefined };
const edited = [];
const view = new PendingView(at, text => edited.push(text));
at.views.outbox = () => view.update();
const rows = () => [...byId("pending").children];
const press = name => [...byId("pending").querySelectorAll("button")].find(button => button.textContent === name).click();

test("a message says how far it is", () => {
  const item = outbox.add("lobby", "hello");
  view.update();
  assert.match(words(rows()[0]), /hello ?Sending…/);
  at.connection.line = null;
  view.update();
  assert.match(words(rows()[0]), /Waiting for the connection…/);
  at.connection.stopped = "refused";
  view.update();
  assert.match(words(rows()[0]), /Not sent. It is kept in this tab./);
  outbox.acknowledged(item.cid, performance.now());
  view.update();
  assert.match(words(rows()[0]), /Sent$/);
  outbox.remove(item.cid);
  view.update();
  assert.equal(rows().length, 0);
});

test("what was refused can be tried again, mended or given up", () => {
  const item = outbox.add("lobby", "again");
  outbox.refused({ t: "error", code: "bad_frame", message: "It is odd.", cid: item.cid }, 0);
  view.update();
  assert.match(words(rows()[0]), /Not sent. It is odd./);
  press("Try again");
  assert.ok(rows()[0].classList.contains("waiting"));
  outbox.refused({ t: "error", code: "too_long", message: "Too long.", cid: item.cid }, 0);
  view.update();
  assert.equal([...byId("pending").querySelectorAll("button")].some(button => button.textContent === "Try again"), false);
  press("Edit");
  assert.deepEqual(edited, ["again"]);
  assert.equal(outbox.size, 0);
});

test("what is for another room is not shown here", () => {
  outbox.add("maths", "elsewhere");
  view.update();
  assert.equal(rows().length, 0);
});
