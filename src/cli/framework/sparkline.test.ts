import { describe, expect, test } from "vitest";
import { sparkline } from "./sparkline.ts";

describe("sparkline", () => {
  test("draws the least lowest and the greatest highest", () => {
    expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7], { width: 8, isUnicode: true })).toBe("▁▂▃▄▅▆▇█");
    expect(sparkline([7, 0], { width: 8, isUnicode: false })).toBe("@_");
  });

  test("averages neighbors where there are more values than places, and leaves gaps for what is not finite", () => {
    expect(sparkline([0, 0, 7, 7], { width: 2, isUnicode: true })).toBe("▁█");
    expect(sparkline([0, Number.NaN, 1], { width: 3, isUnicode: true })).toBe("▁ █");
  });

  test("draws values that are all the same in the middle", () => {
    expect(sparkline([3, 3], { width: 2, isUnicode: true })).toBe("▅▅");
  });
});
