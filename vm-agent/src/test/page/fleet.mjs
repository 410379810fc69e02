// The page without a document, and the VMs that it talks to: what they do is done by the test.

import { Chat } from "../../main/resources/dev/podium/agent/web/page/chat.mjs";

export const HOME = "http://10.0.0.1:8080/";
export const THERE = "http://10.0.0.2:8080/";
export const FAR = "http://10.0.0.3:8080/";

/** Closes as on a dead network: nothing is heard of it until the test says that it ended. */
class Socket {
  static OPEN = 1;
  readyState = 0;
  heard = [];

  constructor(url) {
    this.place = url.replace(/^ws(.*)ws$/, "http$1");
  }

  open() {
    this.readyState = 1;
    this.onopen();
  }

  send(text) {
    this.heard.push(JSON.parse(text));
  }

  say(frame) {
    this.onmessage({ data: JSON.stringify(frame) });
  }

  close() {
    this.readyState = 2;
  }

  end(code = 1006) {
    this.readyState = 3;
    this.onclose({ code });
  }

  /** The rooms that were asked for, and the messages that they were to go on from. */
  get hellos() {
    return this.heard.filter(frame => frame.t === "hello").map(({ room, after }) => ({ room, after }));
  }

  /** What people said through it. */
  get texts() {
    return this.heard.filter(frame => frame.t === "say").map(frame => frame.text);
  }
}

/**
 * A page that was opened from the VM at HOME, in a time that passes only when the test says so.
 * @param {import("node:test").TestContext} t
 */
export function page(t) {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  t.mock.method(performance, "now", () => Date.now());
  const sockets = [];
  globalThis.WebSocket = class extends Socket {
    constructor(url) {
      super(url);
      sockets.push(this);
    }
  };
  const turnedAway = [];
  const nothing = () => undefined;
  const views = { entered: nothing, said: nothing, resumed: nothing, grown: nothing, late: nothing, outbox: nothing, people: nothing, status: nothing };
  const chat = new Chat(null, HOME, "run", { ...views, turnedAway: refusal => turnedAway.push(refusal) });
  return {
    chat,
    turnedAway,
    /** The WebSocket that was opened last. */
    get socket() {
      return sockets.at(-1);
    },
    after: milliseconds => t.mock.timers.tick(milliseconds),
  };
}

/**
 * A page that its VM has let in, to the lobby.
 * @param {import("node:test").TestContext} t
 */
export function inside(t) {
  const at = page(t);
  at.chat.begin(ann());
  at.socket.open();
  at.socket.say(welcome());
  return at;
}

/** @param {object} [more] members that this welcome has besides, or otherwise */
export const welcome = more => ({
  t: "welcome", you: { id: "me", name: "Ann" }, room: "lobby", instance: "vm-1", recovered: true, older: false, messages: [],
  members: [], peers: [THERE, FAR].map(url => ({ instance: url, url, participants: 0, seats: 50 })), ...more,
});

/** @param {object} [more] */
export const ann = more => ({ code: "maple", name: "Ann", device: "d", room: "lobby", ...more });

/** @param {number} number @param {object} [more] */
export const message = (number, more) => ({
  t: "msg", id: `m${number}`, cid: `c${number}`, text: `text ${number}`, at: "2026-01-05T10:00:00Z",
  from: { id: "bob", name: "Bob", instance: "vm-1" }, ...more,
});
