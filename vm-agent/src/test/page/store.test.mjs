import assert from "node:assert/strict";
import { test } from "node:test";
import { abandon, lineTo } from "../../main/resources/dev/podium/agent/web/page/line.mjs";
import { read, write } from "../../main/resources/dev/podium/agent/web/page/store.mjs";

test("what is kept is found again, and what is damaged, forbidden or not there is nothing", t => {
  const kept = new Map();
  globalThis.sessionStorage = { getItem: key => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value), removeItem: key => kept.delete(key) };
  t.after(() => delete globalThis.sessionStorage);
  write("me", { room: "lobby" });
  assert.deepEqual(read("me", null), { room: "lobby" });
  write("me", null);
  assert.equal(kept.size, 0);
  kept.set("podium.me", "{");
  assert.equal(read("me", "nobody"), "nobody");
  globalThis.sessionStorage = undefined;
  write("me", 1);
  assert.equal(read("me", "nobody"), "nobody");
});

test("a line goes to the VM's WebSocket, by https where the page came so, and is closed once it is given up", t => {
  globalThis.WebSocket = class {
    closed = 0;
    constructor(url) {
      this.url = url;
    }
    close() {
      this.closed++;
    }
  };
  t.after(() => delete globalThis.WebSocket);
  assert.equal(lineTo("http://10.0.0.1:8080/", false).ws.url, "ws://10.0.0.1:8080/ws");
  const line = lineTo("https://chat.example/", true);
  assert.equal(line.ws.url, "wss://chat.example/ws");
  abandon(line);
  abandon(null);
  assert.ok(line.abandoned && line.ws.closed === 1);
});
