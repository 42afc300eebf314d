import { describe, expect, test } from "vitest";
import { parseFormula } from "../formula/index.ts";
import { backpropagate } from "../graph/backpropagate.ts";
import { axis, contract, input, map, reduce, variable } from "../graph/build.ts";
import type { Node } from "../graph/node.ts";
import { compilePlan } from "./compile.ts";
import type { CompiledPlan } from "./compiled-plan.ts";
import type { Extent, Instruction, MapInstruction, MultiplyInstruction, Plan } from "./instruction.ts";
import { floatsOf } from "./layout.ts";
import { splitPlan } from "./split.ts";
import { verifyDivision, verifyPlan } from "./verify.ts";

type Kind = Instruction["kind"];
type OfKind<K extends Kind> = Extract<Instruction, { readonly kind: K }>;

/** Two layers by gradient descent, a batch of products and a sum over a middle axis: every kind of instruction that computes. */
function validPlan(): CompiledPlan {
  const examples = axis("examples", 8, { isVariable: true });
  const [k, j, t] = [axis("k", 5), axis("j", 6), axis("t", 3)];
  const [x, eta] = [input("x", [examples, k]), input("eta", [])];
  const [w, b] = [variable("w", [j, k]), variable("b", [j])];
  const a = map("sigmoid(s + b)", { s: map("s + b", { s: contract(x, w, [examples, j]), b }), b });
  const cost = reduce("mean", map("a^2", { a }), []);
  const gradients = backpropagate(cost, [w, b]);
  const [q, r] = [input("q", [examples, t, k]), input("r", [examples, k, j])];
  const batched = contract(q, r, [examples, t, j]);
  const outputs = { cost, batched, middle: reduce("max", map("tanh(u)", { u: batched }), [examples, j]) };
  const updates = [w, b].map((each) => ({
    target: each,
    value: map("w - eta*g", { w: each, eta, g: gradients.get(each)! }),
  }));
  let end = 0;
  const places = new Map<Node, number>();
  const allocate = (floats: number): number => (end += floats) - floats;
  return compilePlan(
    { outputs, updates },
    {
      allocate,
      variable: (node) => {
        if (!places.has(node)) places.set(node, allocate(floatsOf(node.axes)));
        return places.get(node)!;
      },
    },
  );
}

/** The plan with its first instruction of a kind, that fits, changed. */
function changed<K extends Kind>(
  kind: K,
  change: (instruction: OfKind<K>) => Instruction,
  fits: (instruction: OfKind<K>) => boolean = () => true,
): CompiledPlan {
  const plan = validPlan();
  const isIt = (each: Instruction): each is OfKind<K> => each.kind === kind && fits(each as OfKind<K>); // as: by its kind
  const old = plan.instructions.find(isIt);
  if (old === undefined) throw new Error(`the plan has no such ${kind}`);
  return replaced(plan, old, change(old));
}

function replaced(plan: CompiledPlan, old: Instruction, next: Instruction): CompiledPlan {
  const touched = new Map(plan.tensors.touched);
  const names = new Map(plan.names);
  touched.set(next, touched.get(old)!);
  names.set(next, names.get(old) ?? []);
  const instructions = plan.instructions.map((each) => (each === old ? next : each));
  return { ...plan, instructions, names, tensors: { ...plan.tensors, touched } };
}

const isUpdate = ({ update }: MultiplyInstruction): boolean => update !== undefined;
const isBatch = ({ batch }: MultiplyInstruction): boolean => batch !== undefined;
const isBiased = ({ bias }: MultiplyInstruction): boolean => bias !== null;
const fixed = (size: number): Extent => ({ size, variable: null });

test("a plan as it is compiled is right", () => {
  expect(() => verifyPlan(validPlan())).not.toThrow();
});

describe("a broken rule of an instruction is found", () => {
  test.each<[string, () => CompiledPlan, string]>([
    [
      "offset",
      () => changed("multiply", (m) => ({ ...m, left: { ...m.left, offset: m.left.offset + 2 } })),
      "multiple of 4",
    ],
    ["stride", () => changed("multiply", (m) => ({ ...m, output: { ...m.output, stride: 7 } })), "stride"],
    ["update with a bias", () => changed("multiply", (m) => ({ ...m, bias: 0 }), isUpdate), "without a bias"],
    [
      "update of many terms",
      () => changed("multiply", (m) => ({ ...m, depth: fixed(257) }), isUpdate),
      "256 terms, got 257",
    ],
    [
      "update in a batch",
      () => changed("multiply", (m) => ({ ...m, batch: { extent: fixed(2), left: 4, right: 4, output: 4 } }), isUpdate),
      "single product",
    ],
    [
      "results side by side",
      () => changed("multiply", (m) => ({ ...m, batch: { ...m.batch!, output: 1 } }), isBatch),
      "multiples of 4 floats apart",
    ],
    ["extent of nothing", () => changed("map", (m) => ({ ...m, rows: fixed(0) })), "1 or more, got 0"],
    ["unknown axis", () => changed("map", (m) => ({ ...m, rows: { size: 8, variable: 7 } })), "got number 7"],
    [
      "extent beyond its axis",
      () => changed("map", (m) => ({ ...m, rows: { size: 9, variable: 0 } })),
      'along "examples"',
    ],
    ["width", () => changed("map", (m) => ({ ...m, width: 6 })), "width"],
    ["unknown symbol", () => changed("map", withFormula("v0 + nobody")), '"nobody"'],
    ["levels of a formula", () => changed("map", withFormula(`${"exp(".repeat(90)}v0${")".repeat(90)}`, 12)), "levels"],
    ["equations", () => changed("map", (m) => ({ ...m, equations: manyOf(m, 25) })), "24 equations, got 25"],
    ["symbol twice", () => changed("map", (m) => ({ ...m, equations: [m.equations[0]!, m.equations[0]!] })), "again"],
    [
      "result on its operand",
      () => changed("multiply", (m) => ({ ...m, output: { ...m.output, offset: m.left.offset } })),
      "lies on what it reads",
    ],
  ])("%s", (_, broken, message) => {
    expect(() => verifyPlan(broken())).toThrow(message);
  });
});

