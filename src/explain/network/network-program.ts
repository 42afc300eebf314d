import { internalError } from "../../errors.ts";
import type { FunctionName } from "../../formula/index.ts";
import { type Node, operandsOf, topologicalOrder } from "../../graph/index.ts";
import { type Network, networkEquations } from "../../network/index.ts";
import { rowsOf } from "../../network/rows.ts";
import { identities } from "../../graph/identities.ts";
import { helpers, type ProgramLanguage } from "../code/formula-code.ts";
import type { CodeContext } from "../code/code-context.ts";
import { numpyExpression } from "../code/numpy-code.ts";
import { typescriptExpression } from "../code/typescript-code.ts";

/** Examples for a program to compute with: `[examples, n_0]` inputs and `[examples, n_L]` targets. */
export interface ProgramExamples {
  readonly inputs: readonly (readonly number[])[];
  readonly targets: readonly (readonly number[])[];
}

/** One line of a program: a quantity and the code that computes it. */
interface Statement {
  readonly name: string;
  readonly node: Node;
  readonly code: string;
}

/**
 * A program of its own for a network, with the textbook's names, from the graph that trains it: forward (z1, a1, …,
 * cost), backward (delta, dw, db), update. Run, it prints one JSON object of all of these, and of the parameters after
 * one step.
 *
 * TypeScript needs nothing but a runtime that strips types, or `tsc`; Python needs NumPy.
 */
export function networkProgram(
  net: Network,
  examples: ProgramExamples,
  language: ProgramLanguage,
  learningRate = 0.1,
): string {
  const capacity = Math.max(2, examples.inputs.length);
  const equations = networkEquations(net, { capacity });
  const gradients = equations.parameters.map(
    ({ symbol, layer, gradient }) => [`d${symbol}${layer}`, gradient] as const,
  );
  const forwardRoots = [
    ...equations.layers.flatMap(({ weightedInput, activation }) => [weightedInput, activation]),
    equations.costs,
    equations.cost,
  ];
  // The graph of a network's cost has some nodes twice, such as the softmax; a program computes each once.
  const errors = equations.layers.map(({ error }) => error).toReversed();
  const order = topologicalOrder([...forwardRoots, ...errors, ...gradients.map(([, node]) => node)]);
  const names = statementNames(
    order,
    [equations.inputs, equations.targets],
    new Map(gradients.map(([name, node]) => [node, name])),
  );
  const needs = new Set<FunctionName>();
  const context: CodeContext = {
    nameOf: (node) => names.get(node) ?? null,
    sizeOf: (axis) => (axis === equations.examples ? "n" : String(axis.size)),
    needs,
  };
  const isForward = new Set(topologicalOrder(forwardRoots));
  const first = new Map<string, Node>();
  for (const node of order) {
    const name = names.get(node);
    if (name !== undefined && !first.has(name)) first.set(name, node);
  }
  const statements = [...first.values()]
    .filter((node) => node.kind !== "variable" && node.kind !== "input")
    .map((node): Statement => {
      const name = names.get(node) ?? "";
      const code = language === "python" ? numpyExpression(node, context) : typescriptExpression(node, context);
      return { name, node, code };
    });
  const parameters = net.parameters.map(({ symbol, layer, shape, values }) => {
    const rows = shape.length === 1 ? Array.from(values) : rowsOf(values, shape.at(-1) ?? 1);
    return [`${symbol}${layer}`, rows] as const;
  });
  const backward = statements.filter(({ node }) => !isForward.has(node));
  const words = new Set(backward.flatMap(({ code }) => code.match(/[A-Za-z_]\w*/g) ?? []));
  const forward = statements.filter(({ node }) => isForward.has(node));
  const program = {
    parameters,
    forward,
    backward,
    /** What backward needs of forward. */
    received: forward.map(({ name }) => name).filter((name) => words.has(name)),
    gradients: gradients.map(([name]) => name),
    examples,
    learningRate,
  };
  return language === "python" ? pythonProgram(program, needs) : typescriptProgram(program, needs);
}

/**
 * Names for what gets a line of its own: the textbook's quantities; sums and maxima that would be computed anew for every
 * element of what they are used in; and what is used more than once. Nodes that compute the same share the name.
 */
