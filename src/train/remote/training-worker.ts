import type { Port } from "./remote-messages.ts";
import { serveTraining } from "./training-server.ts";

// The program of the worker that `train` starts in pages. It must not import `train`: bundlers make a bundle of its own
// for it, and would not come to an end.
serveTraining(globalThis as unknown as Port); // as: the types are a page's, this is a worker
