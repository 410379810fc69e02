// Which VM to try, and when. Decides only; the connection does.

/** A VM that could not be reached this often is tried after the others. */
const UNREACHABLE = 2;

/** A VM that refused this often means it. */
const REFUSED = 2;

/** So many VMs are remembered that a VM once named. */
const REMEMBERED = 16;

/**
 * A VM's address, with the slash; the rest of what is said is dropped.
 * @param {any} url
 * @returns {string} empty if it is no address of a page: another protocol, or somebody's name before an @
 */
export function placeOf(url) {
  try {
    const { protocol, origin, username, password } = new URL(typeof url === "string" ? url : "");
    const web = protocol === "http:" || protocol === "https:";
    return web && !username && !password ? `${origin}/` : "";
  } catch {
    return "";
  }
}

export class Places {
  /** The VM we talk to, or try to: its address, with the slash. */
  current;

  /** The VM that let us in last. While it can be reached only its refusal is final. */
  home = "";

  /** Attempts since somebody let us in. */
  attempt = 0;

  /** The other VMs, as ours last named them. @type {string[]} */
  #named = [];

  /** Where we were, and all that were ever named, the latest last. @type {Set<string>} */
  #known = new Set();

  /** @type {Map<string, number>} */
  #failures = new Map();
  /** @type {Map<string, number>} */
  #refusals = new Map();
  #random;

  /** Where the page itself came from: whoever served it needs no trick to send us anywhere. */
  #first;

  #everIn = false;

  /**
   * @param {string} first where the page itself came from
   * @param {() => number} random from 0 to below 1
   */
  constructor(first, random = Math.random) {
    this.current = first;
    this.#first = first;
    this.#random = random;
  }

  /**
   * The VM we talk to says which others there are. One that hears none, because Pub/Sub is away,
   * names none, and may die before it hears them again: so what it named earlier is kept.
   * @param {import("./protocol.mjs").Peer[]} peers
   */
  named(peers) {
    this.#named = peers.map(peer => placeOf(peer.url)).filter(Boolean);
    this.#remember(this.#named);
  }

  /**
   * The place among those we were given; nothing else is ever opened.
   * @param {any} url
   * @returns {string} empty if it is none of them
   */
  given(url) {
    const place = placeOf(url);
    const ours = [this.#first, this.current, this.home].includes(place) || this.#named.includes(place) || this.#known.has(place);
    return ours ? place : "";
  }

  /**
   * Where a VM sends us that does not let us in. Before any did there are no places to choose from,
   * and only the VM that the page came from may name one.
   * @param {string} from the VM that says so
   * @param {any} url
   * @returns {string} empty if we do not go there
   */
  sent(from, url) {
    const place = placeOf(url);
    if (place && !this.#everIn && from === this.#first) this.#remember([place]);
    return this.given(place);
  }

  /** One of the other VMs, when ours names none that we know; empty if there is none. */
  elsewhere() {
    const choice = this.#choice();
    return choice[Math.floor(this.#random() * choice.length)] ?? "";
  }

  /** A short, uneven wait in milliseconds, so that a whole class does not come at once. */
  soon() {
    return 150 + this.#random() * 350;
  }

  /** @param {string} place a VM that let us in */
  welcomed(place) {
    this.#everIn = true;
    this.current = place;
    this.home = place;
    this.#remember([place]);
    this.attempt = 0;
    this.#failures.clear();
    this.#refusals.clear();
  }

  /** We come with something else to show: nobody has refused that yet, and any refusal is final. */
  anew() {
    this.home = "";
    this.#refusals.clear();
    if (this.#gone(this.current)) this.next(true);
    this.attempt = 0;
  }

  /** @param {string} place a VM that did not even answer */
  unreachable(place) {
    this.#failures.set(place, this.#failed(place) + 1);
  }

  /** @param {string} place a VM that answers, whatever it says */
  reached(place) {
    this.#failures.delete(place);
  }

  /**
   * A VM refuses us which is not the one that let us in: it may know less than that one.
   * @param {string} place
   */
  refusedBy(place) {
    this.#refusals.set(place, this.#refused(place) + 1);
    if (this.home) this.current = this.home;
  }

  /** Whether the VM that let us in is gone, and all that can be reached refuse us again and again. */
  get hopeless() {
    return this.#gone(this.home) && this.#others("").every(url => this.#gone(url) || this.#refused(url) >= REFUSED);
  }

  /**
   * Chooses where to try next: first where we were, then the others, in turn until where we were
   * is gone; each time after a longer, uneven wait, so that a whole class does not come at once.
   * @param {boolean} elsewhere whether the VM where we were said that it closes
   * @returns {number} how many milliseconds to wait before it
   */
  next(elsewhere) {
    const wait = this.#wait();
    const choice = this.#choice();
    if (choice.length > 0 && (elsewhere || this.attempt % 2 === 1 || this.#gone(this.current))) {
      this.current = choice[Math.floor(this.#random() * choice.length)];
    }
    this.attempt++;
    return wait;
  }

  /** The best of the other VMs. Those that refuse are asked again only when the one that let us in is gone. */
  #choice() {
    const others = this.#others(this.current);
    const reachable = others.filter(url => !this.#gone(url));
    const willing = reachable.filter(url => this.#refused(url) === 0);
    if (willing.length > 0) return willing;
    if (!this.#gone(this.home)) return others.filter(url => this.#refused(url) === 0);
    const least = Math.min(...reachable.map(url => this.#refused(url)));
    return reachable.length > 0 ? reachable.filter(url => this.#refused(url) === least) : others;
  }

  /**
   * All that we know of, but for one; those of earlier only when no other can be reached. The one
   * that let us in does not name itself.
   * @param {string} place
   */
  #others(place) {
    const now = [...new Set([this.home, ...this.#named])].filter(url => url && url !== place);
    if (now.some(url => !this.#gone(url))) return now;
    return [...new Set([...now, ...this.#known])].filter(url => url !== place);
  }

  /** @param {string[]} urls */
  #remember(urls) {
    for (const url of urls) {
      this.#known.delete(url);
      this.#known.add(url);
    }
    for (const oldest of [...this.#known].slice(0, -REMEMBERED)) this.#known.delete(oldest);
  }

  /** @param {string} place */
  #gone(place) {
    return this.#failed(place) >= UNREACHABLE;
  }

  /** @param {string} place */
  #failed(place) {
    return this.#failures.get(place) ?? 0;
  }

  /** @param {string} place */
  #refused(place) {
    return this.#refusals.get(place) ?? 0;
  }

  #wait() {
    if (this.attempt === 0) return this.soon();
    return Math.min(30_000, 500 * 2 ** Math.min(this.attempt, 6)) * (0.5 + this.#random());
  }
}
