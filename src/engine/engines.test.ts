import { afterEach, describe, expect, test, vi } from "vitest";
import { blasHere, blasMissing } from "../../test/blas-here.ts";
import { OptionError } from "../errors.ts";
import type { EngineName } from "./engine.ts";
import { engineNamed, engineNames } from "./engines.ts";

afterEach(() => vi.unstubAllEnvs());

describe("engineNamed", () => {
  test.each(["reference", "wasm"] as const)("gives the engine %s", (name) => {
    expect(engineNamed(name).name).toBe(name);
  });

  test("takes auto as wasm, unless a BLAS was asked for", () => {
    vi.stubEnv("BACKPASS_BLAS", "");
    expect(engineNamed("auto").name).toBe("wasm");
  });

  test.skipIf(blasHere.library === null)(`takes auto as blas where BACKPASS_BLAS names one ${blasMissing}`, () => {
    vi.stubEnv("BACKPASS_BLAS", blasHere.library?.file);
    expect(engineNamed("auto").name).toBe("blas");
    expect(engineNamed("blas")).toBe(engineNamed("auto"));
  });

  test("lists the names when it gets another", () => {
    const name = "wasn" as EngineName; // as: a caller without types
    expect(() => engineNamed(name)).toThrow(OptionError);
    expect(() => engineNamed(name)).toThrow(
      'engine: expected auto, wasm, fast, blas, reference, got "wasn". Choose one of them.',
    );
    expect(() => engineNamed("toString" as EngineName)).toThrow(OptionError);
  });

  test("knows every name it lists", () => {
    expect(engineNames).toHaveLength(5);
    for (const name of engineNames) {
      try {
        expect(engineNamed(name).open()).toBeDefined();
      } catch (error) {
        expect({ name, error }).toEqual({ name: "blas", error: expect.any(OptionError) });
      }
    }
  });
});
