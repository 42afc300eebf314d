import { type Formula, isFunctionName, postorder, spellGreek, toText } from "../../formula/index.ts";
import { functionNamed } from "../../formula/plain-language.ts";
import type { Located } from "../sheet.ts";

/** Functions that anything may be written with: other ways to write a power, and signs rather than functions. */
const alwaysAllowed: readonly string[] = ["exp", "sqrt", "abs"];

/** What a question asks an answer to be written in, by name: layers and indices are judged, not compared here. */
interface Terms {
  readonly names: ReadonlySet<string>;
  readonly functions: ReadonlySet<string>;
  /** `C by a`, or the text of a derivative of plain quantities. */
  readonly derivatives: ReadonlySet<string>;
}

/** The first thing in a formula that the question does not ask it to be written in; null when there is none. */
export function outsideTerms(formula: Formula, terms: readonly Located[] | null): string | null {
  if (terms === null) return null;
  const allowed = readTerms(terms);
  for (const part of postorder(formula)) {
    switch (part.kind) {
      case "symbol":
        if (part.name !== "n" && !allowed.names.has(part.name)) return toText(part);
        break;
      case "call":
        if (!allowed.functions.has(part.name) && !alwaysAllowed.includes(part.name)) return `${part.name}(…)`;
        break;
      case "application":
        if (!allowed.functions.has(part.name)) return `${part.name}${"'".repeat(part.primes)}(…)`;
        break;
      case "derivative":
        if (!allowed.derivatives.has(derivativeName(toText(part)))) return toText(part);
        break;
      default:
    }
  }
  return null;
}

/** `f'`, `e`, `z_j^L`, `(partialC)/(partiala_j^L)`, `sigma` */
function readTerms(terms: readonly Located[]): Terms {
  const names = new Set<string>();
  const called = new Set<string>();
  const derivatives = new Set<string>();
  for (const { text } of terms) {
    const plain = spellGreek(text.replaceAll(/[\s$\\]/g, ""));
    if (/partial|∂|^\(?d[A-Z]/.test(plain)) derivatives.add(derivativeName(plain));
    else {
      const [, name = plain] = /^(\p{L}+)/u.exec(plain) ?? [];
      const isCalled = /^\p{L}+['′(]/u.test(plain) || isFunctionName(name);
      if (isCalled) called.add(functionNamed.get(name) ?? name);
      else names.add(/_[0-9]+$/.test(plain) ? plain : name);
    }
  }
  return { names, functions: called, derivatives };
}

/** `C/a` for a network's, `C/w_1` for plain quantities. */
function derivativeName(text: string): string {
  const plain = text.replaceAll(/partial|∂|[(){}]/g, "").replace(/^d|(?<=\/)d/g, "");
  return plain
    .split("/")
    .map((side) => (/^\p{L}+_?[0-9]+$/u.test(side) ? side.replace("_", "") : side.replace(/[_^].*$/, "")))
    .join("/");
}
