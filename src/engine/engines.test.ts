import { afterEach, describe, expect, test, vi } from "vitest";
import { blasHere, blasMissing } from "../../test/blas-here.ts";
import { OptionError } from "../errors.ts";
import type { Engine, EngineName } from "./engine.ts";
import { engineFrom, engineNames, synchronousEngine } from "./engines.ts";

afterEach(() => vi.unstubAllEnvs());

describe("engineFrom", () => {
  test.each(["reference", "wasm"] as const)("gives the engine %s", (name) => {
    expect(engineFrom(name).name).toBe(name);
  });

  test("takes auto as wasm, unless a BLAS was asked for", () => {
    vi.stubEnv("BACKPASS_BLAS", "");
    expect(engineFrom("auto").name).toBe("wasm");
  });

  test.skipIf(blasHere.library === null)(`takes auto as blas where BACKPASS_BLAS names one ${blasMissing}`, () => {
    vi.stubEnv("BACKPASS_BLAS", blasHere.library?.file);
    expect(engineFrom("auto").name).toBe("blas");
    expect(engineFrom("blas")).toBe(engineFrom("auto"));
  });

  test("lists the names when it gets another", () => {
    const name = "wasn" as EngineName; // as: a caller without types
    expect(() => engineFrom(name)).toThrow(OptionError);
    expect(() => engineFrom(name)).toThrow(
      'engine: expected auto, wasm, fast, blas, reference, got "wasn". Choose one of them.',
    );
    expect(() => engineFrom("toString" as EngineName)).toThrow(OptionError);
  });

  test("takes an engine of one's own as it is, and refuses an object that is none", () => {
    const own: Engine = { ...engineFrom("reference"), name: "own" };
    expect(engineFrom(own)).toBe(own);
    const halfOne = { name: "half", precision: "float64", isReproducible: true, open: () => null };
    expect(() => engineFrom(halfOne as unknown as Engine)).toThrow(
      "engine: expected an object with name, precision, isReproducible, isSynchronous and open, got nothing for " +
        "isSynchronous. See the type Engine, or name one of auto, wasm, fast, blas, reference.",
    );
  });

  test("an engine that answers with promises is refused where a result is to be there at once", () => {
    const own: Engine = {
      ...engineFrom("reference"),
      name: "own",
      isSynchronous: false,
      open: () => Promise.reject(new Error()),
    };
    expect(() => synchronousEngine("predict", own, "Use predictAsync.")).toThrow(
      'predict: expected a synchronous engine, got "own", which answers with promises. Use predictAsync.',
    );
    expect(synchronousEngine("predict", "wasm", "")).toBe(engineFrom("wasm"));
  });

  test("knows every name it lists", () => {
    expect(engineNames).toHaveLength(5);
    for (const name of engineNames) {
      try {
        expect(engineFrom(name).open()).toBeDefined();
      } catch (error) {
        expect({ name, error }).toEqual({ name: "blas", error: expect.any(OptionError) });
      }
    }
  });
});
