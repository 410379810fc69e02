import assert from "node:assert/strict";
import { test } from "node:test";
import { byId, click, open, submit, words } from "./document.mjs";

open();
let ways = { code: true };
globalThis.fetch = async () => ({ json: async () => ways });
const { Door } = await import("../../main/resources/dev/podium/agent/web/page/door.mjs");
const joined = [];
const door = new Door(me => joined.push(me));
const settled = () => new Promise(done => setTimeout(done));

test("who has neither name nor code is told what is missing, where it is", () => {
  door.show({ me: null, room: "" });
  submit("joinForm");
  assert.equal(words(byId("doorError")), "Enter your name first.");
  assert.equal(document.activeElement.id, "nameInput");
  byId("nameInput").value = " Ann ";
  submit("joinForm");
  assert.equal(words(byId("doorError")), "Enter the access code from your host.");
  assert.equal(byId("codeInput").getAttribute("aria-invalid"), "true");
  byId("codeInput").value = "maple";
  submit("joinForm");
  assert.equal(joined.length, 1);
  const { device, ...who } = joined[0];
  assert.deepEqual(who, { name: "Ann", code: "maple", room: "", rooms: undefined });
  assert.match(device, /^[0-9a-f]{24}$/);
});

test("a link's code is not asked for, and who comes again is the same device", () => {
  door.show({ me: { device: "d1", room: "" }, code: "oak", room: "maths" });
  assert.ok(byId("codeField").hidden && byId("roomField").hidden);
  assert.match(words(byId("doorHint")), /You are about to enter “maths”/);
  submit("joinForm");
  byId("nameInput").value = "Bob";
  submit("joinForm");
  assert.deepEqual(joined.at(-1), { device: "d1", name: "Bob", code: "oak", room: "maths", rooms: undefined });
});

test("where there is no code, nobody is asked for one", async () => {
  ways = { code: false };
  door.show({ me: null, room: "" });
  await settled();
  assert.match(words(byId("doorHint")), /by an invite link/);
  for (const id of ["nameField", "codeField", "roomField", "joinButton"]) assert.ok(byId(id).hidden, id);
});

test("a VM that does not say how one comes in leaves the door as it is", async () => {
  globalThis.fetch = async () => {
    throw new Error("404");
  };
  door.show({ me: null, room: "" });
  await settled();
  assert.ok(!byId("codeField").hidden && !byId("joinButton").hidden);
});

test("an invite stays good when only its room can not be", () => {
  door.show({ me: { device: "d2", room: "a/b", token: "signed" }, room: "a/b", problem: "No such name.", badRoom: true });
  assert.equal(document.activeElement.id, "roomInput");
  assert.ok(byId("nameField").hidden && byId("codeField").hidden);
  byId("roomInput").value = "lobby";
  submit("joinForm");
  assert.deepEqual(joined.at(-1), { device: "d2", room: "lobby", rooms: undefined, token: "signed" });
});

test("of an invite that does not open the chat no field is marked as wrong", () => {
  door.show({ me: { device: "d", room: "", token: "half" }, room: "", problem: "This is not a whole invite.", needsInvite: true });
  assert.equal(words(byId("doorError")), "This is not a whole invite.");
  assert.equal(document.querySelector("[aria-invalid]"), null);
  assert.equal(document.activeElement.id, "nameInput");
});

test("an invite for another VM shows the way there", () => {
  const went = [];
  Object.defineProperty(globalThis, "location", { configurable: true, value: { assign: url => went.push(url) } });
  door.show({ me: { device: "d", room: "", token: "a&b" }, room: "", problem: "For vm-2.", needsInvite: true, elsewhere: "http://10.0.0.2:8080/" });
  assert.equal(document.activeElement.id, "elsewhere");
  for (const id of ["nameField", "codeField", "roomField", "joinButton"]) assert.ok(byId(id).hidden, id);
  click("elsewhere");
  assert.deepEqual(went, ["http://10.0.0.2:8080/#t=a%26b"]);
});
