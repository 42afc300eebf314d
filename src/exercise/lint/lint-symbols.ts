import { spellGreek } from "../../formula/index.ts";
import { definedFunctions, functionMistake, isDeclaration } from "../vocabulary/question-vocabulary.ts";
import type { DeclaredSymbol, Sheet } from "../sheet.ts";
import type { SheetFinding } from "../verdict.ts";

/** Finds symbols that are declared and then used nowhere, and declarations that say none. */
export function lintSymbols(sheet: Sheet): readonly SheetFinding[] {
  const text = spellGreek(withoutFrontMatter(sheet.source).replaceAll("\\", ""));
  const ofSheet = sheet.symbols.flatMap((symbol) => lintSymbol(symbol, text, null));
  // A question may well offer symbols that its answer does not need.
  const ofQuestions = sheet.questions.flatMap((question) =>
    question.kind === "formula" ? (question.symbols ?? []).flatMap((symbol) => lintPattern(symbol, question.id)) : [],
  );
  const functions = sheet.functions.flatMap(({ text: line, ...place }, i): readonly SheetFinding[] => {
    const reason = functionMistake(line, definedFunctions(sheet.functions.slice(0, i)));
    if (reason === null) return [];
    const message = `expected a function such as g(z) = z/(1+e^(-z)), got ${line}. ${reason}`;
    return [{ kind: "maths-unreadable", question: null, ...place, message, suggestion: null }];
  });
  return [...ofSheet, ...ofQuestions, ...functions];
}

function withoutFrontMatter(source: string): string {
  return source.replace(/^---\r?\n[\s\S]*?\n---\r?\n/, "");
}

function lintSymbol(symbol: DeclaredSymbol, text: string, question: string | null): readonly SheetFinding[] {
  const unreadable = lintPattern(symbol, question);
  // A width, n_l, is there for the limits of sums in answers.
  const isWidth = /^\p{L}+_[lL]$/u.test(symbol.text.trim());
  if (unreadable.length > 0 || isWidth || isUsed(symbol.text, text)) return unreadable;
  const { line, column } = symbol;
  const message = `expected a symbol that the sheet uses, got ${symbol.text}, which nothing has. Take it out.`;
  return [{ kind: "symbol-unused", question, line, column, message, suggestion: null }];
}

function lintPattern({ text, line, column }: DeclaredSymbol, question: string | null): readonly SheetFinding[] {
  if (isDeclaration(text)) return [];
  const message = `expected a symbol such as w_jk^l, t_j, eta, w_1 or f(z), got ${text}. Correct it.`;
  return [{ kind: "maths-unreadable", question, line, column, message, suggestion: null }];
}

/** Whether a symbol's name stands anywhere as a name, with scripts or without. */
function isUsed(pattern: string, text: string): boolean {
  const plain = spellGreek(pattern.replaceAll(/\([^()]*\)$|[\s\\{}()]/g, ""));
  const [, name = plain, index = ""] = /^(\p{L}+)_?([0-9]*)/u.exec(plain) ?? [];
  const stem = name.replace(/'$/, "");
  const written = index === "" ? stem : `${stem}_?${index}`;
  const before = "(?<![\\p{L}]|(?<!partial)(?<=\\p{L}))";
  return new RegExp(`(?:${before}|partial|d)${written}(?![\\p{L}])`, "u").test(text);
}
