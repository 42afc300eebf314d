import { describe, expect, test } from "vitest";
import { toText } from "../../formula/index.ts";
import { parseEquations } from "./equation-file.ts";

/** The textbook's worked example. */
const twoNeurons = `z1 = w1*x
a1 = ReLU(z1)
z2 = w2*a1 + b
y  = sigma(z2)
C  = 1/2 (y - t)^2
given x = 3, t = 1
parameters w1 = 0.01, w2 = -5, b = -1
cost C
`;

describe("a file of equations", () => {
  test("is read as the textbook writes it", () => {
    const { equations, given, parameters, cost } = parseEquations(twoNeurons);
    expect(equations.map(({ name, formula }) => `${name} = ${toText(formula)}`)).toEqual([
      "z1 = w1*x",
      "a1 = relu(z1)",
      "z2 = w2*a1 + b",
      "y = sigmoid(z2)",
      "C = 1/2*(y - t)^2",
    ]);
    expect({ given, parameters, cost }).toEqual({
      given: { x: 3, t: 1 },
      parameters: { w1: 0.01, w2: -5, b: -1 },
      cost: "C",
    });
  });

  test("may have its lines in any order, blank ones, comments and Windows line ends", () => {
    const shuffled = `# a comment\r\n${twoNeurons.trimEnd().split("\n").toReversed().join("  # why\r\n\r\n")}`;
    expect(parseEquations(shuffled).equations.map(({ name }) => name)).toEqual(["z1", "a1", "z2", "y", "C"]);
  });

  test("may define functions, by one another and with quantities in them", () => {
    const { equations } = parseEquations(`C = g(w, 2)
g(u, v) = f(u)*v
f(z) = z/(1+e^(-c z))
given c = 2
parameters w = 1
cost C`);
    expect(equations.map(({ formula }) => toText(formula))).toEqual(["w/(1 + e^(-c*w))*2"]);
  });

  test("may call a quantity as a keyword, give values as expressions, and write η for eta", () => {
    const system = parseEquations("cost = η*given^2\ngiven given = -1/4\nparameter eta = 2*3\ncost cost");
    expect(system).toMatchObject({ given: { given: -0.25 }, parameters: { eta: 6 }, cost: "cost" });
  });

  test("leaves out what the cost does not need, but reads it", () => {
    expect(parseEquations("q = w^2\nC = 2w\nparameters w = 1\ncost C").equations.map(({ name }) => name)).toEqual([
      "C",
    ]);
  });

  const valid = "parameters w = 1\ncost C";
  test.each([
    ["", /^equations: expected equations such as "z = w\*x \+ b", one a line, got none\./],
    ["# nothing\n", /^equations: expected equations such as/],
    [`C = w*\n${valid}`, /^line 1, column 7: expected a number, a name or "\(", got the end\./],
    [`# a\nC = w + $\n${valid}`, /^line 2, column 9: expected a number, a name or an operator, got "\$"\./],
    [
      `C = wieght*x_12\ngiven weight = 1, x_12 = 1\n${valid}`,
      /^line 1, column 5: .*got "wieght"\. Did you mean weight\?/,
    ],
    [
      `C = w*t\n${valid}`,
      /^line 1, column 7: expected a quantity with an equation or a value, got "t"\. Write "given t = 1"/,
    ],
    [`C = sgimoid(w)\n${valid}`, /got "sgimoid"/],
    [`C = tanh\n${valid}`, /^line 1, column 9: expected "\(" after the function tanh, got the end/],
    [
      `C = w\nC = 2w\n${valid}`,
      /^line 2, column 1: expected each name once, got "C" again, which has an equation already/,
    ],
    [`w = 2\nC = w\n${valid}`, /^line 3, column 12: expected each name once, got "w" again, which has an equation/],
    [`C = w\ngiven x = 1, x = 2\n${valid}`, /^line 2, column 14: expected each name once/],
    [
      `C = w\nf(a) = a\nf(b) = b\n${valid}`,
      /^line 3, column 1: expected each name once, got "f" again, which has a function/,
    ],
    [`C = w\nf(a, a) = a\n${valid}`, /^line 2, column 6: expected each parameter once, got "a" twice/],
    ["C = w\nparameters w = 1", /^equations: expected a cost to differentiate, got none\. Add a line such as "cost C"/],
    ["C = w\ngiven w = 1\ncost C", /^equations: expected parameters with respect to which to differentiate, got none/],
    [`Cost1 = w\nparameters w = 1\ncost Cost2`, /^line 3, column 6: .*got "Cost2"\. Did you mean Cost1\?/],
    [`C = w\n${valid}\ncost C`, /^line 4, column 6: expected one cost, got a second/],
    [`C = w\ngiven x\n${valid}`, /^line 2, column 7: expected a value, as in "given w = 0\.5, b = -1", got "x"/],
    [`C = w\ngiven x = 1,\n${valid}`, /^line 2, column 13: expected a value.*got nothing/],
    [`C = w\ngiven x = 1/0\n${valid}`, /^line 2, column 11: expected a finite value for x, got Infinity/],
    [`C = w\ngiven x = two\n${valid}`, /^line 2, column 11: .*got "two"/],
    [`C =\n${valid}`, /^line 1, column 4: expected a formula after "=", got nothing/],
    [`just words\n${valid}`, /^line 1, column 1: expected an equation "z = w\*x".*got "just words"/],
    [`2C = w\n${valid}`, /^line 1, column 1: expected a name before "=", got "2C"/],
    [`e = w\nC = e\n${valid}`, /^line 1, column 1: expected a name for a quantity, got "e", a number of its own/],
    [`exp = w\nC = 1\n${valid}`, /^line 1, column 1: expected a name for a quantity, got "exp", a function/],
    [`f(z) = g(z)\ng(z) = f(z)\nC = f(w)\n${valid}`, /expected functions that end, got a cycle, f → g → f/],
    [`f(u, v) = u*v\nC = f(w)\n${valid}`, /^line 2, column 5: expected 2 arguments of f, got 1/],
    [`C = w == 1 == 1\n${valid}`, /^line 1, column 12: expected one comparison/],
    [`${"x".repeat(61)} = w\n${valid}`, /of at most 60 letters, got a longer one/],
    ["C = w\n".repeat(1001), /expected at most 1000 equations, got 1001/],
    ["x".repeat(100_001), /expected at most 100000 characters, got 100001/],
    [
      `f(z) = z*z*z*z*z*z*z*z\nC = f(f(f(f(f(f(f(f(f(f(f(f(w))))))))))))\n${valid}`,
      /^line 2, column 5: expected at most 20000 parts, got .* with the functions put in/,
    ],
  ])("%j is refused with the place and what to do", (text, message) => {
    expect(() => parseEquations(text)).toThrow(message);
  });

  test("shows the cycle when equations go round in one", () => {
    const text = "z1 = w*a1\na1 = tanh(z1)\nC = a1\nparameters w = 1\ncost C";
    expect(() => parseEquations(text)).toThrow(/got a cycle, z1 → a1 → z1\. Break it\.$/);
    expect(() => parseEquations("C = C + w\nparameters w = 1\ncost C")).toThrow(/got a cycle, C → C\./);
  });

  test("tells the very characters that are wrong", () => {
    const text = "C = w + qq\nparameters w = 1\ncost C";
    try {
      parseEquations(text);
      expect.unreachable();
    } catch (error) {
      const { span } = error as { span: { start: number; end: number } };
      expect(text.slice(span.start, span.end)).toBe("qq");
    }
  });
});
