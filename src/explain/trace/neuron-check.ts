import { engineFrom } from "../../engine/index.ts";
import { internalError } from "../../errors.ts";
import { compareWithDifferences } from "../../network/central-difference.ts";
import { BOUNDS } from "../../network/gradient-check.ts";
import { type Network, networkEquations, type Parameter, parameter, writeParameters } from "../../network/index.ts";
import type { Trace } from "./trace.ts";

/** A derivative by central differences. */
export interface Difference {
  readonly difference: number;
  /** True where the cost has a corner; the difference is then the slope nearest to what backpropagation says. */
  readonly isKink: boolean;
}

/** What the differences say of one neuron's derivatives. */
export interface CheckedNeuron {
  /** `∂C/∂z_j`, which is that by its bias. */
  readonly error: Difference;
  /** In the order they were given. */
  readonly weights: readonly Difference[];
  readonly check: { readonly worst: number; readonly bound: number; readonly passed: boolean };
}

/** Which derivatives, and what backpropagation says of them. */
export interface NeuronDerivatives {
  /** From 1. */
  readonly layer: number;
  readonly neuron: number;
  readonly error: number;
  /** `from`: k, from 0. */
  readonly weights: readonly { readonly from: number; readonly computed: number }[];
}

/**
 * Compares δ_j and some ∂C/∂w_jk of one neuron with central differences of the cost, in float64 on the reference engine.
 * A bias is added to the neuron's z: moving it moves z, also in a layer that has none.
 */
export function checkNeuron(trace: Trace, { layer, neuron, error, weights }: NeuronDerivatives): CheckedNeuron {
  const net = withBiases(trace.net, layer);
  const equations = networkEquations(net, { capacity: trace.inputs.length });
  const session = engineFrom("reference").open();
  writeParameters(session, equations.parameters, net);
  const executable = session.prepare({ outputs: { cost: equations.cost }, updates: [] });
  const inputs = new Map([
    [equations.inputs, trace.inputs.flat()],
    [equations.targets, trace.targets.flat()],
  ]);
  const cost = (): number => {
    executable.run({ inputs });
    return executable.output("cost")[0] ?? Number.NaN;
  };
  const nodes = equations.layers[layer - 1];
  const { weights: w, biases: b } = nodes?.parameters ?? {};
  if (w === undefined || b === undefined) throw internalError("checkNeuron: a layer without weights or bias.");
  const ownWeights = parameter(net, layer, "weights").values;
  const ownBiases = parameter(net, layer, "biases").values;
  const columns = net.layers[layer - 1]?.inputs ?? 1;
  const places = weights.map(({ from }) => (neuron - 1) * columns + from);
  const valueWith = (position: number, replacement: number): number => {
    const [variable, values, at] =
      position === 0 ? [b, ownBiases, neuron - 1] : [w, ownWeights, places[position - 1] ?? 0];
    session.write(variable, values.with(at, replacement));
    const result = cost();
    session.write(variable, values);
    return result;
  };
  const bound = BOUNDS[engineFrom(trace.engine).precision];
  const compared = compareWithDifferences(
    [error, ...weights.map(({ computed }) => computed)],
    {
      values: [ownBiases[neuron - 1] ?? 0, ...places.map((place) => ownWeights[place] ?? 0)],
      here: cost(),
      valueWith,
    },
    bound,
  );
  const [first, ...others] = compared.map(({ numeric, isKink }): Difference => ({ difference: numeric, isKink }));
  if (first === undefined) throw internalError("checkNeuron: no derivative was compared.");
  const worst = compared.reduce((most, { relativeError }) => (relativeError <= most ? most : relativeError), 0);
  return { error: first, weights: others, check: { worst, bound, passed: worst <= bound } };
}

function withBiases(net: Network, layer: number): Network {
  const layers = net.layers.map((each) => (each.number === layer ? { ...each, hasBias: true } : each));
  const hasBiases = net.parameters.some((each) => each.layer === layer && each.name === "biases");
  if (hasBiases) return { ...net, layers };
  const units = net.layers[layer - 1]?.units ?? 0;
  const biases: Parameter = {
    layer,
    name: "biases",
    symbol: "b",
    shape: [units],
    initializer: { name: "zeros" },
    isPenalized: false,
    values: new Float64Array(units),
  };
  return { ...net, layers, parameters: [...net.parameters, biases] };
}
