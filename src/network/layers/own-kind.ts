import { DataError, internalError, OptionError, ShapeError } from "../../errors.ts";
import { type Axis, axis, describeAxes, type Node, type VariableNode } from "../../graph/index.ts";
import { isObject, located, type Place, placeOf, readEntries, readNumber, shown } from "../../tree/reader.ts";
import { type Activation, activation as activationNamed, type ActivationName } from "../activations.ts";
import { initializerFrom, type InitializerName, type Initializer } from "../initializers.ts";
import { activationJson, readActivation } from "../json/named-formula.ts";
import { readWidth } from "../json/values.ts";
import { checkOptions, type OptionNames } from "../known-options.ts";
import type { KindEquations, Layer, LayerKind, NetworkLayer, ParameterDeclaration } from "./layer-kind.ts";
import { widthReceived } from "./width-received.ts";

/** Settings of a kind of your own: anything that JSON can hold. */
export type KindSettings = Readonly<Record<string, unknown>>;

/** A parameter of a kind of your own. */
export interface OwnParameter {
  readonly name: string;
  /** Its name in equations, as no other of the kind has it. */
  readonly symbol: string;
  /** Some of the layer's `units` and `inputs`. */
  readonly axes: readonly Axis[];
  /** Default "glorotUniform". */
  readonly initializer?: InitializerName | Initializer;
  /** Whether the network's regularization applies to it. Default false. */
  readonly isPenalized?: boolean;
}

/** A kind of layer, as you define it. */
export interface LayerKindDefinition<Settings extends KindSettings> {
  /** What files call it. */
  readonly name: string;
  /** Every setting beside `units`, `activation` and `dropout`, with its default. */
  readonly defaults?: Settings;
  /** Its parameters. Default: none. */
  readonly parameters?: (of: {
    readonly units: Axis;
    readonly inputs: Axis;
    readonly settings: Settings;
  }) => readonly OwnParameter[];
  /** `z`, `[examples, units]`, from what the layer receives, `[examples, inputs]`, and its parameters. */
  readonly equations: (of: {
    readonly received: Node;
    readonly parameters: Readonly<Record<string, VariableNode>>;
    readonly settings: Settings;
  }) => Node | KindEquations;
}

/** Settings that layers of every kind have. */
export interface CommonSettings<Units extends number = number> {
  readonly units: Units;
  /** f of `a = f(z)`. Default "identity". */
  readonly activation?: ActivationName | Activation;
  /** See `DenseOptions`. Default 0. */
  readonly dropout?: number;
}

/** A layer of a kind of your own, as it is written down. */
export interface OwnLayer<Units extends number = number> extends Layer<Units> {
  readonly activation: Activation;
  readonly dropout: number;
  readonly settings: KindSettings;
  /** First values by parameter, as a file has them. */
  readonly given: Readonly<Record<string, unknown>>;
  readonly own: LayerKind;
}

interface OwnNetworkLayer extends NetworkLayer {
  readonly settings: KindSettings;
}

/** Makes layers of a kind of your own. */
export interface OwnKind<Settings extends KindSettings = KindSettings> {
  <Units extends number>(settings: CommonSettings<Units> & Partial<Settings>): OwnLayer<Units>;
  /** For `networkFromJson` and `loadModel`: `{ kinds: [yours] }` takes what `layerKind` gives. */
  readonly kind: LayerKind;
}

/**
 * A kind of layer of your own from its parameters and the equation of its z. Backpropagation, the gradient check, training
 * and files follow from these:
 *
 * `const scale = layerKind({ name: "scale", parameters: ({ inputs }) => [{ name: "scales", symbol: "s", axes: [inputs] }],
 * equations: ({ received: a, parameters: { scales: s } }) => map("s*a", { s, a }) })`, with `map` of `backpass/graph`.
 *
 * @throws OptionError when the name is one of this package's.
 */
