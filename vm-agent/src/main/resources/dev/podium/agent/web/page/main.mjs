// The chat's page: puts its parts together and listens to the browser. Speaks the frames of the
// agent's WebSocket (protocol.mjs); asks nobody else for anything.

import { Chat } from "./chat.mjs";
import { Composer } from "./composer.mjs";
import { Door } from "./door.mjs";
import { byId, setWords } from "./dom.mjs";
import { destination, mayGo, packed, unpacked } from "./handover.mjs";
import { arrive, secret } from "./identity.mjs";
import { Panel } from "./panel.mjs";
import { PendingView } from "./pending.mjs";
import { RoomView } from "./room.mjs";
import { Share } from "./share.mjs";
import { say, tick } from "./speech.mjs";
import { describe } from "./status.mjs";
import * as store from "./store.mjs";

/** A break is spoken of after this. */
const LONG_MS = 3_000;

/** So long before its end a person is told of it. */
const ENDS_SOON_MS = 10 * 60_000;

/** Whether the page is on its way to another address: nobody is asked whether it may. */
let leaving = false;

/** When somebody last touched the page, in monotonic milliseconds. */
let touchedAt = performance.now();

const carried = unpack();
let arrival = come(store.read("me", null));

let lostSince = performance.now();

const chat = new Chat(arrival.me, `${location.origin}/`, secret(4), {
  entered: () => {
    showApp();
    composer.enter(chat.me?.room ?? "");
    pending.update();
    if (carried?.unread) chat.timeline?.missedFrom(carried.unread);
    room.entered();
  },
  said: entry => {
    pending.update();
    room.said(entry);
  },
  resumed: missed => room.resumed(missed),
  grown: behind => room.grown(behind),
  late: (entry, behind) => room.late(entry, behind),
  outbox: () => {
    pending.update();
    room.update();
  },
  people: () => panel.update(),
  status: () => showStatus(),
  turnedAway: why => goToDoor({ problem: why.message, needsInvite: why.code === "bad_token", elsewhere: why.url, badRoom: why.code === "bad_frame" && chat.me?.room !== "", me: chat.me, room: chat.me?.room ?? "" }),
});

const room = new RoomView(chat);
const composer = new Composer(
  text => {
    say(chat, text);
    room.toEnd();
  },
  () => chat.connection.send({ t: "typing" }),
);
const pending = new PendingView(chat, text => composer.edit(text));
const panel = new Panel(chat, leave);
const door = new Door(begin);
const share = new Share(chat);

/** What the address brings. @param {import("./identity.mjs").Identity | null} known */
function come(known) {
  const read = arrive(location, known, () => secret(12));
  // Out of the address bar, so that nobody reads it over a shoulder or copies it by mistake.
  if (location.hash) history.replaceState(null, "", location.pathname + location.search);
  if (read.code) store.write("code", read.code);
  return read;
}

/** Takes what the page of another VM, where we were before, sent along. */
function unpack() {
  const tab = unpacked(location.hash);
  if (!tab) return null;
  store.write("me", tab.me);
  store.write("here", Date.now());
  store.write("code", tab.code || null);
  store.write("ids", tab.ids);
  store.write("drafts", tab.drafts);
  store.write("pending", tab.pending);
  store.write("seen", tab.seen);
  return tab;
}

/** Goes over to the VM where we are by now, if that is another than the address bar names. */
function goOver() {
  const { me, connection, timeline } = chat;
  const line = connection.line;
  // Only what was heard of a moment ago is there to load a page from.
  if (leaving || !me || !line || !connection.fresh || document.readyState !== "complete") return;
  const place = destination(`${location.origin}/`, chat.places.given(line.place));
  const now = {
    hidden: document.hidden,
    unsent: chat.outbox.anyUnsent,
    drafting: composer.writing,
    busy: chat.wanted !== null || connection.busy || panel.isOpen || share.isOpen,
    idle: performance.now() - touchedAt,
  };
  if (!place || !mayGo(now)) return;
  const fragment = packed({
    me, code: store.read("code", ""), ids: chat.ids, drafts: composer.drafts, pending: chat.outbox.items, seen: chat.seen,
    unread: timeline?.unread?.count ? (timeline.unread.from.message?.id ?? "") : "",
  });
  if (!fragment) return;
  leaving = true;
  location.replace(place + fragment);
}

