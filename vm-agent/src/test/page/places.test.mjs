import assert from "node:assert/strict";
import { test } from "node:test";
import { Places } from "../../main/resources/dev/podium/agent/web/page/places.mjs";

const HERE = "http://10.0.0.1:8080/";
const THERE = "http://10.0.0.2:8080/";
const FAR = "http://10.0.0.3:8080/";

function places() {
  const all = new Places(HERE, () => 0);
  all.peers = [THERE, FAR].map(url => ({ instance: url, url, participants: 0, seats: 50 }));
  all.welcomed(HERE);
  return all;
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
  all.unreachable(THERE);
  all.unreachable(THERE);
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

test("the waits grow to half a minute at most, and start anew with a welcome", () => {
  const all = new Places(HERE, () => 0.5);
  const waits = Array.from({ length: 9 }, () => all.next(false));
  assert.deepEqual(waits, [325, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  all.welcomed(HERE);
  assert.equal(all.next(false), 325);
});