export function layerKind<Settings extends KindSettings = KindSettings>(
  definition: LayerKindDefinition<Settings>,
): OwnKind<Settings> {
  checkOptions("layerKind", definition, { name: true, defaults: true, parameters: true, equations: true });
  const { name, defaults, parameters, equations } = definition;
  if (typeof name !== "string" || ["dense", "sum", "residual", "shared", ""].includes(name)) {
    throw new OptionError({
      where: "layerKind",
      expected: "a name that is not taken",
      got: shown(name),
      advice: "Choose another.",
    });
  }
  const known = Object.fromEntries(
    ["units", "activation", "dropout", ...Object.keys(defaults ?? {})].map((key) => [key, true]),
  ) as OptionNames<CommonSettings>; // as: the names of this kind's own settings are not known to the compiler

  const kind: LayerKind<OwnLayer, OwnNetworkLayer> = {
    name,

    place(written, position) {
      const { units, activation, dropout, settings, given } = written;
      const { number, receives, parametersOf } = position;
      const inputs = widthReceived(name, position);
      const layer: OwnNetworkLayer = {
        kind: name,
        number,
        receives,
        parametersOf,
        inputs,
        units,
        shape: [units],
        activation,
        dropout,
        own: kind,
        settings,
      };
      const declared = kind.parameters(layer, [[axis("inputs", inputs)]]);
      return { layer, given: givenValues(`network: layer ${number}`, declared, given) };
    },

    parameters({ number, units: width, settings }, received) {
      const inputs = received[0]?.[0];
      if (inputs === undefined) throw internalError(`a layer of kind ${name} that receives nothing.`);
      const units = axis(`layer ${number}`, width);
      // as: `settings` has the defaults' keys
      return (parameters?.({ units, inputs, settings: settings as Settings }) ?? []).map((each) => ({
        name: each.name,
        symbol: each.symbol,
        axes: each.axes,
        initializer: initializerFrom(`${name}: ${each.name}`, each.initializer ?? "glorotUniform"),
        isPenalized: each.isPenalized ?? false,
      }));
    },

    equations({ units, settings }, { inputs: [received], parameters: own }) {
      if (received === undefined) throw internalError(`a layer of kind ${name} that receives nothing.`);
      const found = equations({ received, parameters: own, settings: settings as Settings }); // as above
      const made = "kind" in found ? { weightedInput: found } : found;
      const weightedInput = examplesFirst(made.weightedInput, received.axes[0]);
      const [examples, width, ...others] = weightedInput.axes;
      if (examples !== received.axes[0] || width?.size !== units || others.length > 0) {
        throw new ShapeError({
          where: `${name}: equations`,
          expected: `z with axes [examples, ${units} units]`,
          got: describeAxes(made.weightedInput.axes),
          advice: "Give what is computed these axes.",
        });
      }
      return { ...made, weightedInput };
    },

    toJson: ({ units, activation, dropout, settings }) => ({
      units,
      ...(activation.name === "identity" ? {} : { activation: activationJson(activation) }),
      ...(dropout > 0 ? { dropout } : {}),
      ...settings,
    }),

    readJson: (place) => located(place, () => readOwn(place)),
  };

  const make = <Units extends number>(given: CommonSettings<Units> & Partial<Settings>): OwnLayer<Units> => {
    checkOptions(name, given as CommonSettings, known);
    const { units, activation = "identity", dropout = 0, ...settings } = given;
    if (!Number.isSafeInteger(units) || units < 1 || !(dropout >= 0 && dropout < 1)) {
      throw new OptionError({
        where: name,
        expected: "units as a whole number from 1 up, and dropout from 0 up to but not including 1",
        got: `${shown(units)} and ${shown(dropout)}`,
        advice: `Write ${name}({ units: 8 }).`,
      });
    }
    return {
      kind: name,
      units,
      activation: typeof activation === "string" ? activationNamed(activation) : activation,
      dropout,
      settings: { ...defaults, ...settings },
      given: {},
      own: kind,
    };
  };

  const readOwn = (place: Place): OwnLayer => {
    const fields = readEntries(place);
    const units = fields.get("units");
    const width = readWidth(placeOf(units === undefined ? {} : { units }, "units", '"units": 1', place));
    const { activation: f, dropout: rate } = Object.fromEntries(fields);
    const others = [...fields].filter(([key]) => !["units", "activation", "dropout"].includes(key));
    const settings = others.filter(([key]) => Object.hasOwn(defaults ?? {}, key));
    const written = make({
      units: width,
      ...(f === undefined ? {} : { activation: readActivation(f) }),
      ...(rate === undefined ? {} : { dropout: readNumber(rate) }),
      ...Object.fromEntries(settings.map(([key, each]) => [key, each.value])),
    } as CommonSettings & Partial<Settings>); // as: the keys are those of the defaults
    const given = others.filter(([key]) => !Object.hasOwn(defaults ?? {}, key));
    return { ...written, given: Object.fromEntries(given.map(([key, each]) => [key, each.value])) };
  };

  return Object.assign(make, { kind });
}

/** The same equation with the examples along the first axis: `s*a` names the axes of s first. */
function examplesFirst(node: Node, examples: Axis | undefined): Node {
  if (node.kind !== "map" && node.kind !== "contract" && node.kind !== "reduce") return node;
  if (examples === undefined || !node.axes.includes(examples)) return node;
  return { ...node, axes: [examples, ...node.axes.filter((each) => each !== examples)] };
}

/** Values of a file, flat, when they have the shape of their parameter. */
function givenValues(
  where: string,
  declared: readonly ParameterDeclaration[],
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, Float64Array>> {
  const values: Record<string, Float64Array> = {};
  for (const [key, each] of Object.entries(given)) {
    const parameter = declared.find(({ name }) => name === key);
    if (parameter === undefined) {
      throw new OptionError({
        where,
        expected: `only its settings and ${declared.map(({ name }) => name).join(", ") || "no parameter"}`,
        got: shown(key),
        advice: "Leave it out.",
      });
    }
    const numbers = [each].flat(Infinity);
    const count = parameter.axes.reduce((product, { size }) => product * size, 1);
    const bad = numbers.find((value) => !Number.isFinite(value));
    if (bad !== undefined || numbers.length !== count || isObject(each)) {
      throw new DataError({
        where: `${where}: ${key}`,
        expected: `${count} finite numbers, in lists for ${describeAxes(parameter.axes)}`,
        got: bad === undefined ? String(numbers.length) : shown(bad),
        advice: "Correct them.",
      });
    }
    values[key] = Float64Array.from(numbers, Number);
  }
  return values;
}
