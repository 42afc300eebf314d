import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { foldFormula, type Formula, lower, parseFormula } from "../../formula/index.ts";
import type { Extent, MapEquation, MapInstruction, MapOperand, Pattern } from "../../plan/instruction.ts";
import { createMachine, type WasmMachine } from "./machine.ts";
import { mapCode } from "./map-code.ts";
import { type Reach, valuesOf } from "./map-values.ts";

/**
 * The value of a lowered formula in float32, rounded after every operation: what the kernels must give, bit for bit, when the
 * operations are those that IEEE 754 fixes.
 */
function roundedValue(formula: Formula, symbols: ReadonlyMap<string, number>): number {
  const value = (part: Formula, [a = 0, b = 0, c = 0]: readonly number[]): number => {
    switch (part.kind) {
      case "number":
        return part.value;
      case "symbol":
        return symbols.get(part.name)!;
      case "negate":
        return -a;
      case "operation":
        return { "+": a + b, "-": a - b, "*": a * b, "/": a / b, "^": NaN }[part.operator];
      case "comparison":
        return Number(
          { "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b, "==": a === b, "!=": a !== b }[part.relation],
        );
      case "choice":
        return a !== 0 ? b : c;
      case "call":
        return { max: Math.max(a, b), min: Math.min(a, b), abs: Math.abs(a), sqrt: Math.sqrt(a), sign: Math.sign(a) }[
          part.name as "max" | "min" | "abs" | "sqrt" | "sign" // as: the formulas below use no others
        ];
      default:
        throw new Error(`no value for a ${part.kind}`);
    }
  };
  return foldFormula<number>(formula, (part, parts) => Math.fround(value(part, parts)));
}

interface Case {
  readonly rows: number;
  /** Rows there is room for. */
  readonly capacity: number;
  readonly width: number;
  readonly patterns: readonly Pattern[];
  readonly formulas: readonly string[];
  /** For each equation: the operand it overwrites, −1 for a place of its own, null for none. */
  readonly targets: readonly (number | null)[];
}

const names = ["p", "q", "r", "s"];

/** Runs a case, and gives every output at every position together with what it should be. */
function runCase({ rows, capacity, width, patterns, formulas, targets }: Case): { got: number; expected: number }[] {
  const machine = createMachine();
  const lengthOf = { full: capacity * width, row: width, column: capacity, scalar: 1 };
  const values = patterns.map((pattern, n) =>
    Float32Array.from({ length: lengthOf[pattern] }, (_, i) => ((i * 37 + n * 101 + 11) % 64) / 8 - 4),
  );
  const operands: MapOperand[] = patterns.map((pattern, n) => {
    const offset = machine.allocate(lengthOf[pattern]);
    machine.floats().set(values[n]!, offset);
    return { symbol: names[n]!, offset, pattern };
  });
  const equations: MapEquation[] = formulas.map((text, n) => {
    const target = targets[n] ?? null;
    const offset = target === null ? null : target < 0 ? machine.allocate(capacity * width) : operands[target]!.offset;
    return { symbol: `e${n}`, formula: parseFormula(text), offset };
  });
  const extent: Extent = { size: capacity, variable: 0 };
  const instruction: MapInstruction = { kind: "map", rows: extent, width, operands, equations };
  machine.run(machine.load({ instructions: [instruction], arenaFloats: 0 }), [rows], 0, 0);

  const lowered = equations.map((equation) => ({ ...equation, formula: lower(equation.formula) }));
  const floats = machine.floats();
  const results: { got: number; expected: number }[] = [];
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < width; j++) {
      const at = { full: i * width + j, row: j, column: i, scalar: 0 };
      const symbols = new Map(patterns.map((pattern, n) => [names[n]!, values[n]![at[pattern]]!]));
      for (const { symbol, formula, offset } of lowered) {
        const expected = roundedValue(formula, symbols);
        symbols.set(symbol, expected);
        if (offset !== null) results.push({ got: floats[offset + i * width + j]!, expected });
      }
    }
  }
  return results;
}

