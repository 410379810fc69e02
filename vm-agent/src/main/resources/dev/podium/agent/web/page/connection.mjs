// The WebSocket to a VM: opened, kept, moved and opened again. The old connection stays until the
// new one is welcome, so that nobody sees a gap where there is none.

import { failureOf, frameOf, welcomeOf } from "./incoming.mjs";
import { abandon, lineTo } from "./line.mjs";
import { Close } from "./protocol.mjs";

/** @typedef {import("./line.mjs").Line} Line */

/** A VM that vanished without a word does not refuse a connection: it is silent. */
const OPENING_MS = 6_000;

/** A VM answers a hello within four seconds, or is not going to. */
const ANSWER_MS = 15_000;

/** A line that is slow gets up to so many times as long for its welcome, which may be a megabyte. */
const SLOWEST = 8;

/** The VM says something every 20 s. */
const SILENCE_MS = 50_000;

/** It says something at least this often while it lives. */
const FRESH_MS = 22_000;

/** Somebody who looks again after this much silence gets a fresh connection. */
const DOZE_MS = 25_000;

/**
 * @typedef {object} Owner
 * @property {() => {room?: string}} hello the frame that says who we are and where we want to be
 * @property {(frame: import("./protocol.mjs").Welcome, line: Line, asked: string) => void} welcomed to the room asked for
 * @property {(frame: any, line: Line) => void} heard
 * @property {(failure: import("./protocol.mjs").Failure, line: Line) => void} refused
 * @property {() => void} changed
 */

export class Connection {
  /** The admitted one. @type {Line | null} */
  line = null;

  /** Why we do not even try: "", "elsewhere", "refused" or "left". */
  stopped = "";

  /** One on its way. @type {Line | null} */
  #trying = null;
  #timer = 0;

  /** How often in a row a line was open, and yet no welcome came through. */
  #slow = 0;
  #heardAt = 0;
  #heardWall = 0;
  #offlineAt = 0;
  #owner;
  #places;

  /**
   * @param {import("./places.mjs").Places} places
   * @param {Owner} owner
   */
  constructor(places, owner) {
    this.#places = places;
    this.#owner = owner;
  }

