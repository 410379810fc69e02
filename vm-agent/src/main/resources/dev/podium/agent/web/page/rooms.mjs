// Going from room to room.

/** A VM that is asked for another room is given this long to take what was said in this one. */
const PATIENCE_MS = 3_000;

/**
 * Asks for another room. Until the VM agrees we are, and show, where we were.
 * @param {import("./chat.mjs").Chat} chat
 * @param {string} name
 */
export function goTo(chat, name) {
  const { connection, outbox } = chat;
  if (!name || (name === chat.me?.room && !connection.line?.asked.length)) {
    chat.wanted = null;
    return;
  }
  if (chat.wanted !== name) chat.wantedSince = performance.now();
  chat.wanted = name;
  const until = chat.wantedSince + PATIENCE_MS;
  const ask = () => {
    // One thing is asked at a time: whoever answers it finds what is wanted by then.
    if (chat.wanted !== name || connection.busy) return;
    const { line } = connection;
    // What was said here is acknowledged first: from the other room it could not be said again.
    if (line && outbox.unsent(line.room).length > 0 && performance.now() < until) setTimeout(ask, 50);
    else if (line) connection.hello(line);
    else connection.now();
  };
  ask();
}
