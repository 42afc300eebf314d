import { type FunctionName, functions } from "../src/formula/index.ts";

/** A stream of whole numbers below a bound, the same for the same seed (mulberry32). */
export function randomIntegers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

// as: the keys of the table are its FunctionName
const names = Object.keys(functions) as FunctionName[];

/**
 * A file of up to 40 equations in up to five parameters, in which quantities are used again and again and every
 * function occurs; arguments are kept to where functions are smooth and moderate.
 */
export function randomEquationFile(seed: number): string {
  const integer = randomIntegers(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[integer(items.length)]!;
  const value = (): string => String((integer(401) - 200) / 100 || 0.37);
  const parameters = Array.from({ length: 1 + integer(5) }, (_, i) => `w_${i + 1}`);
  const given = Array.from({ length: 1 + integer(3) }, (_, i) => `x${i + 1}`);
  const known = [...parameters, ...given];
  const lines: string[] = ["own(u, v) = u*tanh(v) - v/(2 + u^2)"];
  const count = 1 + integer(39);
  for (let i = 0; i < count; i += 1) {
    const [u, v] = [pick(known), pick(known)];
    const name = names[(seed + i) % names.length]!;
    const forms = [
      `${u} ${pick(["+", "-", "*"])} ${v}`,
      `0.5 ${u} ${v} - ${u}/(3 + ${v}^2)`,
      `own(${u}, ${v})`,
      `(1 + ${u}^2)^0.3 - ${v}`,
      `${u} > ${v} ? sin(${u}) : 0.3*${v}`,
      `${v}*e^(-${u}^2)`,
    ];
    // Bounded arguments, and away from the edge of what log and sqrt take.
    const inside = ["log", "sqrt"].includes(name)
      ? `1.5 + tanh(${u})`
      : name === "log1p"
        ? `0.7 sin(${u})`
        : `1.3 sin(${u} + 0.1)`;
    const called = functions[name].arity === 2 ? `${name}(${u}, 0.4 ${v} + 0.05)` : `${name}(${inside})`;
    const quantity = `q${i}`;
    // Kept moderate, so that 40 equations in a row do not run away.
    lines.push(`${quantity} = tanh(0.7 (${integer(2) === 0 ? called : pick(forms)}))`);
    known.push(quantity);
  }
  const last = known.slice(-3);
  lines.push(`C = ${last.map((each, i) => `${i + 1}*(${each} - 0.2)^2`).join(" + ")}`);
  const shuffled = lines.map((line) => ({ line, key: integer(1e6) })).sort((left, right) => left.key - right.key);
  return [
    ...shuffled.map(({ line }) => line),
    `given ${given.map((each) => `${each} = ${value()}`).join(", ")}`,
    `parameters ${parameters.map((each) => `${each} = ${value()}`).join(", ")}`,
    "cost C",
  ].join("\n");
}
