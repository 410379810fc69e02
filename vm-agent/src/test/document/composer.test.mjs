import assert from "node:assert/strict";
import { test } from "node:test";
import { byId, open, submit, type, words } from "./document.mjs";

open();
const { Composer } = await import("../../main/resources/dev/podium/agent/web/page/composer.mjs");
const said = [];
let typed = 0;
const composer = new Composer(text => said.push(text), () => typed++);
composer.enter("lobby");

const key = more => byId("text").dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true, ...more }));

test("nothing can be sent while nothing is written, and what is sent is gone from where it was written", () => {
  assert.ok(byId("send").disabled);
  type("text", "  \n");
  assert.ok(byId("send").disabled);
  type("text", "hello \n");
  assert.ok(!byId("send").disabled);
  submit("composer");
  assert.deepEqual(said, ["hello"]);
  assert.equal(byId("text").value, "");
  assert.equal(typed, 1, "the VM is told that somebody types, not each letter");
});

test("Enter sends; with Shift, or while a word is being composed, it does not", () => {
  type("text", "語");
  key({ shiftKey: true });
  key({ isComposing: true });
  assert.equal(said.length, 1);
  assert.equal(key({}), false, "no line is made");
  assert.deepEqual(said.at(-1), "語");
});

test("what was begun is kept for each room", () => {
  type("text", "for the lobby");
  composer.enter("maths");
  assert.equal(byId("text").value, "");
  type("text", "for maths");
  composer.enter("lobby");
  assert.equal(byId("text").value, "for the lobby");
  assert.deepEqual(composer.drafts, { lobby: "for the lobby", maths: "for maths" });
  composer.forget();
  assert.equal(byId("text").value, "");
  assert.ok(!composer.writing);
});

test("a room whose name every object knows has no draft of its own", () => {
  composer.enter("constructor");
  assert.equal(byId("text").value, "");
});

test("a text that is too long is told, and stays", () => {
  composer.enter("lobby");
  type("text", "x".repeat(3_900));
  assert.equal(words(byId("left")), "100");
  type("text", "x".repeat(4_001));
  assert.match(words(byId("tooLong")), /4,001 characters/);
  assert.equal(byId("text").getAttribute("aria-invalid"), "true");
  submit("composer");
  assert.equal(byId("text").value.length, 4_001);
  composer.forget();
});

test("a message that is taken back stands before what is being written", () => {
  composer.enter("lobby");
  type("text", "new");
  composer.edit("old");
  assert.equal(byId("text").value, "old\nnew");
});
