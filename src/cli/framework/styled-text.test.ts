import { expect, test } from "vitest";
import { eraseLine, joinedText, styled, terminalLine, terminalText } from "./styled-text.ts";

test("codes pass where they are this program's own, and are shown where they stand in a text", () => {
  const attack = "\u001b[2J\u001b]0;x\u0007";
  const shown = "\\u001b[2J\\u001b]0;x\\u0007";
  expect(terminalText(attack)).toBe(shown);
  expect(terminalText(styled(31, attack))).toBe(`\u001b[31m${shown}\u001b[0m`);
  expect(terminalText(joinedText([eraseLine, styled(1, "a"), attack]))).toBe(`\r\u001b[2K\u001b[1ma\u001b[0m${shown}`);
  expect(terminalLine("a\nb\u009b")).toBe("a b\\u009b");
});
