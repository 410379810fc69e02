import assert from "node:assert/strict";
import { test } from "node:test";
import { Places, placeOf } from "../../main/resources/dev/podium/agent/web/page/places.mjs";

const HERE = "http://10.0.0.1:8080/";
const THERE = "http://10.0.0.2:8080/";
const FAR = "http://10.0.0.3:8080/";

function places() {
  const all = new Places(HERE, () => 0);
  all.named(peers(THERE, FAR));
  all.welcomed(HERE);
  return all;
}

function peers(...urls) {
  return urls.map(url => ({ instance: url, url, participants: 0, seats: 50 }));
}

/** None of these can be reached any more. */
function lose(all, ...urls) {
  for (const url of [...urls, ...urls]) all.unreachable(url);
}

test("after a break the same VM is tried first, then another", () => {
  const all = places();
  all.next(false);
  assert.equal(all.current, HERE);
  all.next(false);
  assert.equal(all.current, THERE);
});

test("who is told that the VM closes goes elsewhere at once", () => {
  const all = places();
  all.next(true);
  assert.equal(all.current, THERE);
});

test("a VM that can not be reached is left until the last", () => {
  const all = places();
  lose(all, THERE);
  all.next(true);
  assert.equal(all.current, FAR);
});

test("a VM that refuses is not tried again, and the one that let us in is", () => {
  const all = places();
  all.next(true);
  all.refusedBy(THERE);
  assert.equal(all.current, HERE);
  all.next(true);
  assert.equal(all.current, FAR);
});

test("a VM that refuses is asked again when the one that let us in is gone, and in the end is believed", () => {
  const all = places();
  const tried = [];
  while (!all.hopeless && tried.length < 20) {
    all.next(false);
    tried.push(all.current);
    if (all.current === HERE) all.unreachable(HERE);
    else all.refusedBy(all.current);
  }
  assert.deepEqual(tried, [HERE, THERE, HERE, FAR, THERE, FAR]);
});

test("as long as one VM may let us in there is hope, also the one that did", () => {
  const all = places();
  for (const place of [THERE, THERE, FAR, FAR]) all.refusedBy(place);
  assert.equal(all.hopeless, false);
  lose(all, HERE);
  assert.equal(all.hopeless, true);
  all.reached(HERE);
  assert.equal(all.hopeless, false);
});

test("who went elsewhere in vain comes back to the VM that let them in", () => {
  const all = places();
  all.next(true);
  lose(all, THERE, FAR);
  all.next(true);
  assert.equal(all.current, HERE);
});

test("a VM that hears no other and dies leaves those to try that it named before", () => {
  const all = places();
  all.named([]);
  lose(all, HERE);
  all.next(false);
  assert.equal(all.current, THERE);
});

test("who was named before is tried only when nobody else can be reached", () => {
  const all = places();
  all.named(peers(FAR));
  all.next(true);
  assert.equal(all.current, FAR);
  lose(all, HERE, FAR);
  all.next(true);
  assert.equal(all.current, THERE);
});

test("where we were before is remembered too", () => {
  const all = new Places(FAR, () => 0);
  all.welcomed(FAR);
  all.welcomed(HERE);
  all.named([]);
  lose(all, HERE);
  all.next(false);
  assert.equal(all.current, FAR);
});

test("of many that were named the latest are remembered", () => {
  const all = places();
  const many = Array.from({ length: 16 }, (_, i) => `http://10.0.1.${i}:8080/`);
  all.named(peers(...many));
  all.named([]);
  const tried = new Set();
  for (let i = 0; i < 60; i++) {
    all.unreachable(all.current);
    all.next(true);
    tried.add(all.current);
  }
  assert.deepEqual([...tried].filter(place => place !== HERE).sort(), many.sort());
});

test("a welcome forgets who refused: they may have learned since", () => {
  const all = places();
  all.refusedBy(THERE);
  all.welcomed(HERE);
  all.next(true);
  assert.equal(all.current, THERE);
});

test("who comes with something else to show tries a VM that answers", () => {
  const all = places();
  for (const place of [THERE, FAR]) all.refusedBy(place);
  lose(all, HERE);
  all.anew();
  assert.equal(all.current, THERE);
  assert.equal(all.home, "");
});

test("the waits grow to half a minute at most, and start anew with a welcome", () => {
  const all = new Places(HERE, () => 0.5);
  const waits = Array.from({ length: 9 }, () => all.next(false));
  assert.deepEqual(waits, [325, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  all.welcomed(HERE);
  assert.equal(all.next(false), 325);
});

test("only places that a VM of ours named are given, by their origin, and nothing that hides another", () => {
  const all = places();
  assert.equal(all.given(THERE), THERE);
  assert.equal(all.given(`${THERE}page?x#y`), THERE);
  assert.equal(all.given(HERE), HERE);
  for (const strange of ["http://203.0.113.66:8080/", "http://10.0.0.2:8081/", "https://10.0.0.2:8080/", "http://10.0.0.2:8080@203.0.113.66/",
    "http://me@10.0.0.2:8080/", "javascript:alert(1)", "ws://10.0.0.2:8080/", "//10.0.0.2:8080/", "", null, {}, 7]) assert.equal(all.given(strange), "", String(strange));
});

test("what is no address of a page is not remembered as a place", () => {
  const all = new Places(HERE, () => 0);
  all.named(peers("javascript:alert(1)", "http://eve@10.0.0.9:8080/", "ftp://10.0.0.9/", FAR));
  all.next(true);
  assert.equal(all.current, FAR);
  assert.equal(placeOf("http://10.0.0.9:80/x"), "http://10.0.0.9/");
});

test("before anybody let us in only the VM that the page came from may send us on", () => {
  const all = new Places(HERE, () => 0);
  assert.equal(all.sent(THERE, FAR), "");
  assert.equal(all.sent(HERE, THERE), THERE);
  assert.equal(all.sent(THERE, FAR), "");
  all.welcomed(THERE);
  assert.equal(all.sent(HERE, FAR), "");
});
