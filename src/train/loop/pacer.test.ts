import { afterEach, describe, expect, test, vi } from "vitest";
import { createPacer } from "./pacer.ts";

afterEach(() => vi.unstubAllGlobals());

describe("a pacer", () => {
  test("asks for a rest when its slice of 8 ms is over, and starts another after it", async () => {
    let nowMs = 100;
    vi.spyOn(performance, "now").mockImplementation(() => nowMs);
    const pacer = createPacer();
    expect(pacer.remainingMs()).toBe(8);
    nowMs += 9;
    expect(pacer.remainingMs()).toBe(-1);
    await pacer.rest();
    expect(pacer.remainingMs()).toBe(8);
    vi.restoreAllMocks();
  });

  test.each([
    ["Node's own tasks", () => {}],
    ["a message to itself, as in a browser", () => vi.stubGlobal("setImmediate", undefined)],
  ])("lets other tasks run, by %s", async (_what, prepare) => {
    const other = vi.fn<() => void>();
    setTimeout(other, 0);
    prepare();
    const pacer = createPacer();
    const startedMs = performance.now();
    while (other.mock.calls.length === 0 && performance.now() - startedMs < 2000) await pacer.rest();
    expect(other).toHaveBeenCalledOnce();
  });
});
