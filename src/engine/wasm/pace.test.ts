import { describe, expect, test } from "vitest";
import { createPace } from "./pace.ts";

/** Plays jobs of ten steps; returns how many of them were done together. */
function play(pace: ReturnType<typeof createPace>, jobs: number, aloneMs: number, togetherMs: number): number {
  let together = 0;
  for (let job = 0; job < jobs; job++) {
    const isTogether = pace.isTogether();
    if (isTogether) together += 1;
    pace.report(isTogether, (isTogether ? togetherMs : aloneMs) * 10, 10);
  }
  return together;
}

describe("the pace", () => {
  test("stays with all threads while that is faster", () => {
    expect(play(createPace(), 1000, 2, 1)).toBeGreaterThan(950);
  });

  test("stays alone while that is faster, and tries again at little cost", () => {
    // A trial takes ten times as long: of 3 % of the time, 1 job in 300.
    const together = play(createPace(), 1000, 1, 10);
    expect(together).toBeGreaterThan(1);
    expect(together).toBeLessThan(10);
  });

  test("follows when things change", () => {
    const pace = createPace();
    play(pace, 200, 1, 3);
    play(pace, 200, 2, 1);
    expect(play(pace, 100, 2, 1)).toBeGreaterThan(90);
    play(pace, 500, 1, 3);
    expect(play(pace, 100, 1, 3)).toBeLessThan(10);
  });
});
