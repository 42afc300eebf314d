import { describe, expect, test } from "vitest";
import { csvLine, withoutFormula } from "./csv-text.ts";

describe("withoutFormula", () => {
  test.each(["=1+1", '=HYPERLINK("http://x")', "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1"])(
    "puts an apostrophe before %j",
    (text) => expect(withoutFormula(text)).toBe(`'${text}`),
  );

  test.each(["+", "-", "=", "-3", "+3.5e-7", "-.5", "yes", "a=b", "", "1-2"])("leaves %j as it is", (text) =>
    expect(withoutFormula(text)).toBe(text),
  );

  test("leaves numbers as they are", () => {
    expect(csvLine([-1, 2.5].map(withoutFormula))).toBe("-1,2.5\n");
  });
});
