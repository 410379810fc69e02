// The front door's waiting page: asks every two seconds whether there is a seat. The invite stays
// in the fragment, which never leaves the browser, and is handed to the page that has the seat.

import { byId, setWords } from "./dom.mjs";
import { secret } from "./identity.mjs";
import * as store from "./store.mjs";
import { placeOf } from "./places.mjs";
import { progressOf, waitingWords } from "./waiting.mjs";

const ASK_EVERY_MS = 2_000;

// Out of the address bar, as the chat does; kept for a reload of this page.
const fragment = location.hash || store.read("brought", "");
if (location.hash) {
  store.write("brought", fragment);
  history.replaceState(null, "", location.pathname + location.search);
}

const who = secret(12);
const room = new URLSearchParams(location.search).get("room");
const since = performance.now();
let others = 0;
let lost = false;

function show() {
  const waited = performance.now() - since;
  /** @type {HTMLProgressElement} */ (byId("progress")).value = progressOf(waited);
  // The clock is for eyes; only what is news is read aloud.
  setWords(byId("waited"), waitingWords(waited, others));
  setWords(byId("news"), lost ? "The connection is lost. Trying again…" : "Waiting for a seat. More room was asked for.");
}

async function ask() {
  try {
    const query = new URLSearchParams({ who, ...(room ? { room } : {}) });
    const answer = await (await fetch(`/join/seat?${query}`, { cache: "no-store" })).json();
    lost = false;
    const seat = answer.url === "/" ? "/" : placeOf(answer.url);
    if (seat) {
      setWords(byId("news"), "There is a seat: here you go.");
      store.write("brought", null);
      location.replace(seat + (room ? `?${new URLSearchParams({ room })}` : "") + fragment);
      return;
    }
    others = Math.max(0, answer.waiting - 1);
  } catch {
    lost = true;
  }
  show();
  setTimeout(ask, ASK_EVERY_MS);
}

setInterval(show, 1_000);
ask();
