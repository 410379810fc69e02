import assert from "node:assert/strict";
import { test } from "node:test";
import { byId, open, words } from "./document.mjs";

test("the waiting page asks until there is a seat, and takes along what brought one in", async t => {
  t.mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  open("wait.html", "http://10.0.0.1:8080/join?room=week+3#t=signed");
  const asked = [];
  const went = [];
  let answer = () => ({ waiting: 3 });
  globalThis.fetch = async url => {
    asked.push(url);
    return { json: async () => answer() };
  };
  location.replace = url => went.push(url);
  const settled = () => new Promise(done => setImmediate(done));
  await import("../../main/resources/dev/podium/agent/web/page/wait.mjs");
  await settled();
  assert.equal(location.hash, "", "nobody reads it over a shoulder");
  assert.match(asked[0], /^\/join\/seat\?who=[0-9a-f]+&room=week\+3$/);
  assert.match(words(byId("waited")), /with 2 others/);
  answer = () => {
    throw new Error("away");
  };
  t.mock.timers.tick(2_000);
  await settled();
  assert.equal(words(byId("news")), "The connection is lost. Trying again…");
  answer = () => ({ url: "javascript:alert(1)", waiting: 1 });
  t.mock.timers.tick(2_000);
  await settled();
  assert.deepEqual(went, [], "what is no address of a page is no seat");
  answer = () => ({ url: "http://10.0.0.2:8080/", waiting: 0 });
  t.mock.timers.tick(2_000);
  await settled();
  assert.deepEqual(went, ["http://10.0.0.2:8080/?room=week+3#t=signed"]);
  assert.equal(asked.length, 4);
});
