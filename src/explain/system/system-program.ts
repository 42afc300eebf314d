import { add, type FunctionName, multiply, symbol } from "../../formula/index.ts";
import { type LocalDerivative, localDerivatives } from "./derive-system.ts";
import type { EquationSystem } from "./equation-system.ts";
import { formulaCode, helpers, type ProgramLanguage, variableNames } from "../code/formula-code.ts";

/**
 * A program of its own for a system of equations, with the quantities' names: forward, backward (the chain rule, one
 * line a quantity), update. Run, it prints one JSON object: `values`, `derivatives` and `updated`.
 *
 * TypeScript needs nothing but a runtime that strips types, or `tsc`; Python needs NumPy.
 */
export function systemProgram(system: EquationSystem, language: ProgramLanguage, learningRate = 0.1): string {
  const needs = new Set<FunctionName>();
  const quantities = [...Object.keys(system.given), ...Object.keys(system.parameters), ...system.equations.map(nameOf)];
  const names = variableNames([
    ...quantities.map((name) => [name, name] as const),
    ...quantities.map((name) => [slopeKey(name), `d${system.cost}_d${name}`] as const),
  ]);
  const variable = (name: string): string => names.get(name) ?? name;
  const code = (formula: Parameters<typeof formulaCode>[0]): string => {
    const found = formulaCode(formula, language, ({ name }) => variable(name));
    for (const each of found.needs) needs.add(each);
    return found.text;
  };
  const forward = system.equations.map(({ name, formula }) => ({ name, code: code(formula) }));
  const backward = backwardLines(system, code);
  const given = { ...system.given, ...system.parameters };
  const parts = { system, forward, backward, given, learningRate, variable };
  return language === "python" ? pythonProgram(parts, needs) : typescriptProgram(parts, needs);
}

interface Line {
  readonly name: string;
  readonly code: string;
}

interface Parts {
  readonly system: EquationSystem;
  readonly forward: readonly Line[];
  readonly backward: readonly Line[];
  readonly given: Readonly<Record<string, number>>;
  readonly learningRate: number;
  /** The variable of a quantity, or of a derivative's name. */
  readonly variable: (name: string) => string;
}

function nameOf({ name }: { readonly name: string }): string {
  return name;
}

/** `∂C/∂u = Σ ∂C/∂v · ∂v/∂u`, from the cost back; one line for each quantity that the cost depends on. */
function backwardLines(system: EquationSystem, code: (formula: LocalDerivative["formula"]) => string): readonly Line[] {
  const locals = localDerivatives(system);
  const order = [
    ...Object.keys(system.given),
    ...Object.keys(system.parameters),
    ...system.equations.map(({ name }) => name),
  ];
  const known = new Set([system.cost]);
  const lines: Line[] = [];
  for (const name of order.toReversed()) {
    if (name === system.cost) continue;
    const terms = locals
      .filter((local) => local.by === name && known.has(local.of))
      .map((local) => {
        if (local.of === system.cost) return local.formula;
        const slope = symbol(slopeKey(local.of));
        return local.formula.kind === "number" && local.formula.value === 1 ? slope : multiply(slope, local.formula);
      });
    if (terms.length > 0) known.add(name);
    lines.push({ name, code: terms.length === 0 ? "0" : code(terms.reduce(add)) });
  }
  return lines;
}

/** What stands for ∂C/∂w1 in formulas; the variable is called `dC_dw1`. */
function slopeKey(by: string): string {
  return `slope by ${by}`; // no name of a file has a space
}

function typescriptProgram(
  { system, forward, backward, given, learningRate, variable }: Parts,
  needs: ReadonlySet<FunctionName>,
): string {
  const parameters = Object.keys(system.parameters);
  const entry = (name: string, value: string): string => (name === value ? name : `${JSON.stringify(name)}: ${value}`);
  const read = (list: readonly string[]): string => list.map((name) => entry(name, variable(name))).join(", ");
  const quantities = [...Object.keys(given), ...forward.map(({ name }) => name)];
  return `${[
    "// Every derivative of these equations, by the chain rule.",
    "type Quantities = Record<string, number>;",
    ...helpers(needs, "typescript"),
    `const given: Quantities = ${JSON.stringify(system.given)};\nconst parameters: Quantities = ${JSON.stringify(system.parameters)};`,
    `function forward(values: Quantities): Quantities {
  const { ${read(Object.keys(given))} } = values as { [name: string]: number };
${forward.map(({ name, code }) => `  const ${variable(name)} = ${code};`).join("\n")}
  return { ${read(quantities)} };
}`,
    `function backward(values: Quantities): Quantities {
  const { ${read(quantities)} } = values as { [name: string]: number };
${backward.map(({ name, code }) => `  const ${variable(slopeKey(name))} = ${code};`).join("\n")}
  return { ${parameters.map((name) => `${JSON.stringify(name)}: ${variable(slopeKey(name))}`).join(", ")} };
}`,
    `function update(parameters: Quantities, gradients: Quantities, rate: number): Quantities {
  return Object.fromEntries(Object.entries(parameters).map(([name, w]) => [name, w - rate * gradients[name]]));
}`,
    `const values = forward({ ...given, ...parameters });
const derivatives = backward(values);
const updated = update(parameters, derivatives, ${learningRate});
console.log(JSON.stringify({ values, derivatives, updated }));`,
  ].join("\n\n")}\n`;
}

function pythonProgram(
  { system, forward, backward, given, learningRate, variable }: Parts,
  needs: ReadonlySet<FunctionName>,
): string {
  const dictionary = (entries: readonly (readonly [string, string])[]): string =>
    `{${entries.map(([name, code]) => `${JSON.stringify(name)}: ${code}`).join(", ")}}`;
  const numbers = (values: Readonly<Record<string, number>>): string =>
    dictionary(Object.entries(values).map(([name, value]) => [name, String(value)]));
  const read = (list: readonly string[]): string =>
    list.map((name) => `    ${variable(name)} = values[${JSON.stringify(name)}]`).join("\n");
  const quantities = [...Object.keys(given), ...forward.map(({ name }) => name)];
  return `${[
    `"""Every derivative of these equations, by the chain rule."""
import json
${needs.has("erf") ? "import math\n" : ""}
import numpy as np

np.seterr(all="ignore")  # both branches of a choice are computed, and one is taken`,
    ...helpers(needs, "python"),
    `given = ${numbers(system.given)}
parameters = ${numbers(system.parameters)}`,
    `def forward(values):
${read(Object.keys(given))}
${forward.map(({ name, code }) => `    ${variable(name)} = ${code}`).join("\n")}
    return ${dictionary(quantities.map((name) => [name, variable(name)]))}`,
    `def backward(values):
${read(quantities)}
${backward.map(({ name, code }) => `    ${variable(slopeKey(name))} = ${code}`).join("\n")}
    return ${dictionary(Object.keys(system.parameters).map((name) => [name, variable(slopeKey(name))]))}`,
    `def update(parameters, gradients, rate):
    return {name: w - rate * gradients[name] for name, w in parameters.items()}`,
    `values = forward({**given, **parameters})
derivatives = backward(values)
updated = update(parameters, derivatives, ${learningRate})
print(json.dumps({"values": values, "derivatives": derivatives, "updated": updated}, default=float))`,
  ].join("\n\n")}\n`;
}
