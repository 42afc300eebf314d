import {
  applied,
  type Formula,
  identifier,
  type Notation,
  number,
  parenthesized,
  scripts,
  sign,
  symbol,
  toReadableText,
  typeset,
} from "../formula/index.ts";
import { type FunctionDerivation, OWN } from "./derive-function.ts";
import type { Behavior, Kink, Largest, Limit } from "./function-behavior.ts";
import { plotOf } from "./function-plot.ts";
import { type Block, type Page, type Section, step } from "./page.ts";

/** The page about one function: its derivative, also in terms of itself, how that behaves, and both as curves. */
export function functionPage(derivation: FunctionDerivation): Page {
  const { by, name, formula, derivative, inOwnTerms, behavior } = derivation;
  const label = readable(name);
  const own = identifier(name);
  const steps = [step(shown(derivative))];
  // Of tanh(z) itself, 1 - tanh²(z) is in its own terms already.
  if (inOwnTerms !== null && formula.kind !== "call") {
    const terms = typeset(inOwnTerms, { symbol: (each) => (each.name === OWN ? atom(of(own, by)) : null) });
    steps.push(step(terms.notation, `in terms of ${label} itself`));
  }
  const plot = plotOf(derivation);
  const sections: Section[] = [
    {
      title: "Function and derivative",
      text: null,
      blocks: [
        { kind: "equation", name: null, left: of(own, by), steps: [step(shown(formula))] },
        { kind: "equation", name: null, left: of(scripts(own, null, sign("prime")), by), steps },
      ],
    },
  ];
  if (behavior !== null) {
    sections.push({ title: "How the derivative behaves", text: null, blocks: sentences(behavior, by).map(remark) });
  }
  if (plot !== null) {
    const description = `${label}(${by}), and ${label}′(${by}) dashed`;
    sections.push({ title: "Curves", text: null, blocks: [{ kind: "picture", svg: plot, description }] });
  }
  return { title: `The derivative of ${label}`, summary: `By ${by}.`, sections };
}

function remark(text: string): Block {
  return { kind: "remark", text };
}

function readable(name: string): string {
  return toReadableText(symbol(name));
}

/** `f(z)` */
function of(name: Notation, by: string): Notation {
  return applied(name, parenthesized(typeset(symbol(by)).notation));
}

function atom(notation: Notation): ReturnType<typeof typeset> {
  return { notation, level: typeset(number(1)).level };
}

function shown(formula: Formula): Notation {
  return typeset(formula).notation;
}

/** What is to be said of a derivative, a sentence each. */
export function sentences({ largest, limits, kinks }: Behavior, by: string): readonly string[] {
  const { minusInfinity, plusInfinity } = limits;
  const tends = `As ${by} → −∞ it ${limitText(minusInfinity)}, as ${by} → ∞ it ${limitText(plusInfinity)}.`;
  const isSmall = minusInfinity === 0 && plusInfinity === 0;
  return [
    largestText(largest, by),
    isSmall ? `${tends} For large |${by}| its magnitude becomes small.` : tends,
    ...kinks.map((kink) => kinkText(kink, by)),
  ];
}

function largestText(largest: Largest, by: string): string {
  switch (largest.kind) {
    case "point":
      return `Its magnitude is largest at ${by} = ${text(largest.at)}: ${text(largest.magnitude)}.`;
    case "many":
      return `Its magnitude is largest at more than one place, such as ${by} = ${text(largest.around)}: ${text(largest.magnitude)}.`;
    case "limit":
      return `Its magnitude stays below ${text(largest.magnitude)}, to which it comes as close as one likes.`;
    case "unbounded":
      return "Its magnitude grows without bound.";
  }
}

function limitText(limit: Limit): string {
  if (limit === null) return "has no limit";
  if (Number.isFinite(limit)) return `tends to ${text(limit)}`;
  return limit > 0 ? "grows without bound" : "falls without bound";
}

function kinkText({ at, left, right, used }: Kink, by: string): string {
  return `A kink at ${by} = ${text(at)}: the slope is ${text(left)} left of it, ${text(right)} right of it; ${text(used)} is used at it.`;
}

function text(value: number): string {
  return String(Number(value.toPrecision(6)));
}
