import type { ForeignLibrary, Host, Koffi } from "../src/engine/blas/host.ts";
import { TRANSPOSED } from "../src/engine/blas/library.ts";

/** What a stand-in for koffi pretends. */
export interface PlainKoffi extends Koffi {
  /** Files that were tried, in order. */
  readonly tried: string[];
  /** Arguments of every call but those of `cblas_sgemm`. */
  readonly calls: { readonly name: string; readonly args: readonly unknown[] }[];
  /** M, N and K of every call of `cblas_sgemm`, the trial when a library is opened included. */
  readonly products: (readonly [number, number, number])[];
}

/** Every view gets addresses of its own, as if memory moved whenever it grows. */
const ADDRESS_SPACE = 2 ** 40;

/**
 * A koffi whose libraries are lists of functions: `cblas_sgemm` computes in plain JavaScript, `wrong_sgemm` is a
 * `cblas_sgemm` that does not compute, all others are noted and answer with their own name. It refuses addresses into
 * memory that has grown since, where a real library would crash.
 */
export function plainKoffi(files: Readonly<Record<string, readonly string[]>>): PlainKoffi {
  const views: Float32Array[] = [];
  const tried: string[] = [];
  const calls: { name: string; args: readonly unknown[] }[] = [];
  const products: (readonly [number, number, number])[] = [];

  const floatsAt = (address: number): Float32Array => {
    const view = views[Math.floor(address / ADDRESS_SPACE) - 1]!;
    if (view.length === 0) throw new Error("stale address");
    return view.subarray((address % ADDRESS_SPACE) / Float32Array.BYTES_PER_ELEMENT);
  };
  // prettier-ignore
  const sgemm = (
    _layout: number, transA: number, transB: number, m: number, n: number, k: number,
    alpha: number, a: number, lda: number, b: number, ldb: number, beta: number, c: number, ldc: number,
  ): void => {
    products.push([m, n, k]);
    const [left, right, output] = [floatsAt(a), floatsAt(b), floatsAt(c)];
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let t = 0; t < k; t++) {
          sum += left[transA === TRANSPOSED ? t * lda + i : i * lda + t]! * right[transB === TRANSPOSED ? j * ldb + t : t * ldb + j]!;
        }
        const at = i * ldc + j;
        output[at] = alpha * sum + (beta === 0 ? 0 : beta * output[at]!);
      }
    }
  };
  const libraryOf = (names: readonly string[]): ForeignLibrary => ({
    func: (name) => {
      if (name === "cblas_sgemm" && names.includes("wrong_sgemm")) return () => undefined;
      if (!names.includes(name)) throw new Error(`Cannot find function '${name}' in shared library`);
      // The only one with fourteen numbers for arguments.
      if (name === "cblas_sgemm") return sgemm as unknown as ReturnType<ForeignLibrary["func"]>;
      return (...args) => {
        calls.push({ name, args });
        return `${name} 1.2`;
      };
    },
  });
  return {
    version: "0.0.0",
    tried,
    calls,
    products,
    load: (file) => {
      tried.push(file);
      const names = files[file];
      if (names === undefined) throw new Error("Failed to load shared library: no such file");
      return libraryOf(names);
    },
    address: (view) => {
      views.push(view);
      return BigInt(views.length * ADDRESS_SPACE);
    },
  };
}

/** A Linux machine of four threads with this koffi; `overrides` change it. */
export function plainHost(koffi: Koffi, overrides: Partial<Host> = {}): Host {
  return { platform: "linux", environment: {}, parallelism: 4, requireKoffi: () => koffi, ...overrides };
}
