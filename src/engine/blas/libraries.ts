/** A kind of BLAS: how to tell it by its functions, and how to talk to it beyond the product, which is the same for all. */
export interface LibraryKind {
  readonly name: string;
  /** Where it is looked for, by platform, most wanted first. */
  readonly files: Readonly<Record<string, readonly string[]>>;
  /** A function that only this kind has. */
  readonly mark: string;
  /** Sets the number of threads; null where the library has no such call. */
  readonly setThreads: { readonly name: string; readonly type: "int" | "int64_t" } | null;
  /** Environment variable by which its users set the number of threads. */
  readonly threadsVariable: string;
  /** False for a library that splits even the smallest products: it gets one thread unless more are asked for. */
  readonly knowsWhenToSplit: boolean;
  /** Tells the version: a call that returns text, or one that fills a buffer of the given length; null: none. */
  readonly version: { readonly name: string; readonly isBuffer: boolean } | null;
}

/** All kinds, in the order they are looked for; a library of none of them does when `BACKPASS_BLAS` names it. */
export const libraryKinds: readonly LibraryKind[] = [
  {
    name: "Accelerate",
    // Part of the system; there is no file of that name on the disk, the loader knows it all the same.
    files: { darwin: ["/System/Library/Frameworks/Accelerate.framework/Accelerate"] },
    mark: "vDSP_create_fftsetup",
    setThreads: null, // it chooses by itself
    threadsVariable: "VECLIB_MAXIMUM_THREADS",
    knowsWhenToSplit: true,
    version: null,
  },
  {
    name: "OpenBLAS",
    files: {
      linux: ["libopenblas.so.0", "libopenblas.so"],
      win32: ["libopenblas.dll", "openblas.dll"],
      darwin: ["/opt/homebrew/opt/openblas/lib/libopenblas.dylib", "/usr/local/opt/openblas/lib/libopenblas.dylib"],
    },
    mark: "openblas_get_config",
    setThreads: { name: "openblas_set_num_threads", type: "int" },
    threadsVariable: "OPENBLAS_NUM_THREADS",
    knowsWhenToSplit: true,
    version: { name: "openblas_get_config", isBuffer: false },
  },
  {
    name: "BLIS",
    files: { linux: ["libblis.so.4", "libblis.so"], win32: ["libblis.dll", "AOCL-LibBlis-Win-MT-dll.dll"] },
    mark: "bli_info_get_version_str",
    setThreads: { name: "bli_thread_set_num_threads", type: "int64_t" },
    threadsVariable: "BLIS_NUM_THREADS",
    // BLIS 0.9: with two threads a product of 32 × 32 is 18 times slower than with one.
    knowsWhenToSplit: false,
    version: { name: "bli_info_get_version_str", isBuffer: false },
  },
  {
    name: "MKL",
    files: {
      linux: ["libmkl_rt.so.2", "libmkl_rt.so", "libmkl_rt.so.1"],
      win32: ["mkl_rt.2.dll", "mkl_rt.dll"],
    },
    mark: "MKL_Get_Version_String",
    setThreads: { name: "MKL_Set_Num_Threads", type: "int" },
    threadsVariable: "MKL_NUM_THREADS",
    knowsWhenToSplit: true,
    version: { name: "MKL_Get_Version_String", isBuffer: true },
  },
];

/** How to get a BLAS, in one sentence, by platform. */
export function installAdvice(platform: string): string {
  switch (platform) {
    case "linux":
      return "Install one (Debian, Ubuntu: apt-get install libopenblas0-pthread)";
    case "win32":
      return "Unpack a release of OpenBLAS into a folder of PATH";
    default:
      return "Install OpenBLAS";
  }
}