function expectExact(results: readonly { got: number; expected: number }[]): void {
  expect(results.length).toBeGreaterThan(0);
  const wrong = results.filter(({ got, expected }) => !Object.is(got, expected));
  expect(wrong.slice(0, 3)).toEqual([]);
}

const all = { rows: 5, capacity: 7, patterns: ["full", "row", "column", "scalar"] } as const;

describe("a map", () => {
  test.each([4, 12, 64, 128, 144, 256, 272, 784])(
    "agrees with float32 loops for every pattern at width %i",
    (width) => {
      expectExact(runCase({ ...all, width, formulas: ["p*q + r - s", "e0*p", "e1/(r+9)"], targets: [-1, null, -1] }));
      expectExact(runCase({ ...all, width, formulas: ["p*s+1"], targets: [-1] }));
      expectExact(runCase({ ...all, width, formulas: ["r - s", "q", "s*s"], targets: [-1, -1, -1] }));
    },
  );

  test("one row: rows are as the whole, columns as scalars", () => {
    expectExact(runCase({ ...all, rows: 1, capacity: 1, width: 300, formulas: ["p*q + r - s"], targets: [0] }));
  });

  test("an output may overwrite an operand that later equations still read", () => {
    const patterns: readonly Pattern[] = ["full", "full"];
    const shape = { rows: 9, capacity: 9, width: 64, patterns };
    expectExact(runCase({ ...shape, formulas: ["p - q/2"], targets: [0] }));
    expectExact(runCase({ ...shape, formulas: ["q + 1", "p + e0"], targets: [0, 1] }));
    expectExact(runCase({ ...shape, formulas: ["p*3", "q + p"], targets: [0, 1] }));
    expectExact(runCase({ ...shape, formulas: ["q", "p"], targets: [0, 1] })); // they change places
    expectExact(runCase({ ...shape, formulas: ["p*p", "p*p"], targets: [0, 1] }));
  });

  test("the branch not chosen does not count, whatever it holds", () => {
    const formulas = [
      "(p < 0 ? 1/(p-p) : p) + 1",
      "p == q ? p : sqrt(-1-abs(q))",
      "(p - q) ? p : q/(p-p)",
      "p != q ? e0 : e1",
    ];
    expectExact(runCase({ ...all, width: 16, formulas, targets: [-1, -1, -1, -1] }));
  });

  test("random equations in random patterns give the bits of float32 loops", () => {
    const formula = fc.letrec<{ node: string }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 4, withCrossShrink: true },
        fc.constantFrom("p", "q", "r", "s", "e0", "e1", "1", "0", "0.5", "3"),
        fc.tuple(tie("node"), fc.constantFrom("+", "-", "*", "/"), tie("node")).map(([a, op, b]) => `(${a}${op}${b})`),
        fc.tuple(tie("node"), tie("node")).map(([a, b]) => `(${a}*(1-${a})*${b})`),
        fc.tuple(fc.constantFrom("abs", "sqrt", "sign"), tie("node")).map(([f, a]) => `${f}(${a})`),
        fc.tuple(fc.constantFrom("max", "min"), tie("node"), tie("node")).map(([f, a, b]) => `${f}(${a},${b})`),
        fc
          .tuple(tie("node"), fc.constantFrom("<", "<=", ">", ">=", "==", "!="), tie("node"), tie("node"), tie("node"))
          .map(([a, relation, b, c, d]) => `(${a}${relation}${b} ? ${c} : ${d})`),
      ),
    })).node;
    const first = formula.map((text) => text.replaceAll(/e[01]/gu, "p"));
    const second = formula.map((text) => text.replaceAll("e1", "q"));
    const pattern = fc.constantFrom<Pattern>("full", "row", "column", "scalar");
    const cases = fc.record({
      rows: fc.integer({ min: 1, max: 20 }),
      spare: fc.integer({ min: 0, max: 3 }),
      vectors: fc.integer({ min: 1, max: 90 }),
      patterns: fc.tuple(fc.constant<Pattern>("full"), pattern, pattern, pattern),
      formulas: fc.tuple(first, second, formula),
      targets: fc.tuple(fc.constantFrom(-1, null), fc.constantFrom(-1, null), fc.constantFrom(-1, 0)),
    });
    fc.assert(
      fc.property(cases, ({ rows, spare, vectors, ...rest }) => {
        const small = vectors > 20 ? Math.min(rows, 3) : rows;
        const results = runCase({ ...rest, rows: small, capacity: small + spare, width: vectors * 4 });
        const wrong = results.filter(({ got, expected }) => !Object.is(got, expected));
        expect(wrong.slice(0, 3)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});

describe("what a map compiles to", () => {
  const instructionOf = (texts: readonly string[], patterns: readonly Pattern[], place: number): MapInstruction => ({
    kind: "map",
    rows: { size: 4, variable: null },
    width: 16 * place,
    operands: patterns.map((pattern, n) => ({ symbol: names[n]!, offset: place * 64 * n, pattern })),
    equations: texts.map((text, n) => ({
      symbol: `e${n}`,
      formula: parseFormula(text),
      offset: place * 1024 * (n + 1),
    })),
  });
  const operationsOf = (reach: Reach, texts: readonly string[], patterns: readonly Pattern[]): readonly string[] =>
    valuesOf(instructionOf(texts, patterns, 1)).computed.flatMap((value) =>
      value.reach === reach ? [value.operation] : [],
    );

  test("relu and its slope are one operation each", () => {
    expect(operationsOf("position", ["max(0, p)"], ["full"])).toEqual(["relu"]);
    expect(operationsOf("position", ["p > 0 ? q : 0"], ["full", "full"])).toContain("selectLess");
  });

  test("what is the same everywhere is computed once, what is the same along a row once a row", () => {
    const texts = ["s*p + (1-s)*q^2 + exp(r)"];
    const patterns: readonly Pattern[] = ["full", "full", "column", "scalar"];
    expect(operationsOf("all", texts, patterns)).toEqual(["subtract"]);
    expect(operationsOf("row", texts, patterns)).toEqual(["exp"]);
    expect(operationsOf("position", texts, patterns)).toEqual(["multiply", "multiply", "multiply", "add", "add"]);
  });

  test("what equations share is computed once", () => {
    expect(operationsOf("position", ["exp(-p)", "exp(-p)*q"], ["full", "full"])).toEqual(["negate", "exp", "multiply"]);
  });

  test("equal formulas are one function, whatever the sizes and wherever the numbers lie", () => {
    const patterns: readonly Pattern[] = ["full", "full", "column", "scalar"];
    const [one, other] = [1, 3].map((place) => mapCode(instructionOf(["p - s*q", "r*p"], patterns, place)));
    expect(other!.body).toEqual(one!.body);
    expect(other!.offsets).toEqual(one!.offsets.map((offset) => 3 * offset));
    expect(mapCode(instructionOf(["p - s*q", "p*r - 1"], patterns, 1)).body).not.toEqual(one!.body);
  });
});

test("the same run gives the same bits", () => {
  const bits = (machine: WasmMachine): string => {
    const [x, y] = [machine.allocate(4096), machine.allocate(4096)];
    for (let i = 0; i < 4096; i++) machine.floats()[x + i] = Math.fround(i / 100 - 20);
    const formula = parseFormula("tanh(x) + sigmoid(x)*exp(-abs(x)) + log1p(abs(x))^1.5 + sin(x)");
    const equations = [{ symbol: "y", formula, offset: y }];
    const operands = [{ symbol: "x", offset: x, pattern: "full" }] as const;
    const instruction: MapInstruction = {
      kind: "map",
      rows: { size: 64, variable: null },
      width: 64,
      operands,
      equations,
    };
    machine.run(machine.load({ instructions: [instruction], arenaFloats: 0 }), [], 0, 0);
    return new Int32Array(machine.floats().buffer, y * 4, 4096).join();
  };
  expect(bits(createMachine())).toBe(bits(createMachine()));
});

test("a formula of two thousand parts, as long as they may be, has the bits of float32 loops", () => {
  const text = Array.from({ length: 200 }, (_, i) => `(p - ${i}/64)^2*q`).join(" + ");
  const results = runCase({ ...all, width: 8, formulas: [text, "e0 - p"], targets: [-1, -1] });
  expectExact(results);
});
