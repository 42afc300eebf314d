import { BackpassError, FormulaError, OptionError } from "../../../errors.ts";
import { type EquationSystem, namedFunction, parseEquations } from "../../../explain/index.ts";
import { type Formula, functions, isFunctionName, type FreeFormula, parseFreeFormula } from "../../../formula/index.ts";
import { activationNames, type Examples, type Network } from "../../../network/index.ts";
import { didYouMean } from "../../../tree/nearest-name.ts";
import { readModelOrFile } from "../../files/model-on-disk.ts";
import { networkFromText } from "../models/network-file.ts";
import { kindOfPath } from "../../framework/read-file.ts";

/** What is to be derived. */
export type Subject =
  | { readonly kind: "network"; readonly net: Network | undefined; readonly examples: Examples | null }
  | { readonly kind: "equations"; readonly system: EquationSystem }
  | { readonly kind: "function"; readonly name: string; readonly formula: Formula };

/**
 * What a word of the command line stands for: a file that is there, else a function by its name, else a formula; the
 * general network for no word.
 *
 * @throws DataError, FormulaError, OptionError when it is none of them, or cannot be read.
 */
export function subjectOf(word: string | undefined): Subject {
  if (word === undefined || (word === "general" && kindOfPath(word) === "nothing"))
    return { kind: "network", net: undefined, examples: null };
  if (kindOfPath(word) !== "nothing") return ofFile(word);
  const named = namedFunction(word);
  if (named !== null) return { kind: "function", ...named };
  if (/\.[a-z]{2,}$/i.test(word)) return ofFile(word); // says that there is no such file
  if (word === "softmax") {
    throw new OptionError(
      'derive: expected a function of one number, got "softmax", which takes a whole layer. ' +
        "Derive a network with it: backpass derive NETWORK.json.",
    );
  }
  if (/^[\p{L}_-]{2,}$/u.test(word)) {
    const known = [
      ...activationNames.filter((name) => name !== "softmax"),
      ...Object.keys(functions).filter(isFunctionName),
    ];
    const advice = didYouMean(word, known, "Check its name.");
    throw new OptionError(`derive: expected a file, a formula or a function's name, got "${word}". ${advice}`);
  }
  const { formula, name } = readFormula(word);
  return { kind: "function", name: name !== null && isLetter(name) ? name : "f", formula };
}

function ofFile(path: string): Subject {
  const found = readModelOrFile(path);
  if (found.kind === "model") return { kind: "network", net: found.model.network, examples: null };
  const text = new TextDecoder().decode(found.bytes);
  if (path.endsWith(".json") || text.trimStart().startsWith("{")) {
    return { kind: "network", ...networkFromText(path, text) };
  }
  try {
    return { kind: "equations", system: parseEquations(text) };
  } catch (error) {
    if (!(error instanceof BackpassError) || error.code === "internal") throw error;
    const { text, span } = error instanceof FormulaError ? error : { text: "", span: { start: 0, end: 0 } };
    throw new FormulaError(`${path}: ${error.message}`, text, span);
  }
}

/** What a function is usually called; `y = …` names a value. */
function isLetter(name: string): boolean {
  return /^[fghFGH]$/u.test(name);
}

function readFormula(text: string): FreeFormula {
  if (text.trim() === "") throw new OptionError('derive: expected a formula, got nothing. Write one: "1/(1+e^(-z))".');
  return parseFreeFormula(text);
}
