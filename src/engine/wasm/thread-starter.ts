/** What a thread needs to take part in a machine's work. */
export interface ThreadStart {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** Number of the thread, from 1. */
  readonly thread: number;
  /** Address of its scratch memory. */
  readonly scratch: number;
  /** Address of the words through which threads wait for one another. */
  readonly shared: number;
}

/** A thread that was started. */
export interface StartedThread {
  end(): void;
}

/** Starts a thread; `onEnd` is called when it ends by itself, or cannot be started, with the reason if there is one. */
export type StartThread = (start: ThreadStart, onEnd: (reason: string) => void) => StartedThread;

// The threads' programs are text, so that there is no file for a bundler or a page to find. No names at the top: Deno has
// its own `module` there. `learn` links the functions of a record (see crew.ts) after those of the records before it.
const WORK = `({ module, memory, thread, scratch, shared }) => {
const table = new WebAssembly.Table({ element: "anyfunc", initial: 1 });
let learned = 0;
const learn = (record) => {
  if (record === learned) return;
  const [before, first, count, length] = new Int32Array(memory.buffer, record, 4);
  learn(before);
  const bytes = new Uint8Array(memory.buffer, record + 16, length).slice();
  const functions = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory }, kernels });
  table.grow(count);
  for (let i = 0; i < count; i++) table.set(first + i, functions.exports[i]);
  learned = record;
};
const kernels = new WebAssembly.Instance(module, { env: { memory, table, waiting: () => {}, learn } }).exports;
kernels.work(thread, scratch, shared);
}`;
const NODE_PROGRAM = `(${WORK})(process.getBuiltinModule("node:worker_threads").workerData);`;
const WEB_PROGRAM = `onmessage = ({ data }) => (${WORK})(data);`;

/** Of Node's `worker_threads`, what is used. */
interface WorkerThreads {
  readonly Worker: new (program: string, options: object) => NodeWorker;
}

interface NodeWorker {
  on(event: "error", listener: (error: unknown) => void): void;
  on(event: "exit", listener: () => void): void;
  unref(): void;
  terminate(): unknown;
}

/** What Node, Bun and Deno have, and pages have not. */
interface WithProcess {
  readonly process?: { readonly getBuiltinModule?: (name: string) => unknown };
}

/** How this host starts threads on shared memory, or null where it cannot: a page that is not cross-origin isolated. */
export function threadStarter(): StartThread | null {
  if (typeof SharedArrayBuffer === "undefined") return null;
  // as: the property may be there or not, which is what the type says; the module is the one of that name.
  const { process } = globalThis as WithProcess;
  const workerThreads = process?.getBuiltinModule?.("node:worker_threads") as WorkerThreads | undefined;
  if (workerThreads !== undefined) return (start, onEnd) => startInNode(workerThreads, start, onEnd);
  return globalThis.crossOriginIsolated && typeof Worker !== "undefined" ? startInPage : null;
}

function startInNode(
  { Worker }: WorkerThreads,
  workerData: ThreadStart,
  onEnd: (reason: string) => void,
): StartedThread {
  // Without the flags of the process: a loader among them would slow the start, or fail.
  const worker = new Worker(NODE_PROGRAM, { eval: true, workerData, execArgv: [], name: "backpass" });
  worker.on("error", (error) => onEnd(String(error)));
  worker.on("exit", () => onEnd(""));
  // A program that has nothing else to do ends, threads or not.
  worker.unref();
  return { end: () => void worker.terminate() };
}

function startInPage(start: ThreadStart, onEnd: (reason: string) => void): StartedThread {
  const url = URL.createObjectURL(new Blob([WEB_PROGRAM], { type: "text/javascript" }));
  const worker = new Worker(url, { name: "backpass" });
  worker.addEventListener("error", ({ message }) => onEnd(message));
  worker.postMessage(start, []);
  return {
    end: () => {
      worker.terminate();
      URL.revokeObjectURL(url);
    },
  };
}