function statementNames(
  order: readonly Node[],
  inputs: readonly Node[],
  known: ReadonlyMap<Node, string>,
): ReadonlyMap<Node, string> {
  const idOf = identities();
  const users = new Map<number, Set<number>>();
  const widest = new Map<number, number>();
  for (const node of order) {
    for (const operand of operandsOf(node)) {
      const id = idOf(operand);
      users.set(id, (users.get(id) ?? new Set()).add(idOf(node)));
      // A hold passes its operand on to a user of any width.
      const width = node.kind === "map" ? node.axes.length : Infinity;
      widest.set(id, Math.max(widest.get(id) ?? 0, width));
    }
  }
  const names = new Map<Node, string>();
  const byId = new Map<number, string>();
  const counts = new Map<string, number>();
  for (const node of order) {
    const id = idOf(node);
    const name = known.get(node) ?? labelName(node, inputs) ?? byId.get(id) ?? null;
    const isTotal = node.kind === "reduce" || node.kind === "contract";
    const isShared = (users.get(id)?.size ?? 0) > 1 && (node.kind === "map" || isTotal);
    const isSpread = isTotal && (widest.get(id) ?? 0) > node.axes.length;
    if (name !== null) names.set(node, name);
    else if (isShared || isSpread) {
      const kind = node.kind === "reduce" && node.reduction === "max" ? "largest" : isTotal ? "total" : "part";
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      names.set(node, `${kind}${counts.get(kind) ?? 0}`);
    }
    const own = names.get(node);
    if (own !== undefined) byId.set(id, own);
  }
  return names;
}

function labelName(node: Node, [x, t]: readonly Node[]): string | null {
  if (node === x) return "a0";
  if (node === t) return "t";
  if (node.label === null) return node.kind === "variable" ? node.name : null;
  const { symbol, layer } = node.label;
  if (symbol === "C_x") return "costs";
  return symbol === "C" ? "cost" : `${symbol}${layer ?? ""}`;
}

interface Program {
  readonly parameters: readonly (readonly [string, readonly number[] | readonly (readonly number[])[]])[];
  readonly forward: readonly Statement[];
  readonly backward: readonly Statement[];
  readonly received: readonly string[];
  readonly gradients: readonly string[];
  readonly examples: ProgramExamples;
  readonly learningRate: number;
}

/** What the textbook has a name for; the others help on the way. */
function isNamed({ name }: Statement): boolean {
  return !/^(largest|total|part)\d/.test(name);
}

function typeOf(node: Node): string {
  const type = ["number", "Vector", "Matrix"][node.axes.length];
  if (type === undefined) throw internalError("a network's quantity with three axes.");
  return type;
}

function typescriptProgram(program: Program, needs: ReadonlySet<FunctionName>): string {
  const { parameters, forward, backward, received, gradients, examples, learningRate } = program;
  const lines = (list: readonly Statement[]): string =>
    list.map(({ name, node, code }) => `  const ${name}: ${typeOf(node)} = ${code};`).join("\n");
  const parameterNames = parameters.map(([name]) => name);
  const results = forward.filter((each) => isNamed(each) || received.includes(each.name)).map(({ name }) => name);
  const printed = [...forward, ...backward].filter(isNamed).map(({ name }) => name);
  return `${[
    "// A network, its derivatives by backpropagation and a step of gradient descent, as the textbook writes them.",
    `type Vector = number[];
type Matrix = number[][];

/** Elements u[j], and u[i][j], from a formula of their indices. */
function vector(size: number, element: (j: number) => number): Vector {
  return Array.from({ length: size }, (_, j) => element(j));
}

function matrix(rows: number, columns: number, element: (i: number, j: number) => number): Matrix {
  return Array.from({ length: rows }, (_, i) => vector(columns, (j) => element(i, j)));
}

function sum(size: number, term: (k: number) => number): number {
  let total = 0;
  for (let k = 0; k < size; k += 1) total += term(k);
  return total;
}

function max(size: number, term: (k: number) => number): number {
  let largest = -Infinity;
  for (let k = 0; k < size; k += 1) largest = Math.max(largest, term(k));
  return largest;
}`,
    ...helpers(needs, "typescript"),
    `const parameters = {
${parameters.map(([name, values]) => `  ${name}: ${JSON.stringify(values)},`).join("\n")}
};
type Parameters = typeof parameters;`,
    `const inputs: Matrix = ${JSON.stringify(examples.inputs)};
const targets: Matrix = ${JSON.stringify(examples.targets)};`,
    `function forward({ ${parameterNames.join(", ")} }: Parameters, a0: Matrix, t: Matrix) {
  const n = a0.length;
${lines(forward)}
  return { ${results.join(", ")} };
}`,
    `function backward({ ${parameterNames.join(", ")} }: Parameters, a0: Matrix, t: Matrix, quantities: ReturnType<typeof forward>) {
  const n = a0.length;
  const { ${received.join(", ")} } = quantities;
${lines(backward)}
  return { ${backward
    .filter(isNamed)
    .map(({ name }) => name)
    .join(", ")} };
}`,
    `function update({ ${parameterNames.join(", ")} }: Parameters, { ${gradients.join(", ")} }: ReturnType<typeof backward>, rate: number): Parameters {
  return {
${parameterNames.map((name) => `    ${name}: ${updateCode(name, parameters)},`).join("\n")}
  };
}`,
    `const quantities = forward(parameters, inputs, targets);
const derivatives = backward(parameters, inputs, targets, quantities);
const updated = update(parameters, derivatives, ${learningRate});
const { ${printed.join(", ")} } = { ...quantities, ...derivatives };
console.log(JSON.stringify({ ${[...printed, "updated"].join(", ")} }));`,
  ].join("\n\n")}\n`;
}

