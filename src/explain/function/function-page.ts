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
} from "../../formula/index.ts";
import { type FunctionDerivation, OWN } from "./derive-function.ts";
import { sentences } from "./claim-sentences.ts";
import { plotOf } from "./function-plot.ts";
import { type Block, type Page, type Section, step } from "../page/page.ts";

/** The page about one function: its derivative, also in terms of itself, how that behaves, and both as curves. */
export function functionPage(derivation: FunctionDerivation): Page {
  const { by, name, formula, derivative, inOwnTerms, claims } = derivation;
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
  if (claims !== null) {
    const blocks = sentences(claims, by, label).map(remark);
    sections.push({ title: "How the derivative behaves", text: null, blocks });
  }
  if (plot !== null) {
    const description = `${label}(${by}), and ${label}′(${by}) dashed`;
    sections.push({ title: "Curves", text: null, blocks: [{ kind: "picture", svg: plot, description }] });
  }
  return { title: `The derivative of ${label}`, summary: `With respect to ${readable(by)}.`, sections };
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
