import { givenEquations } from "../src/exercise/reading/given.ts";
import type { Given } from "../src/exercise/sheet.ts";

/** The textbook's worked example: two neurons, ReLU and sigmoid, with the quadratic cost. */
export const twoNeurons: Given = givenEquations(
  "simple",
  `z1 = w1*x
a1 = ReLU(z1)
z2 = w2*a1 + b
y = sigma(z2)
C = 1/2 (y - t)^2
given x = 3, t = 1
parameters w1 = 0.01, w2 = -5, b = -1
cost C
`,
  1,
  0,
);
