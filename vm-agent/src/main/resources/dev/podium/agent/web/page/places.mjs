// Which VM to try, and when. Decides only; the connection does.

/** A VM that could not be reached this often is tried after the others. */
const UNREACHABLE = 2;

export class Places {
  /** @type {import("./protocol.mjs").Peer[]} */
  peers = [];

  /** The VM we talk to, or try to: its address, with the slash. */
  current;

  /** The VM that let us in last: only its refusal is final. */
  home = "";

  /** Attempts since somebody let us in. */
  attempt = 0;

  /** @type {Map<string, number>} */
  #failures = new Map();
  #refusing = new Set();
  #random;

  /**
   * @param {string} first where the page itself came from
   * @param {() => number} random from 0 to below 1
   */
  constructor(first, random = Math.random) {
    this.current = first;
    this.#random = random;
  }

  /** @param {string} place a VM that let us in */
  welcomed(place) {
    this.current = place;
    this.home = place;
    this.attempt = 0;
    this.#failures.clear();
    this.#refusing.delete(place);
  }

  /** @param {string} place a VM that did not even answer */
  unreachable(place) {
    this.#failures.set(place, (this.#failures.get(place) ?? 0) + 1);
  }

  /**
   * A VM refuses us which is not the one that let us in: it may know less than that one.
   * @param {string} place
   */
  refusedBy(place) {
    this.#refusing.add(place);
    if (this.home) this.current = this.home;
  }

  /**
   * Chooses where to try next: first where we were, then the others, each time after a longer,
   * uneven wait, so that a whole class does not come at once.
   * @param {boolean} elsewhere whether the VM where we were said that it closes
   * @returns {number} how many milliseconds to wait before it
   */
  next(elsewhere) {
    const wait = this.#wait();
    const others = this.peers.map(peer => peer.url).filter(url => url !== this.current && !this.#refusing.has(url));
    const reachable = others.filter(url => (this.#failures.get(url) ?? 0) < UNREACHABLE);
    const choice = reachable.length > 0 ? reachable : others;
    if (choice.length > 0 && (elsewhere || this.attempt % 2 === 1)) {
      this.current = choice[Math.floor(this.#random() * choice.length)];
    }
    this.attempt++;
    return wait;
  }

  #wait() {
    if (this.attempt === 0) return 150 + this.#random() * 350;
    return Math.min(30_000, 500 * 2 ** Math.min(this.attempt, 6)) * (0.5 + this.#random());
  }
}
