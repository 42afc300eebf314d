/** After that a worker whose program does not come is given up: a server may have sent something else in its place. */
const PATIENCE_MS = 10_000;

/** Null when a worker has said that it is ready (a message of the kind "ready"); else the reason why it does not. */
export async function whyNotReady(worker: Worker): Promise<string | null> {
  const listening = new AbortController();
  const { signal } = listening;
  try {
    return await new Promise<string | null>((resolve) => {
      const timer = setTimeout(() => resolve(`its program did not come within ${PATIENCE_MS / 1000} s`), PATIENCE_MS);
      signal.addEventListener("abort", () => clearTimeout(timer));
      worker.addEventListener("error", ({ message }) => resolve(message || "its program cannot be loaded"), { signal });
      worker.addEventListener(
        "message",
        ({ data }) => {
          if ((data as { readonly kind?: unknown } | null)?.kind === "ready") resolve(null);
        },
        { signal },
      );
    });
  } finally {
    listening.abort();
  }
}
