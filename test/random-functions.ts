import { randomIntegers } from "./random-equations.ts";

/** Functions of one argument that formulas know, and activations written out. */
const outer = [
  "exp",
  "log",
  "sqrt",
  "abs",
  "sin",
  "cos",
  "tanh",
  "sigmoid",
  "softplus",
  "relu",
  "erf",
  "cosh",
  "sinh",
  "sign",
  "logcosh",
];
const constants = ["1", "2", "3", "-1", "0.5", "-2", "10", "1/3", "0.0000005", "1000000", "pi", "21", "-50", "sqrt(2)"];
const exponents = ["2", "3", "-1", "-2", "0.5", "1.5", "1/3", "4"];

/**
 * A function of z as text: powers, exponentials, logarithms, waves, corners, quotients, compositions, with tiny and huge
 * constants and shifts. The same seed gives the same function.
 */
export function randomFunction(seed: number): string {
  const integer = randomIntegers(seed);
  const pick = (list: readonly string[]): string => list[integer(list.length)]!;
  const linear = (): string => {
    const shapes = [
      "z",
      "z",
      "z",
      `(z - ${pick(["1", "3", "21", "50", "0.3", "1000"])})`,
      `(${pick(["2", "-1", "0.1", "100", "1/3"])}*z)`,
      `(2*z + 1)`,
      "(-z)",
    ];
    return pick(shapes);
  };
  const part = (depth: number): string => {
    if (depth === 0) return integer(5) === 0 ? `(${pick(constants)})` : linear();
    const inner = (): string => part(depth - 1);
    switch (integer(13)) {
      case 0:
      case 1:
        return `(${inner()} + ${inner()})`;
      case 2:
        return `(${inner()} - ${inner()})`;
      case 3:
      case 4:
        return `${inner()}*${inner()}`;
      case 5:
        return `${inner()}/(${inner()})`;
      case 6:
        return `(${inner()})^(${pick(exponents)})`;
      case 7:
        return `${pick(["max", "min"])}(${inner()}, ${integer(2) === 0 ? pick(constants) : inner()})`;
      case 8:
        return `(${linear()} ${pick([">", "<="])} ${pick(constants)} ? ${inner()} : ${inner()})`;
      case 9:
        return `e^(${inner()})`;
      default:
        return `${pick(outer)}(${inner()})`;
    }
  };
  for (;;) {
    const text = part(1 + integer(3));
    if (text.includes("z")) return text;
  }
}
