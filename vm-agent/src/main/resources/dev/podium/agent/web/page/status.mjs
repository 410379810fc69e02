// How it stands with the connection, in words.

/**
 * @typedef {object} Situation
 * @property {boolean} online as the browser says
 * @property {boolean} connected to a VM that let us in
 * @property {string} stopped why nothing is tried: "", "elsewhere", "refused" or "left"
 * @property {boolean} everIn whether any VM let us in since the page was opened
 * @property {boolean} long whether this has lasted long enough to speak of
 * @property {string} trouble what the VM says of itself
 * @property {string} remark what it said to something we asked
 * @property {string} waiting what we wait for
 * @property {string} refusal why we are not let in any more
 * @property {boolean} [codeRefused] whether that was for the access code
 * @property {string} ends when the invite ends, if that is soon
 * @property {number} unsent messages that nobody has yet
 */

/** @typedef {"here" | "again" | "now"} Act */
/**
 * @typedef {object} Words
 * @property {string} line for the top of the page
 * @property {"good" | "busy" | "lost"} kind
 * @property {string} banner empty for none
 * @property {{words: string, act: Act} | null} action
 */

/**
 * @param {Situation} now
 * @returns {Words}
 */
export function describe(now) {
  if (now.stopped) return stopped(now);
  if (!now.online) {
    return { line: "Offline", kind: "lost", banner: `You are offline. ${kept(now)} when you are back.`, action: null };
  }
  if (now.connected) {
    const line = now.trouble ? "Connected, with trouble" : "Connected";
    const ends = now.ends && `Your invite ends at ${now.ends}. To stay, ask your host for a new link, and open it in this tab.`;
    return { line, kind: now.trouble ? "busy" : "good", banner: now.trouble || now.remark || ends, action: null };
  }
  const line = now.everIn ? "Reconnecting…" : "Connecting…";
  if (now.waiting) return { line, kind: "busy", banner: now.waiting, action: null };
  // A short break is nobody's business: the line at the top says enough.
  const lost = now.everIn ? "The connection is lost. Trying again…" : "No machine answers yet. Trying again…";
  const banner = now.long ? `${lost} ${kept(now)} as soon as it is back.` : "";
  return { line, kind: "busy", banner, action: now.long ? { words: "Try now", act: "now" } : null };
}

/**
 * What stands below a message that nobody has yet. Once nothing is tried any more it does not wait either.
 * @param {{acknowledged?: boolean, remark?: string}} item
 * @param {string} stopped why nothing is tried: empty if something is
 * @param {boolean} connected
 */
export function noteOf(item, stopped, connected) {
  if (item.acknowledged) return "Sent";
  if (stopped) return "Not sent. It is kept in this tab.";
  return item.remark ?? (connected ? "Sending…" : "Waiting for the connection…");
}

/** @param {Situation} now */
function stopped(now) {
  /** @type {Words} */
  const words = { line: "Not connected", kind: "lost", banner: "", action: null };
  if (now.stopped === "elsewhere") {
    words.banner = "You opened this chat in too many places; this one was closed.";
    words.action = { words: "Use it here", act: "here" };
  } else if (now.stopped === "refused") {
    const more = now.unsent > 0 ? " What you wrote is kept in this tab." : "";
    const next = now.codeRefused ? "" : " Ask your host for a new link, and open it in this tab.";
    words.banner = `${now.refusal}${next}${more}`;
    words.action = { words: now.codeRefused ? "Enter the code" : "Join again", act: "again" };
  }
  return words;
}

/** @param {Situation} now */
const kept = now => (now.unsent > 0 ? `${now.unsent === 1 ? "Your message is" : `Your ${now.unsent} messages are`} kept and sent` : "What you write is kept and sent");
