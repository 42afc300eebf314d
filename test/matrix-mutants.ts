import type { Draw } from "./random-answers.ts";

/** A factor of a formula of matrices: a quantity with its layer, its transposition and a function around it. */
interface Factor {
  readonly name: "w" | "a" | "z" | "delta" | "gradient";
  readonly base: "l" | "L";
  readonly offset: number;
  readonly isTransposed: boolean;
  readonly applied: "" | "f" | "f'";
}

/** The sign of a product: matrices side by side, or element by element. */
type Sign = "" | "⊙";

/** A right answer in matrices, from which wrong ones are made. */
export interface MatrixKey {
  readonly question: string;
  readonly factors: readonly Factor[];
  readonly signs: readonly Sign[];
  readonly sign: "" | "-";
}

const factor = (name: Factor["name"], base: Factor["base"], offset: number, more: Partial<Factor> = {}): Factor => ({
  name,
  base,
  offset,
  isTransposed: false,
  applied: "",
  ...more,
});

const slope = (base: Factor["base"]): Factor => factor("z", base, 0, { applied: "f'" });
const weights = factor("w", "l", 1, { isTransposed: true });

/** The equations of backpropagation as matrices. */
export const matrixKeys: readonly MatrixKey[] = [
  {
    question: "delta-hidden",
    factors: [weights, factor("delta", "l", 1), slope("l")],
    signs: ["", "⊙"],
    sign: "",
  },
  {
    question: "delta-hidden",
    factors: [slope("l"), weights, factor("delta", "l", 1)],
    signs: ["⊙", ""],
    sign: "",
  },
  { question: "delta-output", factors: [factor("gradient", "L", 0), slope("L")], signs: ["⊙"], sign: "" },
  { question: "delta-output", factors: [slope("L"), factor("gradient", "L", 0)], signs: ["⊙"], sign: "" },
  {
    question: "gradient-weight",
    factors: [factor("delta", "l", 0), factor("a", "l", -1, { isTransposed: true })],
    signs: [""],
    sign: "",
  },
  { question: "gradient-bias", factors: [factor("delta", "l", 0)], signs: [], sign: "" },
];

/**
 * A wrong answer: a transposition put in or left out, ⊙ for a product of matrices or the other way round, a layer shifted, a prime
 * forgotten, a factor lost, doubled or of another name, two factors of a product of matrices in the wrong order, a sign. One slip or two that
 * do not undo each other. Null where the draw makes none.
 */
export function matrixMutant(key: MatrixKey, draw: Draw): MatrixKey | null {
  const first = slipped(key, draw);
  const mutant = first !== null && draw(3) === 0 ? slipped(first, draw) : first;
  return mutant === null || textIn(mutant, "plain") === textIn(key, "plain") || isEqual(mutant, key) ? null : mutant;
}

/** ⊙ commutes: the same factors around it are no slip. */
function isEqual(mutant: MatrixKey, key: MatrixKey): boolean {
  const parts = ({ factors, signs, sign }: MatrixKey): string => {
    const terms: string[][] = [[]];
    for (const [i, each] of factors.entries()) {
      if (i > 0 && signs[i - 1] === "⊙") terms.push([]);
      terms.at(-1)?.push(JSON.stringify(each));
    }
    return (
      sign +
      terms
        .map((term) => term.join(" "))
        .toSorted()
        .join(" ⊙ ")
    );
  };
  return parts(mutant) === parts(key);
}

function slipped(key: MatrixKey, draw: Draw): MatrixKey | null {
  const { factors, signs } = key;
  const at = draw(factors.length);
  const here = factors[at];
  if (here === undefined) return null;
  const put = (changed: Factor): MatrixKey => ({ ...key, factors: factors.with(at, changed) });
  const names: readonly Factor["name"][] = ["w", "a", "z", "delta", "gradient"];
  const slips: readonly (() => MatrixKey | null)[] = [
    () => put({ ...here, isTransposed: !here.isTransposed }),
    () => put({ ...here, offset: here.offset + (draw(2) === 0 ? 1 : -1) }),
    () => put({ ...here, base: here.base === "l" ? "L" : "l" }),
    () => (here.applied === "f'" ? put({ ...here, applied: draw(2) === 0 ? "f" : "" }) : null),
    () => put({ ...here, name: names[draw(names.length)] ?? "w" }),
    () => ({ ...key, sign: key.sign === "" ? "-" : "" }),
    () => {
      const next = factors[at + 1];
      return next === undefined || signs[at] === "⊙"
        ? null
        : { ...key, factors: factors.with(at, next).with(at + 1, here) };
    },
    () =>
      factors.length < 2
        ? null
        : { ...key, factors: factors.toSpliced(at, 1), signs: signs.toSpliced(Math.max(0, at - 1), 1) },
    () => ({
      ...key,
      factors: factors.toSpliced(at, 0, here),
      signs: signs.toSpliced(at, 0, draw(2) === 0 ? "⊙" : ""),
    }),
    () => {
      const sign = draw(Math.max(1, signs.length));
      return signs.length === 0 ? null : { ...key, signs: signs.with(sign, signs[sign] === "⊙" ? "" : "⊙") };
    },
  ];
  return slips[draw(slips.length)]?.() ?? null;
}

/** How books and keyboards write such a formula. */
export type Style = "plain" | "unicode" | "latex" | "ng";
export const styles: readonly Style[] = ["plain", "unicode", "latex", "ng"];

/** The formula as it is typed. */
export function textIn({ factors, signs, sign }: MatrixKey, style: Style): string {
  const between = (each: Sign): string => {
    if (each === "") return " ";
    return style === "latex" ? " \\odot " : style === "ng" ? " \\circ " : " ⊙ ";
  };
  const texts = factors.map((each) => factorText(each, style));
  return sign + texts.map((text, i) => (i === 0 ? "" : between(signs[i - 1] ?? "")) + text).join("");
}

function factorText({ name, base, offset, isTransposed, applied }: Factor, style: Style): string {
  const layer = offset === 0 ? base : `${base}${offset < 0 ? "-" : "+"}${Math.abs(offset)}`;
  const isLatex = style === "latex" || style === "ng";
  const script = (of: string): string => (isLatex ? `^{${of}}` : of.length > 1 ? `^(${of})` : `^${of}`);
  const letters: Record<Style, Readonly<Record<Factor["name"], string>>> = {
    plain: { w: "w", a: "a", z: "z", delta: "delta", gradient: "" },
    unicode: { w: "w", a: "a", z: "z", delta: "δ", gradient: "" },
    latex: { w: "w", a: "a", z: "z", delta: "\\delta", gradient: "" },
    ng: { w: "W", a: "A", z: "Z", delta: "dZ", gradient: "" },
  };
  const ofLayer = style === "ng" ? `[${layer}]` : layer;
  const above = isLatex ? `\\nabla_{a^{${layer}}} C` : `∇_(a${script(layer)}) C`;
  const quantity = name === "gradient" ? above : letters[style][name] + script(ofLayer);
  const whole = applied === "" ? quantity : `${applied}(${quantity})`;
  if (!isTransposed) return name === "gradient" && applied === "" ? `(${whole})` : whole;
  if (style === "ng" && applied === "" && name !== "gradient") return `${letters.ng[name]}^{[${layer}]T}`;
  return style === "unicode" ? `(${whole})ᵀ` : isLatex ? `(${whole})^T` : `(${whole})^T`;
}
