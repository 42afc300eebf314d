import { expect, test } from "vitest";
import { checkAnswer } from "./answers/check-answer.ts";
import { parseSheet } from "./reading/parse-sheet.ts";
import type { Sheet } from "./sheet.ts";
import { prepare } from "./answers/prepare.ts";

function sheetWith(body: string): Sheet {
  return parseSheet(`---
title: A function of the sheet's own
functions:
  - g(z) = ${body}
---

\`\`\`question product
kind: formula
text: The product
key: a_j^L*z_j^L*g(z_j^L)
activation: sigmoid
output activation: sigmoid
symbols: [w_jk^l, b_j^l, z_j^l, a_j^l, t_j, C, f(z), g(z)]
\`\`\`
`);
}

test("what a sheet says does not depend on the functions of sheets before it", () => {
  checkAnswer(sheetWith("z"), "product", "2*a_j^L*z_j^L*z_j^L");
  const { slip, counterexample } = checkAnswer(sheetWith("z^2"), "product", "a_j^L*z_j^L*z_j^L");
  expect(slip).toBe("factor-missing");
  expect(counterexample?.text).toContain("cost quadratic");
});

test("the solution of a number may call a function of the sheet", () => {
  const sheet = parseSheet(`---
title: A function of the sheet's own
functions:
  - g(u, v) = u*v
---

\`\`\`equations simple
C = 2*x*w

given x = 3
parameters w = 1
cost C
\`\`\`

\`\`\`question square
kind: number
text: The square
given: simple
asks: g(C, C)
\`\`\`
`);
  const [question] = sheet.questions;
  expect(question && prepare(sheet).question(question.id).solution()).toBe("36.00000");
});
