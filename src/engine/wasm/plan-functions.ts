import { assemble } from "./assembler.ts";
import { kernelFunctions } from "./kernel-functions.ts";

/** The functions made of a machine's plans, by their numbers in the table that the kernels call them through. */
export interface PlanFunctions {
  /** The number of a function of this code (see `assemble`); equal code has one number. It may be called after `link`. */
  readonly numberOf: (body: Uint8Array) => number;
  /** Compiles and links the functions that are new since the last call. */
  readonly link: () => void;
}

/** What functions are linked with. */
export interface LinkTarget {
  readonly memory: WebAssembly.Memory;
  readonly isShared: boolean;
  readonly table: WebAssembly.Table;
  /** Of the kernels: the elementary functions among them. */
  readonly exports: WebAssembly.ModuleImports;
}

/** A table with no functions yet; the kernels want a place at least, number 0, which stays empty. */
export function functionTable(): WebAssembly.Table {
  return new WebAssembly.Table({ element: "anyfunc", initial: 1 });
}

/** @param onLink called with the bytes of a module and the number of its first function, for threads to link it too. */
export function createPlanFunctions(
  target: LinkTarget,
  onLink: (bytes: Uint8Array, first: number, count: number) => void,
): PlanFunctions {
  const { memory, table, exports, isShared } = target;
  const numbers = new Map<string, number>();
  let pending: Uint8Array[] = [];
  return {
    numberOf: (body) => {
      const key = textOf(body);
      let number = numbers.get(key);
      if (number === undefined) {
        number = table.length + pending.length;
        numbers.set(key, number);
        pending.push(body);
      }
      return number;
    },
    link: () => {
      if (pending.length === 0) return;
      const bytes = assemble({ imports: kernelFunctions, bodies: pending, isShared });
      const instance = new WebAssembly.Instance(moduleOf(bytes), { env: { memory }, kernels: exports });
      const count = pending.length;
      pending = [];
      const first = table.grow(count);
      for (let i = 0; i < count; i++) table.set(first + i, instance.exports[i]);
      onLink(bytes, first, count);
    },
  };
}

/** Modules by their bytes, the latest last: a program that is compiled again and again is so in name only. */
const modules = new Map<string, WebAssembly.Module>();
const MOST_MODULES = 64;

function moduleOf(bytes: Uint8Array<ArrayBuffer>): WebAssembly.Module {
  const key = textOf(bytes);
  const module = modules.get(key) ?? new WebAssembly.Module(bytes);
  modules.delete(key);
  modules.set(key, module);
  const [oldest] = modules.keys();
  if (modules.size > MOST_MODULES && oldest !== undefined) modules.delete(oldest);
  return module;
}

/** So many arguments are safe for a call. */
const MOST_ARGUMENTS = 4096;

/** One character a byte; without a TextDecoder, since the first of a process takes a millisecond. */
function textOf(bytes: Uint8Array): string {
  let text = "";
  for (let start = 0; start < bytes.length; start += MOST_ARGUMENTS) {
    text += String.fromCharCode(...bytes.subarray(start, start + MOST_ARGUMENTS));
  }
  return text;
}
