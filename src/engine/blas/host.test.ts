import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { OptionError } from "../../errors.ts";
import { environmentValue, nativeHost } from "./host.ts";

afterEach(() => vi.unstubAllGlobals());

describe("nativeHost", () => {
  test("tells platform, environment and threads of the process", () => {
    const host = nativeHost();
    expect(host.platform).toBe(process.platform);
    expect(host.environment).toBe(process.env);
    expect(host.parallelism).toBeGreaterThanOrEqual(1);
  });

  test.each([
    ["no process, as in a browser", undefined],
    ["a bundler's stand-in for it", { env: {}, platform: "browser" }],
  ])("refuses a runtime with %s", (_, process) => {
    vi.stubGlobal("process", process);
    expect(nativeHost).toThrow(OptionError);
    expect(nativeHost).toThrow('engine "blas": expected Node 20.19 or later, got a runtime that cannot call native');
  });

  test("looks for koffi beside this package, then in the project of the working directory", () => {
    const asked: string[] = [];
    const folder = mkdtempSync(join(tmpdir(), "backpass-host-"));
    const koffi = { version: "1" };
    const createRequire = (from: string) => (name: string) => {
      asked.push(from);
      if (!from.startsWith(folder)) throw new Error(`Cannot find module '${name}'`);
      return koffi;
    };
    const modules: Record<string, unknown> = {
      "node:module": { createRequire },
      "node:os": { availableParallelism: () => 1 },
    };
    vi.stubGlobal("process", {
      env: {},
      platform: "linux",
      cwd: () => folder,
      getBuiltinModule: (name: string) => modules[name],
    });
    expect(nativeHost().requireKoffi()).toBe(koffi);
    expect(asked).toEqual([expect.stringMatching(/^file:.*blas\/host\.ts$/), join(folder, "package.json")]);
    rmSync(folder, { recursive: true });
  });
});

describe("environmentValue", () => {
  test("tells a variable that is set", () => {
    vi.stubGlobal("process", { env: { BACKPASS_BLAS: "here", EMPTY: "" } });
    expect(environmentValue("BACKPASS_BLAS")).toBe("here");
    expect(environmentValue("EMPTY")).toBeNull();
  });

  test.each([
    ["there is no process", undefined],
    ["the process has no environment", {}],
    [
      "it may not be read, as in Deno without --allow-env",
      {
        env: new Proxy(
          {},
          {
            get: () => {
              throw new Error("Requires env access");
            },
          },
        ),
      },
    ],
  ])("is null where %s", (_, process) => {
    vi.stubGlobal("process", process);
    expect(environmentValue("BACKPASS_BLAS")).toBeNull();
  });
});
