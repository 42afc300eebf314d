import { spellGreek } from "../formula/index.ts";
import { isDeclaration, readFunction } from "./question-vocabulary.ts";
import type { DeclaredSymbol, Sheet } from "./sheet.ts";
import type { SheetFinding } from "./verdict.ts";

/** Finds symbols that are declared and then used nowhere, and declarations that say none. */
export function lintSymbols(sheet: Sheet): readonly SheetFinding[] {
  const text = spellGreek(withoutFrontMatter(sheet.source).replaceAll("\\", ""));
  const ofSheet = sheet.symbols.flatMap((symbol) => lintSymbol(symbol, text, null));
  const ofQuestions = sheet.questions.flatMap((question) => {
    if (question.kind !== "formula" || question.symbols === null) return [];
    // What the answer alone needs is used: the key has it, or the terms.
    const own = [question.text, question.asks, question.key, ...(question.terms ?? [])];
    const used = spellGreek(own.map((piece) => piece?.text ?? "").join("\n"));
    return question.symbols.flatMap((symbol) =>
      isUsed(symbol.text, used) || symbol.meaning !== ""
        ? lintPattern(symbol, question.id)
        : lintSymbol(symbol, used, question.id),
    );
  });
  const functions = sheet.functions.flatMap((line): readonly SheetFinding[] => {
    if (readFunction(line.text, new Map()) !== null || sheet.functions.length > 1) return [];
    const message = `expected a function such as g(z) = z/(1+e^(-z)), got ${line.text}. Correct it.`;
    return [
      { kind: "maths-unreadable", question: null, line: line.line, column: line.column, message, suggestion: null },
    ];
  });
  return [...ofSheet, ...ofQuestions, ...functions];
}

function withoutFrontMatter(source: string): string {
  return source.replace(/^---\r?\n[\s\S]*?\n---\r?\n/, "");
}

function lintSymbol(symbol: DeclaredSymbol, text: string, question: string | null): readonly SheetFinding[] {
  const unreadable = lintPattern(symbol, question);
  if (unreadable.length > 0 || isUsed(symbol.text, text)) return unreadable;
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
  const plain = spellGreek(pattern.replaceAll(/[\s\\{}()]/g, ""));
  const [, name = plain, index = ""] = /^(\p{L}+)_?([0-9]*)/u.exec(plain) ?? [];
  const stem = name.replace(/'$/, "");
  const written = index === "" ? stem : `${stem}_?${index}`;
  const before = "(?<![\\p{L}]|(?<!partial)(?<=\\p{L}))";
  return new RegExp(`(?:${before}|partial|d)${written}(?![\\p{L}])`, "u").test(text);
}