function updateCode(name: string, parameters: Program["parameters"]): string {
  const values = parameters.find(([each]) => each === name)?.[1] ?? [];
  return typeof values[0] === "number"
    ? `${name}.map((b, j) => b - rate * d${name}[j])`
    : `${name}.map((row, j) => row.map((w, k) => w - rate * d${name}[j][k]))`;
}

function pythonProgram(program: Program, needs: ReadonlySet<FunctionName>): string {
  const { parameters, forward, backward, received, gradients, examples, learningRate } = program;
  const lines = (list: readonly Statement[]): string =>
    list.map(({ name, code }) => `    ${name} = ${code}`).join("\n");
  const parameterNames = parameters.map(([name]) => name);
  const unpack = (from: string, names: readonly string[]): string =>
    names.map((name) => `    ${name} = ${from}["${name}"]`).join("\n");
  const pack = (names: readonly string[]): string => `dict(${names.map((name) => `${name}=${name}`).join(", ")})`;
  const results = forward.filter((each) => isNamed(each) || received.includes(each.name)).map(({ name }) => name);
  const found = backward.filter(isNamed).map(({ name }) => name);
  const array = (values: unknown): string => `np.array(${JSON.stringify(values)}, dtype=float)`;
  return `${[
    `"""A network, its derivatives by backpropagation and a step of gradient descent, as the textbook writes them."""
import json
${needs.has("erf") ? "import math\n" : ""}
import numpy as np

np.seterr(all="ignore")  # both branches of a choice are computed, and one is taken`,
    ...helpers(needs, "python"),
    `parameters = {
${parameters.map(([name, values]) => `    "${name}": ${array(values)},`).join("\n")}
}
inputs = ${array(examples.inputs)}
targets = ${array(examples.targets)}`,
    `def forward(parameters, a0, t):
    n = len(a0)
${unpack("parameters", parameterNames)}
${lines(forward)}
    return ${pack(results)}`,
    `def backward(parameters, a0, t, quantities):
    n = len(a0)
${unpack("parameters", parameterNames)}
${unpack("quantities", received)}
${lines(backward)}
    return ${pack(found)}`,
    `def update(parameters, gradients, rate):
    return {name: w - rate * gradients["d" + name] for name, w in parameters.items()}`,
    `quantities = forward(parameters, inputs, targets)
derivatives = backward(parameters, inputs, targets, quantities)
updated = update(parameters, {name: derivatives[name] for name in ${JSON.stringify(gradients)}}, ${learningRate})
printed = {name: np.asarray(each).tolist() for name, each in {**quantities, **derivatives}.items()
           if not name.startswith(("largest", "total", "part"))}
printed["updated"] = {name: each.tolist() for name, each in updated.items()}
print(json.dumps(printed))`,
  ].join("\n\n")}\n`;
}
