import assert from "node:assert/strict";
import { test } from "node:test";
import { byId, click, message, open, submit, type, words } from "./document.mjs";

test("the page comes in by its link, shows the room, says what is written, and goes to the door when it leaves", async t => {
  t.mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  open("index.html", "http://10.0.0.1:8080/?room=lobby#t=signed");
  const heard = [];
  let socket;
  globalThis.fetch = async () => ({ json: async () => ({ code: true }) });
  globalThis.WebSocket = class {
    static OPEN = 1;
    readyState = 1;
    constructor(url) {
      this.url = url;
      socket = this;
    }
    send(text) {
      heard.push(JSON.parse(text));
    }
    close() {}
    say(frame) {
      this.onmessage({ data: JSON.stringify(frame) });
    }
  };
  await import("../../main/resources/dev/podium/agent/web/page/main.mjs");
  assert.equal(location.hash, "");
  assert.equal(socket.url, "ws://10.0.0.1:8080/ws");
  socket.onopen();
  assert.equal(heard[0].token, "signed");
  assert.equal(heard[0].rooms, true);
  socket.say({
    t: "welcome", you: { id: "me", name: "Ann" }, room: "lobby", instance: "vm-1", recovered: true, older: false, more: false,
    messages: [message(1)], members: [{ id: "me", name: "Ann", instance: "vm-1" }], count: 1, peers: [], codes: false,
  });
  assert.equal(words(byId("connectionText")), "Connected");
  assert.equal(words(byId("roomName")), "lobby");
  socket.say({ t: "rooms", rooms: [{ name: "maths", people: 3, last: "m" }] });
  assert.match(words(byId("rooms")), /#maths3 people there/);
  type("text", "hello");
  submit("composer");
  assert.equal(heard.at(-1).text, "hello");
  assert.match(words(byId("pending")), /hello/);
  click("leave");
  click("leave");
  assert.ok(!byId("door").hidden && byId("app").hidden);
  assert.equal(sessionStorage.getItem("podium.me"), null);
});
