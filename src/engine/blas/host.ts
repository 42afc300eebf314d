import { OptionError } from "../../errors.ts";

/** A library opened by koffi: gives its functions by name, the types of result and arguments in C's words. */
export interface ForeignLibrary {
  func(name: string, result: string, args: readonly string[]): (...args: (number | Uint8Array)[]) => unknown;
}

/** What is used of the package koffi. */
export interface Koffi {
  /** @throws when the file is missing or no library. */
  load(path: string): ForeignLibrary;
  address(view: Float32Array): bigint;
  readonly version: string;
}

/** The machine around, as far as native code concerns it; tests give their own. */
export interface Host {
  /** As Node calls it: `linux`, `darwin`, `win32` … */
  readonly platform: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Threads that this process may use. */
  readonly parallelism: number;
  /** @throws whatever Node throws when a package cannot be found or started. */
  readonly requireKoffi: () => Koffi;
}

/** Node's global, as far as it is used; the library is written for browsers too, so it knows no types of Node. */
interface HostProcess {
  readonly platform: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly getBuiltinModule?: (name: string) => unknown;
  readonly cwd: () => string;
}

/** Node's loader of packages in the older form, the one that works without waiting. */
interface ModuleLoader {
  readonly createRequire: (from: string) => (name: string) => unknown;
}

/**
 * The host this runs on. Nothing is imported for it, so bundlers and browsers see neither Node's modules nor koffi.
 *
 * @throws OptionError where there is no native code to call, as in a browser.
 */
export function nativeHost(): Host {
  const process = hostProcess();
  const modules = process?.getBuiltinModule?.("node:module");
  if (process === undefined || modules === undefined) {
    throw new OptionError({
      where: 'engine "blas"',
      expected: "Node 20.19 or later",
      got: "a runtime that cannot call native code, such as a browser",
      advice: 'Use engine "wasm" here.',
    });
  }
  const system = process.getBuiltinModule?.("node:os") as { availableParallelism(): number }; // as: Node's own
  return {
    platform: process.platform,
    environment: process.env,
    parallelism: system.availableParallelism(),
    // as: modules of Node, and a package whose form the self-test of the library confirms
    requireKoffi: () => requireKoffi(modules as ModuleLoader, process.cwd()) as Koffi,
  };
}

/** The value of an environment variable, or null where it is unset, empty or not to be known: in a page, or in Deno. */
export function environmentValue(name: string): string | null {
  try {
    return hostProcess()?.env[name] || null;
  } catch {
    // Deno throws unless started with --allow-env; a bundler's stand-in for `process` may have no `env`.
    return null;
  }
}

function hostProcess(): HostProcess | undefined {
  return Reflect.get(globalThis, "process") as HostProcess | undefined; // as: absent or Node's
}

/** Looks beside this package first, then in the project of the working directory: this package may be bundled or linked. */
function requireKoffi(modules: ModuleLoader, folder: string): unknown {
  try {
    return modules.createRequire(import.meta.url)("koffi");
  } catch (error) {
    try {
      return modules.createRequire(`${folder}/package.json`)("koffi");
    } catch {
      throw error;
    }
  }
}
