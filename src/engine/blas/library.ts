import { OptionError } from "../../errors.ts";
import { type ForeignLibrary, type Host, type Koffi } from "./host.ts";
import { installAdvice, type LibraryKind, libraryKinds } from "./libraries.ts";

/** A BLAS, open and tried. */
export interface BlasLibrary {
  /** `OpenBLAS`, `MKL` … */
  readonly name: string;
  /** As the library tells it, or null when it does not. */
  readonly version: string | null;
  /** Path, or the name by which the system found it. */
  readonly file: string;
  /** Version of koffi. */
  readonly koffi: string;
  /** `C ← A B + β C` in the order of `cblas_sgemm`, with addresses for matrices. */
  readonly sgemm: Sgemm;
  /** Address of the first number. Holds as long as the view's buffer is attached. */
  readonly addressOf: (floats: Float32Array) => number;
  /** Sets the number of threads for the whole process; false when the library does not let it be set. */
  readonly setThreads: (count: number) => boolean;
  /** The number set when it was opened, or null when it goes by its own rules (its environment variable, for one). */
  readonly threads: number | null;
}

/** `cblas_sgemm`: layout, transA, transB, M, N, K, α, A, lda, B, ldb, β, C, ldc; A, B, C are addresses. */
// prettier-ignore
export type Sgemm = (
  layout: number, transA: number, transB: number, m: number, n: number, k: number,
  alpha: number, a: number, lda: number, b: number, ldb: number, beta: number, c: number, ldc: number,
) => unknown;

/** Constants of `cblas.h`. */
export const ROW_MAJOR = 101;
export const PLAIN = 111;
export const TRANSPOSED = 112;

// The matrices are plain numbers to koffi: 60 ns faster a call than typed arrays, and no view to go stale on its own.
// prettier-ignore
const SGEMM_TYPES = [
  "int", "int", "int", "int", "int", "int", "float", "uintptr_t", "int", "uintptr_t", "int", "float", "uintptr_t", "int",
];

/** Longest text of a version. */
const VERSION_BYTES = 256;

/**
 * Opens a BLAS: the one that `BACKPASS_BLAS` names, else the first found of those the platform may have. Its number of
 * threads becomes `BACKPASS_BLAS_THREADS`, else what its own environment variable says, else all the process may use (one
 * for BLIS).
 *
 * @throws OptionError that says what is missing and how to get it.
 */
export function openLibrary(host: Host): BlasLibrary {
  const threads = wantedThreads(host);
  const koffi = loadKoffi(host);
  const named = host.environment["BACKPASS_BLAS"];
  if (named !== undefined && named !== "") return openNamed(koffi, named, host, threads);

  const candidates = libraryKinds.flatMap(({ files }) => files[host.platform] ?? []);
  for (const file of candidates) {
    const opened = tryToLoad(koffi, file);
    // A file of the right name without the functions, or with wrong results, is passed over like a missing one.
    if (opened.library !== null && problemOf(koffi, opened.library) === null) {
      return describe(koffi, opened.library, file, host, threads);
    }
  }
  throw new OptionError({
    where: 'engine "blas"',
    expected: "a BLAS library",
    got: `none of ${candidates.join(", ") || "those known, on this system"}`,
    advice: `${installAdvice(host.platform)}, or set BACKPASS_BLAS to the path of one.`,
  });
}

function openNamed(koffi: Koffi, file: string, host: Host, threads: number | null): BlasLibrary {
  const { library, problem } = tryToLoad(koffi, file);
  const fault = library === null ? problem : problemOf(koffi, library);
  if (library === null || fault !== null) {
    throw new OptionError({
      where: "BACKPASS_BLAS",
      expected: "the path of a BLAS library",
      got: `"${file}" (${fault})`,
      advice: "Correct the path, or unset BACKPASS_BLAS to have the usual places searched.",
    });
  }
  return describe(koffi, library, file, host, threads);
}

function loadKoffi(host: Host): Koffi {
  try {
    return host.requireKoffi();
  } catch (error) {
    const isMissing = Reflect.get(Object(error), "code") === "MODULE_NOT_FOUND" && messageOf(error).includes("'koffi'");
    throw new OptionError({
      where: 'engine "blas"',
      expected: "the package koffi",
      got: isMissing ? "none" : `an error (${messageOf(error)})`,
      advice: "Run: npm install koffi",
    });
  }
}

