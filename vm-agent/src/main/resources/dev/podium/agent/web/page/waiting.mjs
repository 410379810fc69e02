// How long a wait was and may be, in words and as a bar.

/** A new machine is usually there after this. */
const USUAL_MS = 60_000;

/**
 * How much of the wait is probably over: it slows down, and does not say that it is done.
 * @param {number} waited in milliseconds
 * @returns {number} from 0 to below 1
 */
export const progressOf = waited => 0.95 * (1 - Math.exp((-2 * waited) / USUAL_MS));

/**
 * @param {number} waited in milliseconds
 * @param {number} others who wait too
 */
export function waitingWords(waited, others) {
  const seconds = Math.floor(waited / 1000);
  const time = seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  const company = others === 0 ? "" : others === 1 ? ", with one other" : `, with ${others} others`;
  const length = waited < 2 * USUAL_MS ? "A seat comes when somebody leaves, or when your host’s settings allow more room." : "This takes longer than usual. You keep your place, or ask your host for more room.";
  return `You have waited for ${time}${company}. ${length}`;
}
