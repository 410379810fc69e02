"use strict";
// The chat's page. Speaks the frames of the agent's WebSocket; keeps what was said until the agent
// acknowledges it; finds another VM when this one goes. Everything people wrote is put into text
// nodes, never into markup.
(() => {
  const $ = id => document.getElementById(id);
  const random = bytes => Array.from(crypto.getRandomValues(new Uint8Array(bytes)), b => b.toString(36).padStart(2, "0")).join("");
  const KEPT = 5000;                  // messages of a room the page keeps
  const ACK_PATIENCE = 10_000;        // ms until a connection without acknowledgements counts as dead
  const TYPING_EVERY = 15_000;
  const SILENCE = 50_000;             // the VM says something every 20 s; after this it is gone
  const LONGEST_FRAME = 8 * 1024;     // bytes of UTF-8 that the VM takes in one frame
  const SAME_BREATH = 5 * 60_000;     // messages closer than this stand under one name

  // --- What survives a reload: who I am and what I said that nobody has yet. ---------------------
  const store = {
    read(key, otherwise) {
      try { return JSON.parse(sessionStorage.getItem("podium." + key)) ?? otherwise; } catch { return otherwise; }
    },
    write(key, value) {
      try { sessionStorage.setItem("podium." + key, JSON.stringify(value)); } catch { /* Private mode: nothing survives. */ }
    },
  };
  let me = store.read("me", null);              // {token | code, name, device, room}
  let pending = store.read("pending", []);      // [{cid, room, text, at, failed?}]
  const run = random(4);                        // a copied tab copies the store: its messages get another prefix
  let sequence = 0;

  const fragment = new URLSearchParams(location.hash.slice(1));
  const asked = new URLSearchParams(location.search).get("room");
  if (fragment.get("t")) {
    const same = me && me.token === fragment.get("t");
    if (!same) me = { token: fragment.get("t"), device: random(12), room: asked || fragment.get("room") || "" };
    // Out of the address bar, so that nobody reads it over a shoulder or copies it by mistake.
    history.replaceState(null, "", location.pathname + location.search);
  } else if (me && asked) {
    me.room = asked;
  }

  // --- State ------------------------------------------------------------------------------------
  const rooms = new Map();            // name -> {messages, ids, origins, last, unread}
  let room = null;                    // the one shown
  let myId = null;
  let instance = "";
  let peers = [];                     // [{instance, url, participants, seats}]
  let members = [];
  let memberCount = 0;
  let place = location.origin + "/";  // the VM we talk to, or try to
  let home = "";                      // the VM that let us in last: only its refusal is final
  let wanted = null;                  // the room asked for, until a VM agrees
  let remark = "";                    // what a VM said to something we asked
  let socket = null;                  // the admitted one; its `room` is where the VM has us
  let trying = null;                  // one on its way
  let attempt = 0;
  let timer = 0;
  let stopped = "";                   // why we do not even try
  let trouble = "";                   // what the VM says of itself
  let heardAt = 0;                    // when the VM last said anything
  let typedAt = 0;
  let atEnd = true;

  const roomOf = name => {
    if (!rooms.has(name)) rooms.set(name, { name, messages: [], ids: new Set(), origins: new Set(), last: "", unread: null });
    return rooms.get(name);
  };

  // --- Connection -------------------------------------------------------------------------------
  const wsUrl = url => url.replace(/^http/, "ws") + "ws";

  function hello(ws) {
    const frame = { t: "hello", device: me.device };
    if (me.token) frame.token = me.token; else frame.code = me.code;
    if (me.name) frame.name = me.name;
    const name = wanted ?? me.room;
    if (name) frame.room = name;
    const last = name && rooms.get(name)?.last;
    if (last) frame.after = last;
    ws.asked = (ws.asked || 0) + 1;
    ws.send(JSON.stringify(frame));
  }

  /** Opens a connection to a VM. The old one, if there is one, stays until the new one is welcome. */
  function connect(url) {
    clearTimeout(timer);
    if (trying) { trying.abandoned = true; trying.close(); }
    let ws;
    try { ws = new WebSocket(wsUrl(url)); } catch { return later(); }
    ws.place = url;
    trying = ws;
    ws.onopen = () => { ws.opened = true; hello(ws); };
    ws.onmessage = event => heard(ws, JSON.parse(event.data));
    ws.onclose = event => closed(ws, event);
    // A VM that vanished without a word does not refuse a connection: it is silent.
    setTimeout(() => { if (ws === trying) ws.close(); }, 6000);
    showConnection();
  }

  function closed(ws, event) {
    if (ws.abandoned) return;
    const wasOurs = ws === socket;
    if (wasOurs) socket = null;
    if (ws === trying) trying = null;
    if (socket) return;                                   // A move that failed; we still sit here.
    if (stopped || ws.refused) return showConnection();
    if (event.code === 4009) {
      stopped = "elsewhere";
    } else if (wasOurs && event.code !== 4010) {
      attempt = 0;
    } else if (!ws.opened && ws.place !== location.origin + "/" && !ws.welcomed) {
      noteUnreachable(ws.place);
    }
    if (!stopped) later(event.code);
    showConnection();
  }

  const unusable = new Set();                             // urls of VMs that refuse our invite
  const unreachable = new Map();                          // url -> failures in a row
  const noteUnreachable = url => unreachable.set(url, (unreachable.get(url) || 0) + 1);

  /** Tries again soon: first where we were, then the others, each time after a longer, uneven wait. */
  function later(code) {
    clearTimeout(timer);
    const wait = attempt === 0 ? 150 + Math.random() * 350
      : Math.min(30_000, 500 * 2 ** Math.min(attempt, 6)) * (0.5 + Math.random());
    const others = peers.map(peer => peer.url).filter(url => url !== place && !unusable.has(url));
    const fresh = others.filter(url => (unreachable.get(url) || 0) < 2);
    const choice = fresh.length ? fresh : others;
    if (choice.length && (code === 4010 || attempt % 2 === 1)) place = choice[Math.floor(Math.random() * choice.length)];
    attempt++;
    timer = setTimeout(() => connect(place), wait);
  }

  function now() {
    if (stopped || !me || socket || document.getElementById("app").hidden) return;
    attempt = 0;
    connect(place);
  }
  addEventListener("online", () => { showConnection(); now(); });
  addEventListener("offline", () => showConnection());
  addEventListener("pageshow", event => { if (event.persisted) now(); });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    if (socket && Date.now() - heardAt > SILENCE) giveUp();
    if (!trying) now();
    seen();
  });

  const send = frame => {
    if (!socket || socket.readyState !== 1) return false;
    socket.send(JSON.stringify(frame));
    return true;
  };

  function heard(ws, frame) {
    switch (frame.t) {
      case "welcome": return welcome(ws, frame);
      case "error": return failed(ws, frame);
      default:
    }
    if (ws !== socket) return;
    heardAt = Date.now();
    switch (frame.t) {
      case "msg": take(roomOf(ws.room), frame); break;
      case "ack": acknowledged(frame.cid, frame.id); break;
      case "members": members = frame.members; memberCount = frame.count ?? members.length; showPeople(); break;
      case "peers": peers = frame.peers; break;
      case "moved": connect(frame.url); break;
      case "state": trouble = frame.ok ? "" : frame.message; showConnection(); break;
      default:
    }
  }

  function welcome(ws, frame) {
    const old = socket;
    ws.welcomed = true;
    socket = ws;
    heardAt = Date.now();
    if (trying === ws) trying = null;
    ws.room = frame.room;
    ws.asked--;
    if (!ws.asked) wanted = null;
    place = home = ws.place;
    attempt = 0;
    trouble = "";
    unreachable.clear();
    unusable.delete(place);
    if (old && old !== ws) { old.abandoned = true; try { old.send('{"t":"bye"}'); } catch { /* gone */ } setTimeout(() => old.close(), 500); }
    myId = frame.you.id;
    instance = frame.instance;
    peers = frame.peers;
    members = frame.members;
    memberCount = frame.count ?? members.length;
    me.room = frame.room;
    me.shown = frame.you.name;
    store.write("me", me);
    const entered = roomOf(frame.room);
    // Written before any VM had said which room this is.
    pending.forEach(item => { item.room ||= frame.room; });
    keepPending();
    const gap = !frame.recovered && entered.messages.length > 0;
    if (room !== entered) enter(entered);
    if (gap) addGap(entered);
    frame.messages.forEach(message => take(entered, message, true));
    settleView();
    pending.filter(item => item.room === ws.room && !item.failed).forEach(say);
    showAll();
  }

  function failed(ws, frame) {
    if (frame.cid) return refusedMessage(frame);
    if (ws.welcomed) {                                    // We sit here, and stay.
      if (ws.asked > 0) {
        ws.asked--;
        wanted = null;
        remarks(frame.message);
        if (ws === socket) pending.filter(item => item.room === ws.room && !item.failed).forEach(say);
      }
      return;
    }
    switch (frame.code) {
      case "full":
      case "draining":
        ws.refused = true;
        if (trying === ws) trying = null;
        if (socket) return;
        if (frame.url) { attempt = 0; timer = setTimeout(() => connect(frame.url), 100 + Math.random() * 400); }
        else { askForSeat(); timer = setTimeout(() => connect(place), 2500 + Math.random() * 1000); }
        stoppedFor(frame.url ? "" : "Every seat is taken. You are let in as soon as there is one.");
        break;
      case "unavailable":
        break;                                            // It closes by itself, and we try again.
      case "too_fast":
        if (!socket) stoppedFor(frame.message);           // Likewise.
        break;
      default:
        if (socket || (home && ws.place !== home)) {
          // Not the VM that let us in: it may know less than that one, or be none of our business.
          unusable.add(ws.place);
          if (home) place = home;
          if (!socket) stoppedFor(frame.message);
          return;
        }
        if (frame.code === "bad_frame" && wanted) {       // A room that cannot be; the old one can.
          wanted = null;
          remarks(frame.message);
          return;
        }
        ws.refused = true;
        stopped = "refused";
        if (frame.code === "bad_frame") me.room = "";
        // The invite is kept until another replaces it: a VM may refuse what it takes a moment later.
        if (frame.code === "bad_code" && !me.shown) me.code = "";
        store.write("me", me);
        showDoor(frame.message, frame.code === "bad_token");
    }
  }

  /** Says something for a while. */
  function remarks(words) {
    remark = words;
    showConnection();
    setTimeout(() => { if (remark === words) { remark = ""; showConnection(); } }, 8000);
  }

  const askForSeat = () => { fetch("/join/seat?who=" + me.device.slice(0, 12), { cache: "no-store" }).catch(() => { /* later */ }); };
  let waitingWords = "";
  const stoppedFor = words => { waitingWords = words; showConnection(); };

  // --- Saying -----------------------------------------------------------------------------------
  const cid = () => `${run}-${++sequence}`;

  const bytes = text => new TextEncoder().encode(text).length;

  /** While the VM has not answered where we are, nothing is sent: it would land in the other room. */
  function say(item) {
    item.failed = "";
    const frame = { t: "say", cid: item.cid, text: item.text };
    const length = bytes(JSON.stringify(frame));
    if (length > LONGEST_FRAME) {
      item.failed = `This message is too long: it takes ${Math.ceil(length / 1024)} KiB of at most ${LONGEST_FRAME / 1024}. Send it in parts.`;
      keepPending();
      showPending(item);
      return;
    }
    if (socket && !socket.asked && item.room === socket.room && send(frame)) {
      item.sentAt = Date.now();
      item.tries = (item.tries || 0) + 1;
    }
  }

  /** The connection looks open and is dead. */
  function giveUp() {
    const dead = socket;
    socket = null;
    dead.abandoned = true;
    dead.close();
    attempt = 0;
    later();
    showConnection();
  }

  // What is not acknowledged is said again, with the same cid: 1 s, 2 s, … 30 s.
  setInterval(() => {
    const time = Date.now();
    if (socket && time - heardAt > SILENCE) return giveUp();
    const waiting = pending.filter(item => !item.failed && item.room === socket?.room);
    if (!socket || !waiting.length) return;
    const oldest = waiting[0];
    if (!trouble && oldest.tries > 1 && time - (oldest.firstAt ??= time) > ACK_PATIENCE) {
      oldest.firstAt = time;
      return giveUp();
    }
    for (const item of waiting) {
      const wait = Math.min(30_000, 1000 * 2 ** Math.min(5, (item.tries || 1)));
      if (time - (item.sentAt || 0) > wait) say(item);
    }
  }, 1000);

  function acknowledged(id) {
    const item = pending.find(waiting => waiting.cid === id);
    if (item) { item.acked = true; drop(item); }
  }

  /** Acknowledged, it is Pub/Sub's; it stays in sight, as on its way, until it comes round. */
  function drop(item) {
    pending = pending.filter(other => other !== item);
    keepPending();
    const node = nodesOfPending.get(item.cid);
    if (node) { node.querySelector(".note").textContent = "Sent"; setTimeout(() => { node.remove(); nodesOfPending.delete(item.cid); }, 8000); }
  }

  function refusedMessage(frame) {
    const item = pending.find(waiting => waiting.cid === frame.cid);
    if (!item) return;
    if (frame.code === "too_fast" || frame.code === "unavailable") {
      item.sentAt = Date.now() + 2000;
      notice(item, frame.message + " It is sent again by itself.");
      return;
    }
    item.failed = frame.message;
    keepPending();
    showPending(item);
  }

  const keepPending = () => store.write("pending", pending);

  // --- Messages ---------------------------------------------------------------------------------
  const list = $("messages");
  const waitingList = $("pending");
  const scroller = $("scroller");
  const nodesOfPending = new Map();

  function take(into, message, quiet) {
    const origin = message.from.id + "\n" + message.cid;
    if (into.ids.has(message.id) || into.origins.has(origin)) { into.last = message.id; return; }
    into.ids.add(message.id);
    into.origins.add(origin);
    into.messages.push(message);
    into.last = message.id;
    if (into.messages.length > KEPT) {
      const gone = into.messages.shift();
      if (into === room) list.firstElementChild?.remove();
      if (gone.id) into.ids.delete(gone.id);
    }
    if (message.from.id === myId) {
      const item = pending.find(waiting => waiting.cid === message.cid);
      if (item) { pending = pending.filter(other => other !== item); keepPending(); }
      nodesOfPending.get(message.cid)?.remove();
      nodesOfPending.delete(message.cid);
    } else if (into === room && (document.hidden || !atEnd) && !quiet) {
      if (!into.unread) { into.unread = { from: message.id, count: 0 }; list.append(rule("New", "unread")); }
      into.unread.count++;
    }
    if (into === room) {
      list.append(messageNode(message, into.messages.at(-2)));
      if (!quiet) settleView();
    }
  }

  function addGap(into) {
    const gap = { gap: true };
    into.messages.push(gap);
    if (into === room) list.append(messageNode(gap));
  }

  function rule(words, kind) {
    const node = document.createElement("li");
    node.className = "rule " + kind;
    node.textContent = words;
    return node;
  }

  const dayOf = time => new Date(time).toDateString();
  const dayWords = time => {
    const today = new Date().toDateString();
    if (dayOf(time) === today) return "Today";
    if (dayOf(time) === new Date(Date.now() - 864e5).toDateString()) return "Yesterday";
    return new Date(time).toLocaleDateString(undefined, { weekday: "long", day: "numeric", month: "long" });
  };
  const clock = time => new Date(time).toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" });

  function hue(id) {
    let sum = 7;
    for (const char of id) sum = (sum * 31 + char.codePointAt(0)) % 360;
    return sum;
  }

  function avatar(person) {
    const node = document.createElement("span");
    node.className = "avatar";
    node.setAttribute("aria-hidden", "true");
    node.style.setProperty("--hue", hue(person.id));
    const words = person.name.trim().split(/\s+/);
    node.textContent = ([...words[0]][0] + (words.length > 1 ? [...words.at(-1)][0] : "")).toUpperCase();
    return node;
  }

  const LINK = /\bhttps?:\/\/[^\s<>"]+/gi;

  /** Text with its links. Only http and https, and only as text nodes within. */
  function fill(node, text) {
    let from = 0;
    for (const match of text.matchAll(LINK)) {
      const address = match[0].replace(/[.,;:!?'»)\]]+$/, end => address_keeps(match[0], end));
      node.append(text.slice(from, match.index));
      const link = document.createElement("a");
      link.href = address;
      link.target = "_blank";
      link.rel = "noopener noreferrer nofollow ugc";
      link.textContent = address;
      node.append(link);
      from = match.index + address.length;
    }
    node.append(text.slice(from));
  }
  // A closing bracket belongs to the address only if it was opened within it.
  const address_keeps = (address, end) => end.startsWith(")") && address.includes("(") ? ")" : "";

  const ONLY_EMOJI = /^(?:\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier}|\u200D\p{Extended_Pictographic})*\s*){1,3}$/u;

  function bubble(text) {
    const said = document.createElement("div");
    said.className = ONLY_EMOJI.test(text) ? "said only" : "said";
    said.dir = "auto";
    fill(said, text);
    return said;
  }

  function messageNode(message, before) {
    if (message.gap) return rule("Some messages are missing here", "gap");
    const parts = document.createDocumentFragment();
    const newDay = !before || before.gap || dayOf(before.at) !== dayOf(message.at);
    if (newDay) parts.append(rule(dayWords(message.at), "day"));
    const first = newDay || before.from.id !== message.from.id || before.from.name !== message.from.name
      || new Date(message.at) - new Date(before.at) > SAME_BREATH;
    const mine = message.from.id === myId;
    const node = document.createElement("li");
    node.className = "message" + (first ? " first" : "") + (mine ? " mine" : "");
    const body = document.createElement("div");
    body.className = "body";
    if (first && !mine) node.append(avatar(message.from));
    const who = document.createElement("div");
    who.className = first ? "who" : "hidden";
    const name = document.createElement("b");
    name.dir = "auto";
    name.textContent = message.from.name;
    if (mine) name.className = "hidden";
    const time = document.createElement("time");
    time.dateTime = message.at;
    time.title = new Date(message.at).toLocaleString() + " on " + message.from.instance;
    time.textContent = clock(message.at);
    who.append(name, " ", time);
    body.append(who, bubble(message.text));
    node.append(body);
    parts.append(node);
    return parts;
  }

  function showPending(item) {
    let node = nodesOfPending.get(item.cid);
    if (!node) {
      node = document.createElement("li");
      nodesOfPending.set(item.cid, node);
      waitingList.append(node);
    }
    node.className = "message mine first " + (item.failed ? "failed" : "waiting");
    const body = document.createElement("div");
    body.className = "body";
    const note = document.createElement("div");
    note.className = "note";
    body.append(bubble(item.text), note);
    node.replaceChildren(body);
    if (item.failed) {
      note.textContent = "Not sent. " + item.failed + " ";
      const edit = document.createElement("button");
      edit.type = "button";
      edit.textContent = "Edit";
      edit.onclick = () => { forget(item); input.value = item.text; grow(); input.focus(); };
      const discard = document.createElement("button");
      discard.type = "button";
      discard.textContent = "Discard";
      discard.onclick = () => forget(item);
      note.append(edit, discard);
    } else {
      note.textContent = socket ? "Sending…" : "Waiting for the connection…";
    }
  }

  const notice = (item, words) => { const node = nodesOfPending.get(item.cid); if (node) node.querySelector(".note").textContent = words; };

  function forget(item) {
    pending = pending.filter(other => other !== item);
    keepPending();
    nodesOfPending.get(item.cid)?.remove();
    nodesOfPending.delete(item.cid);
    showEmpty();
  }

  // --- The view's end ---------------------------------------------------------------------------
  const toEnd = () => { scroller.scrollTop = scroller.scrollHeight; };
  scroller.addEventListener("scroll", () => {
    atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 80;
    if (atEnd) seen();
    $("newer").hidden = atEnd || !room?.unread;
  }, { passive: true });
  new ResizeObserver(() => { if (atEnd) toEnd(); }).observe(scroller);

  function settleView() {
    showEmpty();
    if (atEnd && !document.hidden) toEnd();
    else if (atEnd) toEnd();
    else $("newer").hidden = !room?.unread;
    showTitle();
  }

  function seen() {
    if (!room?.unread || document.hidden || !atEnd) return;
    room.unread = null;
    $("newer").hidden = true;
    showTitle();
    // The line stays a moment: eyes need it more than the program does.
    const marks = list.querySelectorAll(".rule.unread");
    setTimeout(() => marks.forEach(mark => mark.remove()), 4000);
  }
  $("newer").onclick = () => { toEnd(); input.focus(); };

  // --- Showing ----------------------------------------------------------------------------------
  function enter(next) {
    room = next;
    atEnd = true;
    list.replaceChildren();
    // Told as a whole: a screen reader need not read a whole history aloud.
    $("log").setAttribute("aria-live", "off");
    let before;
    for (const message of next.messages) { list.append(messageNode(message, before)); before = message; }
    waitingList.replaceChildren();
    nodesOfPending.clear();
    pending.filter(item => item.room === next.name).forEach(showPending);
    setTimeout(() => $("log").setAttribute("aria-live", "polite"), 1000);
    toEnd();
  }

  function showAll() {
    $("door").hidden = true;
    $("app").hidden = false;
    $("roomName").textContent = me.room;
    showRooms();
    showPeople();
    showConnection();
    pending.filter(item => item.room === me.room).forEach(showPending);
    settleView();
  }

  const showTitle = () => {
    const count = room?.unread?.count || 0;
    document.title = (count ? `(${count}) ` : "") + (me?.room ? `${me.room} – Podium chat` : "Podium chat");
  };

  const showEmpty = () => { $("empty").hidden = !room || room.messages.length > 0 || waitingList.childElementCount > 0; };

  function showConnection() {
    const line = $("connection");
    let words;
    let kind = "";
    if (!navigator.onLine && !stopped) { words = "Offline"; kind = "lost"; }
    else if (socket && !trouble) { words = "Connected"; kind = "good"; }
    else if (socket) { words = "Connected, with trouble"; }
    else if (stopped) { words = "Not connected"; kind = "lost"; }
    else { words = room ? "Reconnecting…" : "Connecting…"; }
    line.className = "connection " + kind;
    if ($("connectionText").textContent !== words) $("connectionText").textContent = words;
    showBanner();
    if (!socket) pending.filter(item => !item.failed).forEach(item => notice(item, "Waiting for the connection…"));
  }

  let bannerTimer = 0;
  function showBanner() {
    clearTimeout(bannerTimer);
    if (socket) waitingWords = "";
    if (stopped === "elsewhere") return banner("You opened this chat in too many places; this one was closed.", "Use it here", () => { stopped = ""; now(); });
    if (!navigator.onLine && !stopped) return banner("You are offline. What you write is kept and sent when you are back.");
    if (socket) return banner(trouble || remark);
    if (waitingWords) return banner(waitingWords);
    // A short break is nobody's business: the line at the top says enough.
    bannerTimer = setTimeout(() => { if (!socket && !stopped) banner("The connection is lost. Trying again… What you write is kept.", "Try now", () => { attempt = 0; connect(place); }); }, 3000);
  }

  function banner(words, action, then) {
    $("banner").hidden = !words;
    $("bannerText").textContent = words;
    $("bannerButton").hidden = !action;
    $("bannerButton").textContent = action || "";
    $("bannerButton").onclick = then || null;
  }

  function showPeople() {
    $("panelCount").textContent = memberCount;
    $("peopleCount").textContent = memberCount;
    const sorted = [...members].sort((a, b) => (b.id === myId) - (a.id === myId) || a.name.localeCompare(b.name));
    $("people").replaceChildren(...sorted.map(person => {
      const node = document.createElement("li");
      node.className = "person";
      const words = document.createElement("div");
      const name = document.createElement("b");
      name.dir = "auto";
      name.textContent = person.name + (person.id === myId ? " (you)" : "");
      const at = document.createElement("span");
      at.className = "at";
      at.textContent = "on " + person.instance;
      words.append(name, at);
      node.append(avatar(person), words);
      return node;
    }));
    if (memberCount > members.length) {
      const more = document.createElement("li");
      more.className = "hint small";
      more.textContent = `and ${memberCount - members.length} more`;
      $("people").append(more);
    }
    $("place").textContent = instance ? `You are on ${instance}.` : "";
  }

  function showRooms() {
    const names = new Set(["lobby", ...(me.rooms || []), me.room]);
    me.rooms = [...names];
    store.write("me", me);
    $("rooms").replaceChildren(...me.rooms.map(name => {
      const node = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      const hash = document.createElement("span");
      hash.className = "hash";
      hash.setAttribute("aria-hidden", "true");
      hash.textContent = "#";
      button.append(hash, name);
      if (name === me.room) button.setAttribute("aria-current", "true");
      else if (pending.some(item => item.room === name)) button.append(" (something not sent yet)");
      button.onclick = () => { openPanel(false); goTo(name); };
      node.append(button);
      return node;
    }));
  }

  /** Asks for another room. Until the VM agrees we are, and show, where we were. */
  function goTo(name) {
    if (!name || (name === me.room && !socket?.asked)) { wanted = null; return; }
    wanted = name;
    const patience = Date.now() + 3000;
    const ask = () => {
      if (wanted !== name) return;
      // What was said here is acknowledged first: from the other room it could not be said again.
      const unsaid = socket && pending.some(item => !item.failed && item.room === socket.room);
      if (unsaid && Date.now() < patience) setTimeout(ask, 50);
      else if (socket) hello(socket);
      else now();
    };
    ask();
  }

  function showDoor(problem, needsInvite) {
    $("app").hidden = true;
    $("door").hidden = false;
    $("doorError").hidden = !problem;
    $("doorError").textContent = problem || "";
    const invited = Boolean(me?.token) && !needsInvite;
    $("codeField").hidden = invited;
    $("doorHint").textContent = needsInvite
      ? "Ask your host for a new link, or enter the access code if you have one."
      : "Enter your name and the access code from your host.";
    $("nameInput").value = me?.name || "";
    $("roomInput").value = me?.room || asked || "";
    document.title = "Join the chat – Podium";
    (problem && !invited ? $("codeInput") : $("nameInput")).focus();
  }

  // --- What people do ---------------------------------------------------------------------------
  $("joinForm").addEventListener("submit", event => {
    event.preventDefault();
    const name = $("nameInput").value.trim();
    const code = $("codeInput").value.trim();
    const invited = Boolean(me?.token) && $("codeField").hidden;
    const problem = !name ? "Enter your name first." : !code && !invited ? "Enter the access code from your host." : "";
    if (problem) {
      $("doorError").hidden = false;
      $("doorError").textContent = problem;
      (name ? $("codeInput") : $("nameInput")).focus();
      return;
    }
    me = { ...(invited ? { token: me.token } : { code }), name, device: me?.device || random(12), room: $("roomInput").value.trim() };
    home = "";
    stopped = "";
    attempt = 0;
    begin();
  });

  const input = $("text");
  const grow = () => { if (!CSS.supports("field-sizing", "content")) { input.style.height = "auto"; input.style.height = input.scrollHeight + 2 + "px"; } };
  input.addEventListener("input", () => {
    grow();
    const time = Date.now();
    if (time - typedAt > TYPING_EVERY && send({ t: "typing" })) typedAt = time;
  });
  const touch = matchMedia("(pointer: coarse)").matches;
  input.addEventListener("keydown", event => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && !touch) {
      event.preventDefault();
      $("composer").requestSubmit();
    }
  });
  $("composer").addEventListener("submit", event => {
    event.preventDefault();
    const text = input.value.replace(/\s+$/, "");
    if (!text.trim() || !me) return;
    const item = { cid: cid(), room: socket?.room ?? room?.name ?? "", text, at: new Date().toISOString() };
    pending.push(item);
    keepPending();
    say(item);
    if (!item.failed) showPending(item);
    input.value = "";
    grow();
    input.focus();
    showEmpty();
    atEnd = true;
    toEnd();
  });

  function openPanel(open) {
    $("panel").classList.toggle("open", open);
    $("shade").hidden = !open;
    $("panelButton").setAttribute("aria-expanded", String(open));
    if (open) $("panelClose").focus(); else if (document.activeElement === $("panelClose")) $("panelButton").focus();
  }
  $("panelButton").onclick = () => openPanel(!$("panel").classList.contains("open"));
  $("panelClose").onclick = () => openPanel(false);
  $("shade").onclick = () => openPanel(false);
  addEventListener("keydown", event => { if (event.key === "Escape") openPanel(false); });
  $("roomForm").addEventListener("submit", event => {
    event.preventDefault();
    const name = $("otherRoom").value.trim().toLowerCase();
    $("otherRoom").value = "";
    if (name) { openPanel(false); goTo(name); }
  });
  $("hold").onclick = () => {
    if (!send({ t: "hold", minutes: 30 })) return;
    const button = $("hold");
    const words = button.textContent;
    button.textContent = "Kept for 30 minutes";
    setTimeout(() => { button.textContent = words; }, 4000);
  };
  $("leave").onclick = () => {
    send({ t: "bye" });
    stopped = "left";
    if (socket) socket.abandoned = true;
    socket?.close();
    socket = null;
    // Nor may one come that is on its way: it would sit there as somebody who has left.
    clearTimeout(timer);
    if (trying) { trying.abandoned = true; trying.close(); }
    trying = null;
    wanted = null;
    home = "";
    me = null;
    pending = [];
    store.write("me", null);
    keepPending();
    rooms.clear();
    room = null;
    openPanel(false);
    showDoor("");
  };

  function begin() {
    store.write("me", me);
    $("door").hidden = true;
    $("app").hidden = false;
    $("roomName").textContent = me.room || "lobby";
    connect(place);
  }

  if (me && (me.token || me.code)) begin(); else showDoor("");
})();