describe("a broken rule of memory is found", () => {
  test("what lies outside the plan's memory", () => {
    const plan = changed("reduce", (r) => ({ ...r, output: 1_000_000 }));
    expect(() => verifyPlan(plan)).toThrow(/instruction \d+ \(reduce.*\): expected memory of the plan, got 1000000/u);
  });

  test("a tensor that is read before it is written", () => {
    const plan = validPlan();
    const first = plan.instructions.findIndex(({ kind }) => kind === "map");
    const late = { ...plan, instructions: plan.instructions.toSpliced(first, 1) };
    expect(() => verifyPlan(late)).toThrow(/reads at \d+ what was not written before/u);
  });

  test("a write over a tensor that is read later", () => {
    const plan = validPlan();
    const { touched } = plan.tensors;
    // The batched product is an output: it must last to the end.
    const batched = plan.instructions.find((each) => each.kind === "multiply" && isBatch(each))!;
    const victim = touched.get(batched)!.writes[0]!.matrix.offset;
    const maximum = plan.instructions.find((each) => each.kind === "reduce" && each.reduction === "max");
    if (maximum?.kind !== "reduce") throw new Error("the plan has no maximum");
    const broken = replaced(plan, maximum, { ...maximum, output: victim });
    const position = plan.instructions.indexOf(maximum);
    expect(() => verifyPlan(broken)).toThrow(`a tensor over which instruction ${position} has written`);
  });

  test("padding that gets into a sum", () => {
    const plan = changed(
      "reduce",
      (r) => ({ ...r, columns: fixed(7) }),
      (r) => r.along !== "rows" && r.columns.size === 6,
    );
    expect(() => verifyPlan(plan)).toThrow("reads padding");
  });

  test("a place without a tensor", () => {
    const plan = changed("multiply", (m) => ({ ...m, bias: null }), isBiased);
    expect(() => verifyPlan(plan)).toThrow("expected a tensor for each");
  });
});

describe("a broken rule of threads is found", () => {
  const divided = (): { readonly plan: Plan; readonly parts: readonly Plan[] } => {
    const plan = validPlan();
    return { plan, parts: splitPlan(plan, 2, 0) };
  };
  const withInstructions = (
    parts: readonly Plan[],
    thread: number,
    change: (instructions: readonly Instruction[]) => readonly Instruction[],
  ): readonly Plan[] =>
    parts.map((part, n) => (n === thread ? { ...part, instructions: change(part.instructions) } : part));

  test("nothing, as a plan is divided", () => {
    const { plan, parts } = divided();
    expect(parts[1]!.instructions.length).toBeGreaterThan(3);
    expect(() => verifyDivision(plan, parts)).not.toThrow();
  });

  test("a barrier that only some have", () => {
    const { plan, parts } = divided();
    const broken = withInstructions(parts, 1, (all) => [...all, { kind: "barrier" }]);
    expect(() => verifyDivision(plan, broken)).toThrow("as many barriers");
  });

  test("barriers that nobody has", () => {
    const { plan, parts } = divided();
    const broken = parts.map((part) => ({
      ...part,
      instructions: part.instructions.filter(({ kind }) => kind !== "barrier"),
    }));
    expect(() => verifyDivision(plan, broken)).toThrow(/before the next barrier/u);
  });

  test("a part that nobody does", () => {
    const { plan, parts } = divided();
    const broken = withInstructions(parts, 1, (all) => all.filter(({ kind }) => kind !== "multiply"));
    expect(() => verifyDivision(plan, broken)).toThrow("as often as in the undivided plan");
  });

  test("a part that two do", () => {
    const { plan, parts } = divided();
    const broken = withInstructions(parts, 1, () => parts[0]!.instructions);
    expect(() => verifyDivision(plan, broken)).toThrow(/writes at \d+ and on, as thread 0 does/u);
  });
});

/** A change that gives a map's first equation another formula; `times` puts it into itself so often. */
function withFormula(text: string, times = 1): (map: MapInstruction) => MapInstruction {
  let formula = parseFormula(text);
  for (let n = 1; n < times; n++) formula = { kind: "call", name: "abs", arguments: [deepened(formula, 90)] };
  return (map) => ({ ...map, equations: [{ ...map.equations[0]!, formula }, ...map.equations.slice(1)] });
}

function deepened(formula: ReturnType<typeof parseFormula>, levels: number): ReturnType<typeof parseFormula> {
  let deep = formula;
  for (let n = 0; n < levels; n++) deep = { kind: "negate", operand: deep };
  return deep;
}

function manyOf({ equations }: MapInstruction, count: number): MapInstruction["equations"] {
  return Array.from({ length: count }, (_, n) => ({ ...equations[0]!, symbol: `more${n}`, offset: null }));
}
