import {
  add,
  type Formula,
  multiply,
  number,
  postorder,
  sameStructure,
  subtract,
  symbol,
  type SymbolFormula,
} from "../../formula/index.ts";
import { changedOnce, isQuantity, type Mutant, quantitiesOf, replaceQuantities, typed } from "./mutant.ts";

/** Letters that are taken for one another: of what stands there, what is typed instead. */
const confused: Readonly<Record<string, readonly string[]>> = {
  a: ["z", "delta"],
  z: ["a", "delta"],
  delta: ["a", "z"],
};

const letterNames: Readonly<Record<string, string>> = {
  a: "the activation a",
  z: "the weighted input z",
  delta: "the error delta",
};

/** z for a, a for z, a for δ …: one quantity, wherever it stands. */
export function* letterWrong(formula: Formula): Iterable<Mutant> {
  const below = postorder(formula).flatMap((part) => (part.kind === "derivative" ? [part.by] : []));
  for (const quantity of quantitiesOf(formula)) {
    const isBelow = below.some((by) => sameStructure(by, quantity));
    for (const name of confused[quantity.name] ?? []) {
      if (isBelow && name === "delta") continue;
      const changed = { ...quantity, name };
      const is = letterNames[name] ?? name;
      const belongs = letterNames[quantity.name] ?? quantity.name;
      yield {
        slip: `${name}-for-${quantity.name}`,
        formula: replaceQuantities(formula, (each) => (sameStructure(each, quantity) ? changed : each)),
        message: `${typed(changed)} is ${is}, where ${belongs} belongs.`,
      };
    }
  }
}

/** The quantity itself where its derivative is meant: `C` for `∂C/∂a`. */
export function derivativeMissing(formula: Formula): Iterable<Mutant> {
  return changedOnce(formula, (part) => {
    if (part.kind !== "derivative") return [];
    const name = typed(part.of);
    const message = `That is ${name} itself, where a derivative of ${name} belongs.`;
    return [{ slip: "derivative-not-taken", formula: part.of, message }];
  });
}

/** A layer: `l + offset`, `L + offset`, or a number alone. */
interface Layer {
  readonly base: string | null;
  readonly offset: number;
}

function layerOf(formula: Formula | null): Layer | null {
  if (formula?.kind === "number") return { base: null, offset: formula.value };
  if (formula?.kind === "symbol") return { base: formula.name, offset: 0 };
  if (formula?.kind !== "operation" || formula.left.kind !== "symbol" || formula.right.kind !== "number") return null;
  if (formula.operator !== "+" && formula.operator !== "-") return null;
  const { value } = formula.right;
  return { base: formula.left.name, offset: formula.operator === "+" ? value : -value };
}

function layerFormula({ base, offset }: Layer): Formula {
  if (base === null) return number(offset);
  if (offset === 0) return symbol(base);
  return offset > 0 ? add(symbol(base), number(offset)) : subtract(symbol(base), number(-offset));
}

/** Changes the layers of those quantities that `isMeant`, wherever they stand. */
function relayered(
  formula: Formula,
  isMeant: (quantity: SymbolFormula) => boolean,
  change: (layer: Layer) => Layer,
): Formula {
  return replaceQuantities(formula, (quantity) => {
    const layer = layerOf(quantity.layer);
    return layer === null || !isMeant(quantity) ? quantity : { ...quantity, layer: layerFormula(change(layer)) };
  });
}

const shifted =
  (by: number) =>
  ({ base, offset }: Layer): Layer => ({ base, offset: offset + by });
const rebased =
  (to: string | null, by = 0) =>
  ({ offset }: Layer): Layer => ({ base: to, offset: offset + by });

