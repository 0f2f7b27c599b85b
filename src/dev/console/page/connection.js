/** @typedef {import("../console-state.ts").Told} Told */

/**
 * Listens to the server, comes back after it was away, and rests while nobody sees the page: a
 * browser has few connections to one server, and other tabs need them.
 *
 * @param {{
 *   onTold: (told: Told) => void,
 *   onState: (state: "live" | "waiting" | "resting") => void,
 * }} listener
 */
export function connect({ onTold, onState }) {
  /** @type {EventSource | undefined} */
  let source;
  const open = () => {
    source?.close();
    source = new EventSource("/_console/api/events");
    source.addEventListener("everything", (event) => {
      onState("live");
      onTold(JSON.parse(event.data));
    });
    source.addEventListener("changes", (event) => onTold(JSON.parse(event.data)));
    source.addEventListener("error", () => {
      onState("waiting");
      // The browser tries again by itself, but not after an answer that it did not expect.
      if (source?.readyState === EventSource.CLOSED) setTimeout(reopen, 1000);
    });
  };
  const reopen = () => {
    if (!document.hidden) open();
  };
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) return open();
    source?.close();
    onState("resting");
  });
  addEventListener("pagehide", () => source?.close());
  open();
}
