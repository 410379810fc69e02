import assert from "node:assert/strict";
import { test } from "node:test";
import { arrive, shareLink } from "../../main/resources/dev/podium/agent/web/page/identity.mjs";
import { describe, noteOf } from "../../main/resources/dev/podium/agent/web/page/status.mjs";
import { progressOf, waitingWords } from "../../main/resources/dev/podium/agent/web/page/waiting.mjs";

const calm = {
  online: true, connected: true, stopped: "", everIn: true, long: false,
  trouble: "", remark: "", waiting: "", refusal: "", ends: "", unsent: 0,
};

test("a short break is told in the line, a long one in a banner too", () => {
  assert.equal(describe({ ...calm, connected: false }).banner, "");
  const long = describe({ ...calm, connected: false, long: true, unsent: 2 });
  assert.equal(long.line, "Reconnecting…");
  assert.match(long.banner, /Your 2 messages are kept and sent as soon as it is back/);
  assert.deepEqual(long.action, { words: "Try now", act: "now" });
});

test("offline is said before anything else that could be wrong", () => {
  assert.equal(describe({ ...calm, online: false, connected: false, waiting: "A seat" }).line, "Offline");
});

test("who is refused is told what to do, and that nothing is lost", () => {
  const words = describe({ ...calm, connected: false, stopped: "refused", refusal: "This invite has ended.", unsent: 1 });
  assert.equal(words.banner, "This invite has ended. Ask your host for a new link, and open it in this tab. What you wrote is kept in this tab.");
});

test("who is in is told that their invite ends soon, but trouble comes first", () => {
  assert.match(describe({ ...calm, ends: "17:30" }).banner, /^Your invite ends at 17:30\. To stay, ask your host for a new link/);
  assert.equal(describe({ ...calm, ends: "17:30", trouble: "Pub/Sub is away." }).banner, "Pub/Sub is away.");
});

test("an invite replaces who the tab was, and the same invite does not", () => {
  const stored = { token: "old", device: "d", room: "lobby", name: "Ann" };
  const secret = () => "new secret";
  assert.deepEqual(arrive({ hash: "#t=new", search: "?room=x" }, stored, secret).me, { token: "new", device: "new secret", room: "x" });
  assert.deepEqual(arrive({ hash: "#t=old", search: "" }, stored, secret).me, stored);
  assert.equal(arrive({ hash: "", search: "?room=x" }, stored, secret).me.room, "x");
});

test("a shared link brings the access code in the part that no server sees, and never an invite", () => {
  const link = new URL(shareLink("http://10.0.0.1:8080/", "week 3", "maple & oak"));
  assert.equal(link.pathname + link.search, "/join?room=week+3");
  assert.equal(arrive(link, null, () => "").code, "maple & oak");
  assert.equal(shareLink("http://10.0.0.1:8080/", "lobby", ""), "http://10.0.0.1:8080/join?room=lobby");
});

test("the bar of a wait grows and never says that it is over", () => {
  assert.equal(progressOf(0), 0);
  assert.ok(progressOf(30_000) < progressOf(60_000));
  assert.ok(progressOf(1e9) < 1);
  assert.equal(waitingWords(75_000, 1), "You have waited for 1 min 15 s, with one other. A seat comes when somebody leaves, or when your host’s settings allow more room.");
  assert.match(waitingWords(200_000, 0), /longer than usual/);
});

test("whose access code is no longer good is asked for it, and told that nothing is lost", () => {
  const words = describe({ ...calm, connected: false, stopped: "refused", codeRefused: true, refusal: "The access code was changed.", unsent: 1 });
  assert.equal(words.banner, "The access code was changed. What you wrote is kept in this tab.");
  assert.deepEqual(words.action, { words: "Enter the code", act: "again" });
});

test("a message waits only while something is tried", () => {
  assert.equal(noteOf({}, "refused", false), "Not sent. It is kept in this tab.");
  assert.equal(noteOf({}, "", false), "Waiting for the connection…");
  assert.equal(noteOf({}, "", true), "Sending…");
  assert.equal(noteOf({ acknowledged: true }, "refused", false), "Sent");
});

test("the waiting page promises no machine that the host may not have allowed", () => {
  for (const waited of [0, 1_000, 90_000, 300_000]) assert.doesNotMatch(waitingWords(waited, 0), /new machine|is being made/);
});
