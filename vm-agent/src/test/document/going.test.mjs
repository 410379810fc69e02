import assert from "node:assert/strict";
import { test } from "node:test";
import { byId, message, open, type } from "./document.mjs";

test("whoever touches the page while the other VM's is loaded keeps it, and what they write", async t => {
  t.mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  let now = 1_000;
  t.mock.method(performance, "now", () => now);
  const wait = seconds => {
    for (let second = 0; second < seconds; second++) {
      now += 1_000;
      socket.onmessage({ data: JSON.stringify({ t: "pong" }) });
      t.mock.timers.tick(1_000);
    }
  };
  const window = open("index.html", "http://10.0.0.1:8080/?room=lobby#t=signed");
  Object.defineProperty(window.document, "readyState", { value: "complete" });
  const went = [];
  let stopped = 0;
  globalThis.location = {
    origin: "http://10.0.0.1:8080", protocol: "http:", host: "10.0.0.1:8080", pathname: "/", search: "", hash: "#t=signed",
    href: "http://10.0.0.1:8080/#t=signed", replace: to => went.push(to),
  };
  globalThis.stop = () => stopped++;
  globalThis.fetch = async () => ({ json: async () => ({ code: false }) });
  let socket;
  globalThis.WebSocket = class {
    static OPEN = 1;
    readyState = 1;
    constructor(url) {
      this.url = url;
      socket = this;
    }
    send() {}
    close() {}
  };
  const enter = instance => {
    socket.onopen();
    socket.onmessage({
      data: JSON.stringify({
        t: "welcome", you: { id: "me", name: "Ann" }, room: "lobby", instance, recovered: true, older: false, more: false,
        messages: [message(1)], members: [{ id: "me", name: "Ann", instance }], count: 1, codes: false,
        peers: [{ instance: "vm-1", url: "http://10.0.0.1:8080/" }, { instance: "vm-2", url: "http://10.0.0.2:8080/" }],
      }),
    });
  };
  await import("../../main/resources/dev/podium/agent/web/page/main.mjs");
  enter("vm-1");
  socket.onmessage({ data: JSON.stringify({ t: "moved", url: "http://10.0.0.2:8080/" }) });
  assert.equal(socket.url, "ws://10.0.0.2:8080/ws");
  enter("vm-2");

  wait(5);
  assert.equal(went.length, 1);
  type("text", "wait, I am still");

  assert.equal(stopped, 1);
  assert.equal(byId("text").value, "wait, I am still");
  wait(5);
  assert.equal(went.length, 1, "who thinks about a sentence stays");
  wait(20);
  assert.equal(went.length, 2);
  assert.match(decodeURIComponent(went[1].replaceAll("+", " ")), /wait, I am still/);
});