/** @throws OptionError when `BACKPASS_BLAS_THREADS` is set to anything but a whole number from 1 up. */
function wantedThreads({ environment }: Host): number | null {
  const text = environment["BACKPASS_BLAS_THREADS"];
  if (text === undefined || text === "") return null;
  // 1024: more than any library is built for.
  if (/^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= 1024) return Number(text);
  throw new OptionError({
    where: "BACKPASS_BLAS_THREADS",
    expected: "a whole number from 1 to 1024",
    got: `"${text}"`,
    advice: "Set such a number, or unset it.",
  });
}

function tryToLoad(
  koffi: Koffi,
  file: string,
): { readonly library: ForeignLibrary; readonly problem: null } | { readonly library: null; readonly problem: string } {
  try {
    return { library: koffi.load(file), problem: null };
  } catch (error) {
    return { library: null, problem: messageOf(error) };
  }
}

/**
 * What is wrong with a library, or null: it must have `cblas_sgemm`, and that must compute. A build with another size of
 * integers, or a function that only has the name, shows here and not as wrong weights.
 */
function problemOf(koffi: Koffi, library: ForeignLibrary): string | null {
  const sgemm = sgemmOf(library);
  if (sgemm === null) return "it has no cblas_sgemm";
  // Aᵀ B + C with A = [k, i] = [[1, 2], [3, 4], [5, 6]] of stride 3, B = [k, j] = [[1], [10], [100]]: whole numbers, exact.
  const memory = Float32Array.of(1, 2, 0, 3, 4, 0, 5, 6, 0, 1, 10, 100, 0.5, -0.5);
  const start = Number(koffi.address(memory));
  const at = (index: number): number => start + index * Float32Array.BYTES_PER_ELEMENT;
  sgemm(ROW_MAJOR, TRANSPOSED, PLAIN, 2, 1, 3, 1, at(0), 3, at(9), 1, 1, at(12), 1);
  const [first, second] = [memory[12]!, memory[13]!];
  return first === 531.5 && second === 641.5 ? null : `its cblas_sgemm gives ${first}, ${second} for 531.5, 641.5`;
}

function sgemmOf(library: ForeignLibrary): Sgemm | null {
  return functionOf(library, "cblas_sgemm", "void", SGEMM_TYPES);
}

function functionOf(
  library: ForeignLibrary,
  name: string,
  result: string,
  args: readonly string[],
): ReturnType<ForeignLibrary["func"]> | null {
  try {
    return library.func(name, result, args);
  } catch {
    return null;
  }
}

function describe(
  koffi: Koffi,
  library: ForeignLibrary,
  file: string,
  host: Host,
  threads: number | null,
): BlasLibrary {
  const kind = libraryKinds.find(({ mark }) => functionOf(library, mark, "void", []) !== null) ?? null;
  const setter = kind?.setThreads ? functionOf(library, kind.setThreads.name, "void", [kind.setThreads.type]) : null;
  const setThreads = (count: number): boolean => {
    setter?.(count);
    return setter !== null;
  };
  const isLeftToLibrary = threads === null && kind !== null && Boolean(host.environment[kind.threadsVariable]);
  const count = threads ?? (kind?.knowsWhenToSplit === false ? 1 : host.parallelism);
  const isSet = !isLeftToLibrary && setThreads(count);
  return {
    name: kind?.name ?? "BLAS",
    version: kind === null ? null : versionOf(library, kind),
    file,
    koffi: koffi.version,
    sgemm: sgemmOf(library)!,
    addressOf: (floats) => Number(koffi.address(floats)),
    setThreads,
    threads: isSet ? count : null,
  };
}

function versionOf(library: ForeignLibrary, { version }: LibraryKind): string | null {
  if (version === null) return null;
  if (!version.isBuffer) {
    const text = functionOf(library, version.name, "str", [])?.();
    return typeof text === "string" ? text.trim() : null;
  }
  const buffer = new Uint8Array(VERSION_BYTES);
  functionOf(library, version.name, "void", ["_Out_ uint8_t *", "int"])?.(buffer, VERSION_BYTES);
  const end = buffer.indexOf(0);
  return new TextDecoder().decode(buffer.subarray(0, end < 0 ? VERSION_BYTES : end)).trim() || null;
}

function messageOf(error: unknown): string {
  // Node adds the places it searched on further lines.
  return (error instanceof Error ? error.message : String(error)).split("\n", 1)[0]!;
}
