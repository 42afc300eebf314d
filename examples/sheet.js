// A problem sheet of your own: proved before class, answered, and judged. Run with: node examples/sheet.js
import { checkAnswer, lintSheet, parseSheet } from "backpass/exercise";

const text = `---
title: One layer back
---

\`\`\`equations neuron
z = w*x
a = tanh(z)
C = 1/2 (a - t)^2
given x = 1..3, t = 1
parameters w = 0.1..0.9
cost C
\`\`\`

\`\`\`question hidden
kind: formula
text: What is $(partialC)/(partiala_k^(l-1))$, in terms of weights and errors of layer $l$?
asks: (partialC)/(partiala_k^(l-1))
terms: [w_jk^l, delta_j^l]
key: derive
\`\`\`

\`\`\`question slope
kind: number
text: What is $(partialC)/(partialw)$?
asks: dC/dw
given: neuron
decimals: 6
\`\`\`
`;

const sheet = parseSheet(text, { seed: 3 });
console.log("findings", lintSheet(sheet).length);
for (const answer of ["sum_j w_jk^l*delta_j^l", "sum_j w_kj^l*delta_j^l", "w_jk^l*dleta_j^l"]) {
  const { verdict, message } = checkAnswer(sheet, "hidden", answer);
  console.log(`${verdict}: ${message}`);
}
console.log(checkAnswer(sheet, "slope", "0").verdict, sheet.given.get("neuron")?.system.parameters);
