import { symbolsOf, toText } from "../../formula/index.ts";
import type { Formula } from "../../formula/tree.ts";
import { input, map, variable } from "../../graph/index.ts";
import type { InputNode, Node, Update, VariableNode } from "../../graph/index.ts";
import { createHoister, type Hoister, type SymbolValue } from "./hoist.ts";
import { compileScalar, type ScalarFunction } from "./scalar-formula.ts";
import type { Equation, UpdateRule } from "./update-rules.ts";

/** A parameter and the gradient it is to be updated by; both have the same axes. */
export interface ParameterGradient {
  readonly parameter: VariableNode;
  readonly gradient: Node;
}

/** What the scalars of the next step follow from. */
export interface ScalarState {
  /** Steps done. */
  readonly step: number;
  /** The rule's scalars after these steps, by name; 0 where there is none. */
  readonly scalars: Readonly<Record<string, number>>;
}

/** The scalars of some steps. */
export interface ScalarSteps {
  /** For each scalar input, one value per step. */
  readonly values: ReadonlyMap<InputNode, Float64Array>;
  readonly after: ScalarState;
}

/** Before the first step. */
export const firstScalars: ScalarState = { step: 0, scalars: {} };

/** An update rule, applied to parameters: nodes for a program, and the numbers to feed it. */
export interface UpdateEquations {
  /** The parameters' and the rule's own. */
  readonly updates: readonly Update[];
  /** What the rule keeps from step to step, 0 until written: for each parameter, one of each of `stateNames`. */
  readonly states: readonly VariableNode[];
  /** Names of what is kept for each parameter, such as `m` and `v`. */
  readonly stateNames: readonly string[];
  /** Scalars that depend on the step or the learning rate, shared by all parameters. */
  readonly scalarInputs: readonly InputNode[];
  /**
   * Values of the scalars for `rates.length` steps, which have these learning rates, and where the count stands after
   * them. It depends on its arguments alone. In float64, from `src/random`'s functions: the same bits everywhere.
   */
  readonly scalarsAt: (state: ScalarState, rates: Float64Array) => ScalarSteps;
}

/**
 * The equations of an update rule for some parameters, as graph nodes. What depends on the step alone (Adam's
 * `η/(1 − β₁ᵗ)`) is taken out of the formulas and computed once a step, on the host.
 */
export function updateEquations(rule: UpdateRule, pairs: readonly ParameterGradient[]): UpdateEquations {
  const hoister = createHoister(symbolValues(rule));
  const equations = rule.state.map(({ name, formula }) => ({ name, formula: hoister.hoist(formula) }));
  const update = hoister.hoist(rule.update);
  const scalars = hoister.scalars.map((each) => ({ ...each, node: input(toText(each.formula), []) }));
  const scalarNodes = new Map(scalars.map(({ symbol, node }) => [symbol, node] as const));

  const kept = keptStates(equations);
  const updates: Update[] = [];
  const states: VariableNode[] = [];
  for (const { parameter, gradient } of pairs) {
    const values = new Map<string, Node>([...scalarNodes, ["w", parameter], ["g", gradient]]);
    const own = new Map<string, VariableNode>();
    for (const name of kept) {
      const state = variable(`${parameter.name}.${name}`, parameter.axes);
      own.set(name, state);
      values.set(name, state);
      states.push(state);
    }
    for (const { name, formula } of equations) values.set(name, mapOver(parameter, formula, values));
    updates.push({ target: parameter, value: mapOver(parameter, update, values) });
    for (const [name, target] of own) updates.push({ target, value: values.get(name) ?? target });
  }
  return {
    updates,
    states,
    stateNames: kept,
    scalarInputs: scalars.map(({ node }) => node),
    scalarsAt: scalarFunction(
      rule,
      hoister,
      scalars.map(({ node }) => node),
    ),
  };
}

function symbolValues(rule: UpdateRule): ReadonlyMap<string, SymbolValue> {
  return new Map<string, SymbolValue>([
    ["w", "tensor"],
    ["g", "tensor"],
    ["eta", "step"],
    ["t", "step"],
    ...Object.entries(rule.settings),
    ...rule.scalars.map(({ name }) => [name, "step"] as const),
    ...rule.state.map(({ name }) => [name, "tensor"] as const),
  ]);
}

/** The states whose value of the step before is read: by their own equation, or by one before it. */
function keptStates(equations: readonly Equation[]): readonly string[] {
  return equations
    .filter(
      ({ name }, i) => name !== "g" && equations.slice(0, i + 1).some((each) => symbolsOf(each.formula).includes(name)),
    )
    .map(({ name }) => name);
}

function mapOver(parameter: VariableNode, formula: Formula, values: ReadonlyMap<string, Node>): Node {
  const operands = symbolsOf(formula).flatMap((name) => {
    const node = values.get(name);
    return node === undefined ? [] : [[name, node] as const];
  });
  const [only] = operands;
  // `g + 0·w` has become `g`: no map is needed to copy it.
  if (formula.kind === "symbol" && only !== undefined && only[1].axes.length === parameter.axes.length) return only[1];
  return map(formula, Object.fromEntries(operands), { axes: parameter.axes });
}

/** Computes the scalars of consecutive steps. */
function scalarFunction(rule: UpdateRule, hoister: Hoister, nodes: readonly InputNode[]): UpdateEquations["scalarsAt"] {
  const settings = Object.entries(rule.settings);
  const names = ["t", "eta", ...rule.scalars.map(({ name }) => name), ...settings.map(([name]) => name)];
  const first = [0, 0, ...rule.scalars.map(() => 0), ...settings.map(([, value]) => value)];
  const kept: readonly ScalarFunction[] = rule.scalars.map(({ formula }) => compileScalar(formula, names));
  const fed = hoister.scalars.map(({ formula }, i) => ({
    node: nodes[i],
    compute: formula.kind === "symbol" && formula.name === "eta" ? null : compileScalar(formula, names),
  }));
  const hasOnlyRates = kept.length === 0 && fed.every(({ compute }) => compute === null);
  return ({ step: stepsDone, scalars }, rates) => {
    // Plain gradient descent: a trainer asks for it at every step.
    if (hasOnlyRates) {
      return {
        values: new Map(nodes.map((node) => [node, rates])),
        after: { step: stepsDone + rates.length, scalars: firstScalars.scalars },
      };
    }
    const columns = fed.map(({ compute }) => (compute === null ? rates : new Float64Array(rates.length)));
    const values = Float64Array.from(first);
    for (const [i, { name }] of rule.scalars.entries()) values[2 + i] = scalars[name] ?? 0;
    for (let step = 0; step < rates.length; step++) {
      values[0] = stepsDone + step + 1;
      values[1] = rates[step] ?? 0;
      kept.forEach((compute, i) => (values[2 + i] = compute(values)));
      fed.forEach(({ compute }, i) => {
        const column = columns[i];
        if (compute !== null && column !== undefined) column[step] = compute(values);
      });
    }
    return {
      values: new Map(fed.flatMap(({ node }, i) => (node === undefined ? [] : [[node, columns[i] ?? rates] as const]))),
      after: {
        step: stepsDone + rates.length,
        scalars: Object.fromEntries(rule.scalars.map(({ name }, i) => [name, values[2 + i] ?? 0])),
      },
    };
  };
}