/** Somebody is here. While the other VM's page is loaded, what they type would be lost: it waits for another pause. */
function touched() {
  touchedAt = performance.now();
  if (!leaving) return;
  leaving = false;
  stop();
}

/** In, if there is something to show; else to the door. */
function enter() {
  const { me, room } = arrival;
  if (me && (me.token || me.code)) begin(me);
  else goToDoor({ me, code: theCode(), room });
}

const theCode = () => arrival.code || store.read("code", "");

/** @param {import("./identity.mjs").Identity} me */
function begin(me) {
  chat.me = me;
  showApp();
  chat.begin(me);
}

function leave() {
  chat.leave();
  composer.forget();
  pending.update();
  goToDoor({ me: null, code: theCode(), room: arrival.room });
}

/** What lies over the chat would lie over the door too. @param {import("./door.mjs").Visit} visit */
function goToDoor(visit) {
  panel.open(false);
  share.close();
  door.show(visit);
}

function showApp() {
  byId("door").hidden = true;
  byId("app").hidden = false;
  setWords(byId("roomName"), chat.me?.room || "lobby");
}

function showStatus() {
  const connected = chat.connection.line !== null;
  if (connected) lostSince = performance.now();
  const words = describe({
    online: chat.connection.online,
    connected,
    stopped: chat.connection.stopped,
    everIn: chat.timeline !== null,
    long: performance.now() - lostSince > LONG_MS,
    trouble: chat.trouble,
    remark: chat.remark,
    waiting: chat.waiting,
    refusal: chat.refusal,
    codeRefused: chat.codeRefused,
    ends: endsSoon(),
    unsent: chat.me ? chat.outbox.unsent(chat.me.room).length : 0,
  });
  byId("connection").className = `connection ${words.kind}`;
  setWords(byId("connectionText"), words.line);
  byId("banner").hidden = !words.banner;
  byId("banner").className = `banner ${words.kind}`;
  setWords(byId("bannerText"), words.banner);
  const button = byId("bannerButton");
  button.hidden = !words.action;
  setWords(button, words.action?.words ?? "");
  button.onclick = () => act(words.action?.act);
  pending.update();
}

/** When the invite ends, if it is time to ask for another. */
function endsSoon() {
  const left = chat.expires - Date.now();
  if (!(left > 0 && left < ENDS_SOON_MS)) return "";
  return new Date(chat.expires).toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" });
}

/** @param {import("./status.mjs").Act | undefined} what */
function act(what) {
  if (what === "again") {
    goToDoor({ problem: chat.refusal, needsInvite: !chat.codeRefused, me: chat.me, room: chat.me?.room ?? "" });
    return;
  }
  if (what === "here") chat.connection.stopped = "";
  chat.connection.now();
}

/** iOS does not make the page smaller when its keyboard comes: it is told here what is in sight. */
function fitKeyboard() {
  const sight = visualViewport;
  if (!sight || sight.scale > 1.01) return;
  document.documentElement.style.setProperty("--sight", `${sight.height}px`);
  if (sight.offsetTop > 0) scrollTo(0, 0);
}

visualViewport?.addEventListener("resize", fitKeyboard);
// Another link to this VM, opened in this tab, loads nothing anew.
addEventListener("hashchange", () => {
  if (!/^#(.*&)?[tc]=/.test(location.hash)) return;
  arrival = come(chat.me ?? store.read("me", null));
  enter();
});
addEventListener("online", () => {
  showStatus();
  chat.connection.renew();
});
addEventListener("offline", () => {
  chat.connection.offline();
  showStatus();
});
addEventListener("pageshow", event => {
  if (event.persisted) chat.connection.wake();
});
document.addEventListener("resume", () => chat.connection.wake());
document.addEventListener("visibilitychange", () => {
  if (document.hidden) {
    goOver();
    return;
  }
  chat.connection.wake();
  room.seen();
});
// Whoever comes back soon was only loading the page anew.
addEventListener("pagehide", () => chat.connection.line && store.write("here", Date.now()));
// What is not acknowledged survives a reload, but not the closing of the tab.
addEventListener("beforeunload", event => {
  if (chat.outbox.anyUnsent && !leaving) event.preventDefault();
});
for (const touch of ["keydown", "input", "pointerdown", "pointermove", "wheel", "touchmove"]) {
  addEventListener(touch, touched, { passive: true, capture: true });
}
setInterval(() => {
  tick(chat);
  showStatus();
  goOver();
}, 1_000);

enter();
