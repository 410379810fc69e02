import assert from "node:assert/strict";
import { test } from "node:test";
import { byId, chat, click, open, words } from "./document.mjs";

open();
const { Share } = await import("../../main/resources/dev/podium/agent/web/page/share.mjs");
const at = chat();
const share = new Share(at);

test("the link names the VM where one is, shows no secret, and its code holds the access code", () => {
  click("shareButton");
  assert.ok(share.isOpen);
  assert.equal(words(byId("shareLink")), "http://10.0.0.2:8080/join?room=lobby");
  assert.match(words(byId("shareNote")), /The access code is in it/);
  assert.ok(byId("shareCode").querySelector("svg path").getAttribute("d").length > 100);
  share.close();
});

test("who came by an invite passes none on, and is told what others need", () => {
  at.me = { device: "d", room: "lobby", token: "signed" };
  click("shareButton");
  assert.match(words(byId("shareNote")), /needs the access code, or an invite/);
  at.codes = false;
  click("shareButton");
  assert.equal(words(byId("shareNote")), "Who opens it needs an invite of their own from the host.");
});

test("it is shown large on a wall, and small again", () => {
  click("shareLarge");
  assert.equal(byId("shareLarge").getAttribute("aria-pressed"), "true");
  click("shareLarge");
  assert.equal(words(byId("shareLarge")), "Show large");
});

test("the link is copied, or it is said that it cannot be", async () => {
  const copied = [];
  Object.defineProperty(navigator, "clipboard", { configurable: true, value: { writeText: async text => copied.push(text) } });
  click("shareCopy");
  await new Promise(done => setTimeout(done));
  assert.deepEqual(copied, ["http://10.0.0.2:8080/join?room=lobby"]);
  assert.equal(words(byId("shareCopy")), "Copied");
  navigator.clipboard.writeText = async () => {
    throw new Error("no");
  };
  click("shareCopy");
  await new Promise(done => setTimeout(done));
  assert.equal(words(byId("shareCopy")), "Copying is not allowed here");
});
