// After a move the page itself goes over to the VM where we are: the one in the address bar may be
// gone, and a reload would ask it. What the tab holds for the old address goes along in the fragment,
// which browsers send to no server.

/** @typedef {import("./identity.mjs").Identity} Identity */
/** @typedef {import("./outbox.mjs").Item} Item */

/**
 * @typedef {object} Belongings what one tab holds of a person
 * @property {Identity} me
 * @property {string} code that the link brought
 * @property {string[]} ids who this tab has been
 * @property {Record<string, string>} drafts by room
 * @property {readonly Item[]} pending what nobody has yet
 * @property {Record<string, string>} seen the newest message they had, by room
 * @property {string} unread the id of the first message that nobody looked at; empty for none
 */

/**
 * @typedef {object} Situation
 * @property {boolean} hidden whether the page is out of sight
 * @property {boolean} unsent whether something is still to go
 * @property {boolean} drafting whether something is half written
 * @property {boolean} busy whether something lies over the chat, or another room is asked for
 * @property {number} idle since somebody last touched the page, in milliseconds
 */

/** Who has done nothing for this long hardly sees that the page is loaded anew. */
const IDLE_MS = 3_000;

/** A half written sentence is carried along, but whoever thinks about it keeps the cursor. */
const THINKING_MS = 20_000;

/** Browsers take addresses of a megabyte and more; none of ours comes near. */
const LONGEST = 500_000;

/**
 * Whether the page may go over now.
 * @param {Situation} now
 */
export function mayGo(now) {
  if (now.hidden) return true;
  if (now.unsent || now.busy) return false;
  return now.idle >= (now.drafting ? THINKING_MS : IDLE_MS);
}

/**
 * Where the page goes over to.
 * @param {string} page the address it was loaded from, with the slash
 * @param {string} place the VM that has us, as the list of places has it; empty for none
 * @returns {string} empty if it stays
 */
export function destination(page, place) {
  if (!place || place === page) return "";
  // Nobody who came by https is taken to a page that anybody on the way can read.
  return page.startsWith("https:") && !place.startsWith("https:") ? "" : place;
}

/**
 * The fragment that carries it all. An older VM's page knows the first of its parts, and lets them in by those.
 * @param {Belongings} tab
 * @returns {string} empty if it is too long to be carried
 */
export function packed(tab) {
  const { me } = tab;
  const parts = new URLSearchParams({ ...(me.token ? { t: me.token } : { c: me.code ?? "" }), room: me.room });
  parts.set("tab", JSON.stringify(tab));
  const fragment = `#${parts}`;
  return fragment.length <= LONGEST ? fragment : "";
}

/**
 * What a fragment carries. Anybody can write one: only what has the right form is taken, and all of it
 * belongs to the identity that is in it.
 * @param {string} hash
 * @returns {Belongings | null} null if it carries nothing
 */
export function unpacked(hash) {
  if (hash.length > LONGEST) return null;
  let tab;
  try {
    tab = JSON.parse(new URLSearchParams(hash.replace(/^#/, "")).get("tab") ?? "null");
  } catch {
    return null;
  }
  const me = identityOf(tab?.me);
  if (!me) return null;
  return {
    me,
    code: words(tab.code),
    ids: list(tab.ids).filter(isWords),
    drafts: byRoom(tab.drafts),
    seen: byRoom(tab.seen),
    pending: list(tab.pending).filter(isItem).map(({ cid, room, text, failed, hopeless }) => ({
      cid, room, text, ...(isWords(failed) ? { failed } : {}), ...(hopeless === true ? { hopeless } : {}),
    })),
    unread: words(tab.unread),
  };
}

/**
 * @param {any} me
 * @returns {Identity | null}
 */
function identityOf(me) {
  const known = isWords(me?.device) && me.device && isWords(me.room) && (isWords(me.token) || isWords(me.code));
  if (!known) return null;
  /** @type {Identity} */
  const taken = { device: me.device, room: me.room, rooms: list(me.rooms).filter(isWords) };
  if (isWords(me.token)) taken.token = me.token;
  if (isWords(me.code)) taken.code = me.code;
  if (isWords(me.name)) taken.name = me.name;
  if (isWords(me.shown)) taken.shown = me.shown;
  return taken;
}

/** @param {any} value @returns {value is string} */
const isWords = value => typeof value === "string";

/** @param {any} value */
const words = value => (isWords(value) ? value : "");

/** @param {any} value @returns {any[]} */
const list = value => (Array.isArray(value) ? value : []);

/** @param {any} value @returns {Record<string, string>} */
const byRoom = value => Object.fromEntries(Object.entries(value ?? {}).filter(([, text]) => isWords(text)));

/** @param {any} item */
const isItem = item => [item?.cid, item?.room, item?.text].every(isWords);
