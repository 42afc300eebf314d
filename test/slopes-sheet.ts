/** A small sheet with a question of each kind, for tests of the commands that work with sheets. */
export const slopesSheet = `---
title: Slopes
---

Some prose about $z^2$.

\`\`\`equations net
z = w*x
C = z^2
given x = 3
parameters w = 0.5
cost C
\`\`\`

\`\`\`question slope
kind: formula
text: What is the derivative of $z^2$ by $z$?
symbols: [z]
key: 2*z
points: 2
hints:
  - What is the exponent?
  - It comes down.
\`\`\`

Now in numbers.

\`\`\`question weighted-input
kind: number
text: What is the weighted input?
asks: z
given: net
\`\`\`

\`\`\`question sign
kind: choice
text: Where does it fall?
choices:
  - text: Where z is above 0.
  - text: Where z is below 0.
    right: true
\`\`\`
`;