  /**
   * Opens a line to a place that we were given; to where we are if it is none.
   * @param {string} wanted
   * @param {boolean} [renewal]
   */
  open(wanted, renewal = false) {
    const place = this.#places.given(wanted) || this.#places.current;
    clearTimeout(this.#timer);
    abandon(this.#trying);
    this.#trying = null;
    const line = lineTo(place, renewal);
    const { ws } = line;
    this.#trying = line;
    ws.onopen = () => {
      line.opened = true;
      this.#places.reached(place);
      this.hello(line);
      setTimeout(() => this.#tooLate(line), OPENING_MS * Math.min(SLOWEST, 2 ** this.#slow));
    };
    ws.onmessage = event => this.#heard(line, frameOf(event.data));
    ws.onclose = event => this.#closed(line, event.code);
    setTimeout(() => line.opened || this.#tooLate(line), OPENING_MS);
    this.#owner.changed();
  }

  /** The browser says that there is no network any more. */
  offline() {
    this.#offlineAt = performance.now();
  }

  /** What comes through proves the browser wrong: a VM may be on this computer. */
  get online() {
    return navigator.onLine || (this.line !== null && this.#heardAt > this.#offlineAt);
  }

  /** Whether the VM was heard a moment ago. */
  get fresh() {
    return this.line !== null && this.#silence() < FRESH_MS;
  }

  /** Whether something is asked of a VM, or a line is on its way to one, which then asks. */
  get busy() {
    return this.#trying !== null || (this.line?.asked.length ?? 0) > 0;
  }

  /** @param {Line} line */
  hello(line) {
    const hello = this.#owner.hello();
    line.asked.push(hello.room ?? "");
    line.askedAt = performance.now();
    line.ws.send(JSON.stringify(hello));
  }

  /**
   * @param {object} frame
   * @returns {boolean} whether it went out
   */
  send(frame) {
    if (this.line?.ws.readyState !== WebSocket.OPEN) return false;
    this.line.ws.send(JSON.stringify(frame));
    return true;
  }

  /**
   * Tries again soon.
   * @param {boolean} [elsewhere] whether the VM where we were closes
   */
  later(elsewhere = false) {
    clearTimeout(this.#timer);
    const wait = this.#places.next(elsewhere);
    this.#timer = setTimeout(() => this.open(this.#places.current), wait);
  }

  /**
   * Tries again at a VM's bidding.
   * @param {string} place
   * @param {number} wait in milliseconds
   */
  after(place, wait) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.open(place), wait);
  }

  /** Tries at once, if there is anything to try for. */
  now() {
    if (this.stopped || this.line) return;
    this.#places.attempt = 0;
    this.open(this.#places.current);
  }

  /** The device woke, or its network came back: the line may be dead although it looks open. */
  wake() {
    if (this.stopped || this.#trying) return;
    if (!this.line) this.now();
    else if (this.#silence() > DOZE_MS) this.open(this.line.place, true);
  }

  /** The network is another: what was open before is dead. */
  renew() {
    if (this.line && !this.stopped) this.open(this.line.place, true);
    else this.now();
  }

  /** To be called every second. */
  tick() {
    if (!this.line || this.#trying) return;
    const unanswered = this.line.asked.length > 0 && performance.now() - this.line.askedAt > ANSWER_MS;
    if (unanswered || this.#silence() > SILENCE_MS) this.giveUp();
  }

  /**
   * The connection looks open and is dead.
   * @param {boolean} [elsewhere] whether its VM is of no use either
   */
  giveUp(elsewhere = false) {
    abandon(this.line);
    this.line = null;
    this.#places.attempt = 0;
    this.later(elsewhere);
    this.#owner.changed();
  }

  /** Nothing is tried any more, and nothing that is on its way may arrive. @param {string} why */
  stop(why) {
    this.stopped = why;
    clearTimeout(this.#timer);
    abandon(this.line);
    abandon(this.#trying);
    this.line = null;
    this.#trying = null;
    this.#owner.changed();
  }

  /** A laptop's monotonic clock may stand still while it sleeps, and its other clock may be set. */
  #silence() {
    return Math.max(performance.now() - this.#heardAt, Date.now() - this.#heardWall);
  }

  /**
   * @param {Line} line
   * @param {any} frame
   */
  #heard(line, frame) {
    if (line.abandoned || !frame) return;
    if (frame.t === "welcome") {
      const welcome = welcomeOf(frame);
      if (welcome) this.#welcomed(line, welcome);
    } else if (frame.t === "error") {
      this.#owner.refused(failureOf(frame), line);
    } else if (line === this.line) {
      this.#noteHeard();
      if (frame.t === "moved") this.#moved(frame.url);
      else this.#owner.heard(frame, line);
    }
  }

  /**
   * @param {Line} line
   * @param {import("./protocol.mjs").Welcome} frame
   */
  #welcomed(line, frame) {
    const old = this.line;
    this.line = line;
    if (this.#trying === line) this.#trying = null;
    line.welcomed = true;
    this.#slow = 0;
    line.room = frame.room;
    line.seamless = old !== null && !line.renewal;
    this.#noteHeard();
    this.#places.welcomed(line.place);
    if (old && old !== line) {
      old.abandoned = true;
      if (old.ws.readyState === WebSocket.OPEN) old.ws.send('{"t":"bye"}');
      setTimeout(() => old.ws.close(), 500);
    }
    this.#owner.welcomed(frame, line, line.asked.shift() ?? "");
  }

  /** Goes where our VM sends us, if it is among the VMs that it told of; else to one of those. @param {any} url */
  #moved(url) {
    const place = this.#places.given(url);
    const other = place || this.#places.elsewhere();
    if (place) this.open(place);
    else if (other) this.after(other, this.#places.soon());
  }

  #noteHeard() {
    this.#heardAt = performance.now();
    this.#heardWall = Date.now();
  }

  /** On a dead network the browser takes its time over the closing too: we go on without it. @param {Line} line */
  #tooLate(line) {
    if (line !== this.#trying) return;
    if (line.opened) this.#slow++;
    this.#closed(line, 0);
    abandon(line);
  }

  /**
   * @param {Line} line
   * @param {number} code of the WebSocket, or 0 if it is not closed yet
   */
  #closed(line, code) {
    if (line.abandoned) return;
    const ours = line === this.line;
    if (ours) this.line = null;
    if (line === this.#trying) this.#trying = null;
    if (this.line) {
      // A move that failed, and we still sit here; unless it was to see whether we do.
      if (line.renewal && !line.welcomed && !line.refused) this.giveUp();
      return;
    }
    // If another is on its way, that one decides.
    if (!this.#trying && !this.stopped && !line.refused) {
      if (code === Close.REPLACED) this.stopped = "elsewhere";
      else this.#again(line, ours, code);
    }
    this.#owner.changed();
  }

  /**
   * @param {Line} line
   * @param {boolean} ours
   * @param {number} code
   */
  #again(line, ours, code) {
    if (ours && code !== Close.DRAINING) this.#places.attempt = 0;
    else if (!line.opened) this.#places.unreachable(line.place);
    this.later(code === Close.DRAINING);
  }
}
