import { describe, expect, test } from "vitest";
import { plainHost, plainKoffi } from "../../../test/plain-koffi.ts";
import { OptionError } from "../../errors.ts";
import type { Host } from "./host.ts";
import { openLibrary } from "./library.ts";

const OPENBLAS = ["cblas_sgemm", "openblas_get_config", "openblas_set_num_threads"];
const BLIS = ["cblas_sgemm", "bli_info_get_version_str", "bli_thread_set_num_threads"];

function messageOf(host: Host): string {
  try {
    openLibrary(host);
  } catch (error) {
    expect(error).toBeInstanceOf(OptionError);
    return error instanceof Error ? error.message : "";
  }
  return "";
}

describe("openLibrary", () => {
  test("takes the first library of the platform's list that is there", () => {
    const koffi = plainKoffi({ "libblis.so.4": BLIS, "libopenblas.so.0": OPENBLAS });
    expect(openLibrary(plainHost(koffi))).toMatchObject({
      name: "OpenBLAS",
      version: "openblas_get_config 1.2",
      file: "libopenblas.so.0",
      koffi: "0.0.0",
    });
    expect(koffi.tried).toEqual(["libopenblas.so.0"]);
  });

  test("passes over files that are no libraries, lack the product or compute it wrongly", () => {
    const koffi = plainKoffi({ "libopenblas.so.0": ["wrong_sgemm"], "libopenblas.so": [], "libblis.so.4": BLIS });
    expect(openLibrary(plainHost(koffi))).toMatchObject({ name: "BLIS", file: "libblis.so.4" });
  });

  test.each([
    ["darwin", "/System/Library/Frameworks/Accelerate.framework/Accelerate", "Accelerate", "vDSP_create_fftsetup"],
    ["win32", "libopenblas.dll", "OpenBLAS", "openblas_get_config"],
    ["linux", "libmkl_rt.so.2", "MKL", "MKL_Get_Version_String"],
  ])("finds on %s the library %s", (platform, file, name, mark) => {
    const koffi = plainKoffi({ [file]: ["cblas_sgemm", mark] });
    expect(openLibrary(plainHost(koffi, { platform }))).toMatchObject({ name, file });
  });

  test("opens the library that BACKPASS_BLAS names and no other, whatever its kind", () => {
    const koffi = plainKoffi({ "/opt/mine.so": ["cblas_sgemm"], "libopenblas.so.0": OPENBLAS });
    const host = plainHost(koffi, { environment: { BACKPASS_BLAS: "/opt/mine.so" } });
    expect(openLibrary(host)).toMatchObject({ name: "BLAS", version: null, file: "/opt/mine.so", threads: null });
    expect(koffi.tried).toEqual(["/opt/mine.so"]);
  });
});

describe("the number of threads", () => {
  const threadsOf = (
    functions: readonly string[],
    environment: Host["environment"] = {},
  ): { readonly threads: number | null; readonly set: readonly unknown[] } => {
    const koffi = plainKoffi({ "/blas": functions });
    const { threads } = openLibrary(plainHost(koffi, { environment: { BACKPASS_BLAS: "/blas", ...environment } }));
    return { threads, set: koffi.calls.filter(({ name }) => name.includes("threads")).flatMap(({ args }) => args) };
  };

  test("is all that the process may use", () => {
    expect(threadsOf(OPENBLAS)).toEqual({ threads: 4, set: [4] });
  });

  test("is one for a library that splits even the smallest products", () => {
    expect(threadsOf(BLIS)).toEqual({ threads: 1, set: [1] });
  });

  test("is that of BACKPASS_BLAS_THREADS, before the library's own variable", () => {
    const environment = { BACKPASS_BLAS_THREADS: "3", OPENBLAS_NUM_THREADS: "2" };
    expect(threadsOf(OPENBLAS, environment)).toEqual({ threads: 3, set: [3] });
    expect(threadsOf(BLIS, environment)).toEqual({ threads: 3, set: [3] });
  });

  test("is left to the library where its own variable is set", () => {
    expect(threadsOf(OPENBLAS, { OPENBLAS_NUM_THREADS: "2" })).toEqual({ threads: null, set: [] });
    expect(threadsOf(OPENBLAS, { BLIS_NUM_THREADS: "2" })).toEqual({ threads: 4, set: [4] });
  });

  test.each(["0", "-1", "1.5", "two", "1025", " "])("is refused as %j", (count) => {
    const host = plainHost(plainKoffi({}), { environment: { BACKPASS_BLAS_THREADS: count } });
    expect(messageOf(host)).toBe(
      `BACKPASS_BLAS_THREADS: expected a whole number from 1 to 1024, got "${count}". Set such a number, or unset it.`,
    );
  });
});

describe("what is missing is said, with the way to get it", () => {
  const failing = (error: unknown): Host =>
    plainHost(plainKoffi({}), {
      requireKoffi: () => {
        throw error;
      },
    });

  test("koffi is not installed", () => {
    const error = Object.assign(new Error("Cannot find module 'koffi'\nRequire stack:\n- /x.js"), {
      code: "MODULE_NOT_FOUND",
    });
    expect(messageOf(failing(error))).toBe(
      'engine "blas": expected the package koffi, got none. Run: npm install koffi',
    );
  });

  test("koffi is installed but does not start: its own words, on one line", () => {
    expect(messageOf(failing(new Error("Cannot find the native Koffi module\nmore")))).toBe(
      'engine "blas": expected the package koffi, got an error (Cannot find the native Koffi module). ' +
        "Run: npm install koffi",
    );
  });

  test.each([
    ["linux", "libopenblas.so.0", "apt-get install libopenblas0-pthread"],
    ["win32", "libopenblas.dll", "a release of OpenBLAS"],
    ["freebsd", "none of those known", "Install OpenBLAS"],
  ])("no library on %s", (platform, file, advice) => {
    const message = messageOf(plainHost(plainKoffi({}), { platform }));
    expect(message).toMatch(/^engine "blas": expected a BLAS library, got none of .*BACKPASS_BLAS.*\.$/);
    expect(message).toContain(file);
    expect(message).toContain(advice);
  });

  test.each([
    [[], "it has no cblas_sgemm"],
    [["wrong_sgemm"], "its cblas_sgemm gives 0.5, -0.5 for 531.5, 641.5"],
    [null, "Failed to load shared library: no such file"],
  ])("BACKPASS_BLAS names something else: %j", (functions, fault) => {
    const koffi = plainKoffi(functions === null ? {} : { "/x.so": functions });
    expect(messageOf(plainHost(koffi, { environment: { BACKPASS_BLAS: "/x.so" } }))).toBe(
      `BACKPASS_BLAS: expected the path of a BLAS library, got "/x.so" (${fault}). ` +
        "Correct the path, or unset BACKPASS_BLAS to have the usual places searched.",
    );
  });
});
