import { functions } from "../functions.ts";
import { greekNames } from "../print/greek.ts";

/** What a command of LaTeX says: a name, an operator, or nothing (null: it only moves things about). */
export type LatexMeaning = { readonly kind: "name" | "operator"; readonly text: string } | null;

const operators: Readonly<Record<string, readonly string[]>> = {
  "*": ["cdot", "times", "ast", "cdotp", "bullet"],
  "/": ["div"],
  "<=": ["le", "leq", "leqslant"],
  ">=": ["ge", "geq", "geqslant"],
  "!=": ["ne", "neq"],
  "<": ["lt"],
  ">": ["gt"],
  "|": ["lvert", "rvert", "vert", "mid"],
  "(": ["lbrace", "lbrack", "lparen"],
  ")": ["rbrace", "rbrack", "rparen"],
  "'": ["prime"],
  "∂": ["partial"],
  "∑": ["sum"],
  "√": ["sqrt"],
  "⊙": ["odot", "circ"],
  "∇": ["nabla"],
  frac: ["frac", "dfrac", "tfrac", "cfrac"],
};

const spellings: Readonly<Record<string, string>> = {
  varepsilon: "epsilon",
  vartheta: "theta",
  varphi: "phi",
  varrho: "rho",
  varsigma: "sigma",
  ell: "l",
  top: "T",
  intercal: "T",
  ln: "ln",
  lg: "log",
};

const unseen = [
  ..."left right middle displaystyle textstyle limits nolimits quad qquad thinspace".split(" "),
  ...["big", "Big", "bigg", "Bigg"].flatMap((size) => [size, `${size}l`, `${size}r`, `${size}m`]),
];

/** Every command that is read, by its name without the backslash. */
export const latexCommands: ReadonlyMap<string, LatexMeaning> = new Map<string, LatexMeaning>([
  ...[...Object.values(greekNames), ...Object.keys(functions)].map((name): [string, LatexMeaning] => [
    name,
    { kind: "name", text: name },
  ]),
  ...Object.entries(spellings).map(([name, text]): [string, LatexMeaning] => [name, { kind: "name", text }]),
  ...Object.entries(operators).flatMap(([text, names]) =>
    names.map((name): [string, LatexMeaning] => [name, { kind: "operator", text }]),
  ),
  ...unseen.map((name): [string, LatexMeaning] => [name, null]),
]);
