/** How long to work before the page may draw: half a frame at 60 per second, the other half is its own. */
const SLICE_MS = 8;

/** Divides long work into slices, so that a page stays alive beside it. Time decides when to rest, never what is computed. */
export interface Pacer {
  /** Milliseconds left of this slice; 0 or less when a rest is due. */
  remainingMs(): number;
  /** Lets other tasks run (events, drawing), then starts the next slice. */
  rest(): Promise<void>;
}

/** A pacer whose first slice begins now. */
export function createPacer(): Pacer {
  let startedMs = performance.now();
  return {
    remainingMs: () => startedMs + SLICE_MS - performance.now(),
    rest: async () => {
      await nextTask();
      startedMs = performance.now();
    },
  };
}

/** What Node has and the DOM's types do not list. */
interface WithSetImmediate {
  readonly setImmediate?: (callback: () => void) => unknown;
}

/** Resolves in a task of its own. Not `setTimeout`, which browsers hold back by 4 ms when it is used over and over. */
function nextTask(): Promise<void> {
  // as: the property may be there or not, which is what the type says.
  const { setImmediate } = globalThis as WithSetImmediate;
  if (setImmediate !== undefined) return new Promise((resolve) => void setImmediate(resolve));
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener("message", () => {
      port1.close();
      resolve();
    });
    port1.start();
    port2.postMessage(null);
  });
}