/** The layer of one quantity, then of all of one layer, then of all. */
export function* layerWrong(formula: Formula): Iterable<Mutant> {
  const quantities = quantitiesOf(formula).filter((quantity) => layerOf(quantity.layer) !== null);
  for (const quantity of quantities) {
    const isMeant = (each: SymbolFormula): boolean => sameStructure(each, quantity);
    for (const by of [1, -1]) {
      yield {
        slip: "layer",
        formula: relayered(formula, isMeant, shifted(by)),
        message: `The layer of ${quantity.name} is off by one.`,
      };
    }
    const other = otherLayer(layerOf(quantity.layer)?.base ?? null);
    if (other !== null && quantities.length > 1) {
      yield {
        slip: "layer",
        formula: relayered(formula, isMeant, rebased(other)),
        message: `The layer of ${quantity.name} is wrong: L is the output layer, l is any.`,
      };
    }
  }
  yield* layersTogether(formula, quantities);
  yield* layersOfAll(formula, quantities);
}

function otherLayer(base: string | null): "l" | "L" | null {
  return base === "l" ? "L" : base === "L" ? "l" : null;
}

function* layersTogether(formula: Formula, quantities: readonly SymbolFormula[]): Iterable<Mutant> {
  const layers = new Map(quantities.map((quantity) => [typed(quantity.layer ?? number(0)), layerOf(quantity.layer)]));
  if (layers.size < 2) return;
  for (const [text, layer] of layers) {
    const isMeant = (each: SymbolFormula): boolean => each.layer !== null && typed(each.layer) === text;
    const slip = "layer";
    for (const by of [1, -1]) {
      yield { slip, formula: relayered(formula, isMeant, shifted(by)), message: `Layer ${text} is off by one.` };
    }
    const other = otherLayer(layer?.base ?? null);
    if (other === null) continue;
    const message = `Layer ${text} is wrong: L is the output layer, l is any.`;
    for (const offset of [0, layer?.offset ?? 0]) {
      yield { slip, formula: relayered(formula, isMeant, () => ({ base: other, offset })), message };
    }
  }
}

function* layersOfAll(formula: Formula, quantities: readonly SymbolFormula[]): Iterable<Mutant> {
  const all = (): boolean => true;
  if (quantities.length > 1) {
    for (const by of [1, -1]) {
      yield { slip: "layer", formula: relayered(formula, all, shifted(by)), message: "All layers are off by one." };
    }
  }
  const bases = new Set(quantities.map((quantity) => layerOf(quantity.layer)?.base ?? null));
  if (bases.has("l")) {
    yield {
      slip: "only-last-layer",
      formula: relayered(formula, all, rebased("L")),
      message: "That holds for the output layer only; l is any layer.",
    };
    yield {
      slip: "only-layer-before-last",
      formula: relayered(formula, all, rebased("L", -1)),
      message: "That holds for l = L-1 only; l is any layer.",
    };
    for (const number of [2, 1]) {
      yield {
        slip: "only-one-layer",
        formula: relayered(formula, all, rebased(null, number)),
        message: `That holds for layer ${number} only; l is any layer.`,
      };
    }
  }
  if (bases.has("L")) {
    yield {
      slip: "not-output-layer",
      formula: relayered(formula, all, rebased("l")),
      message: "l is any layer; the output layer is asked here.",
    };
  }
}

/** `a_k^l-1*delta_j^l`: the layer's brackets forgotten, so that the 1 is a term; the quantity first or last of two factors. */
export function* layerBracketsMissing(formula: Formula): Iterable<Mutant> {
  if (formula.kind !== "operation" || formula.operator !== "*") return;
  const { left, right } = formula;
  for (const [quantity, rest] of [
    [left, right],
    [right, left],
  ] as const) {
    const layer = isQuantity(quantity) ? layerOf(quantity.layer) : null;
    if (!isQuantity(quantity) || layer === null || layer.base === null || layer.offset === 0) continue;
    const bare: Formula = { ...quantity, layer: symbol(layer.base) };
    const join = layer.offset > 0 ? add : subtract;
    const term = number(Math.abs(layer.offset));
    const message = `Brackets are missing around the layer of ${quantity.name}: the ${Math.abs(layer.offset)} is a term of its own as it is written.`;
    yield { slip: "brackets-missing", formula: join(bare, multiply(term, rest)), message };
    yield { slip: "brackets-missing", formula: join(multiply(rest, bare), term), message };
  }
}
