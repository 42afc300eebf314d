import { evaluate, type Formula, symbolsOf, toText } from "../../formula/index.ts";
import { questionChecks } from "./author-answers.ts";
import { derivedKey } from "../formulas/derived-key.ts";
import { formulaTruth } from "../formulas/formula-truth.ts";
import { meantTexts } from "../typed/meant-texts.ts";
import { judgeFormula, verdictOf } from "../formulas/judge-formula.ts";
import { inNetworkNames } from "../vocabulary/network-names.ts";
import { readAnswer } from "../typed/read-answer.ts";
import { shortNumber } from "../short-number.ts";
import { valuesOnNetworks } from "../networks/judge-network.ts";
import { quantitiesIn } from "../networks/network-shapes.ts";
import { isDomainReached } from "../scalars/scalar-values.ts";
import { writtenOut } from "../scalars/scalar-question.ts";
import type { FormulaQuestion, Located, Sheet } from "../sheet.ts";
import type { SheetFinding } from "../verdict.ts";

/** Proves the key of a formula question, and the author's wrong answers to be wrong. */
export function lintFormula(sheet: Sheet, question: FormulaQuestion): readonly SheetFinding[] {
  const truth = formulaTruth(sheet, question);
  const findings: SheetFinding[] = [];
  const report = (
    kind: SheetFinding["kind"],
    place: Pick<Located, "line" | "column">,
    message: string,
    suggestion: Formula | string | null = null,
  ): void => {
    const { line, column } = place;
    const text = suggestion === null || typeof suggestion === "string" ? suggestion : toText(suggestion);
    findings.push({ kind, question: question.id, line, column, message, suggestion: text });
  };
  for (const { what, place, message } of truth.problems) {
    if (what === "key") reportUnreadable(sheet, question, message, report);
    else report("key-unreadable", place, `${what}: ${message}`);
  }
  const { key, domain } = question;
  if (truth.problems.some(({ what }) => what === "domain")) return findings;
  if (domain !== null && truth.judge?.kind === "scalar" && !isDomainReached(truth.judge.question)) {
    const message = `domain: expected one that holds somewhere between -6 and 6, where answers are tried, got ${domain.text}. Choose a wider one.`;
    report("undefined-point", domain, message);
    return findings;
  }
  const isBlank = key === null || key.text.trim() === "";
  if (isBlank) {
    const derived = derivedKey(sheet, question);
    const what =
      question.asks === null
        ? "and nothing that is asked says what is true"
        : `and ${question.asks.text} can be derived`;
    const fallback = "expected a key, got none. Write one, or say with asks: what is asked for.";
    report(
      "key-blank",
      key ?? question,
      derived === null ? fallback : `expected a key, got none, ${what}. Write it, or "derive".`,
      derived,
    );
  } else if (truth.key !== null) lintKey(sheet, question, truth.key, report);
  else if (key.text.trim() === "derive" && derivedKey(sheet, question) === null) {
    report(
      "key-blank",
      key,
      "expected something that can be derived, got a question for which no key was found. Write the key.",
    );
  }
  const slips = questionChecks(question, (answer) => {
    const read = readAnswer(answer, truth.vocabulary, { formula: truth.asked, names: truth.names });
    if (read.kind === "unreadable") return { verdict: "unreadable", message: read.message };
    return judgeFormula(sheet, question, read.formula);
  });
  return [...findings, ...slips];
}

type Report = (
  kind: SheetFinding["kind"],
  place: Pick<Located, "line" | "column">,
  message: string,
  suggestion?: Formula | string | null,
) => void;

function lintKey(sheet: Sheet, question: FormulaQuestion, key: Formula, report: Report): void {
  const place = question.key ?? question;
  const { verdict, message, counterexample, slip } = judgeFormula(sheet, question, key);
  const text = question.key?.text ?? "";
  switch (verdict) {
    case "wrong": {
      const meant = meantInstead(sheet, question);
      const shown = counterexample === null ? message : counterexample.text;
      if (meant !== null) {
        report(
          "key-misread",
          place,
          `expected what is asked, got a key that reads as ${toText(key)}. ${shown} Write ${meant}.`,
          meant,
        );
      } else if (slip === "undefined") {
        report(
          "undefined-point",
          place,
          `expected a key that has a value wherever the question is asked, got ${text}. ${message}`,
        );
      } else {
        report(
          "key-wrong",
          place,
          `expected what is asked, got ${text}. ${shown} Correct the key.`,
          derivedKey(sheet, question),
        );
      }
      return;
    }
    case "form":
      report(
        "key-not-in-terms",
        place,
        `expected a key in the terms of the question, got ${text}. ${message}`,
        derivedKey(sheet, question),
      );
      return;
    case "unreadable":
      report(
        "key-unreadable",
        place,
        `expected a key that answers, got ${text}. ${message}`,
        derivedKey(sheet, question),
      );
      return;
    default:
      lintPoints(sheet, question, key, report);
      lintConstant(sheet, question, key, report);
  }
}

/** A key that speaks of the network and has the same value on every one: a name in it stands for something else than is meant. */
function lintConstant(sheet: Sheet, question: FormulaQuestion, key: Formula, report: Report): void {
  const { judge, networkNames } = formulaTruth(sheet, question);
  if (judge?.kind !== "network") return;
  const inNetwork = inNetworkNames(key, networkNames);
  if (quantitiesIn(inNetwork).length === 0) return;
  const [first, ...others] = valuesOnNetworks(inNetwork, judge.question) ?? [];
  if (first === undefined || others.length < 3) return;
  if (!others.every(({ typed }) => Math.abs(typed - first.typed) <= 1e-12)) return;
  const message = `expected a key that depends on the network, got ${question.key?.text ?? ""}, which is ${shortNumber(first.typed)} on every network. Check what its names stand for.`;
  report("key-constant", question.key ?? question, message);
}

/** Places with easy numbers at which what is asked has a value and the key has none. */
function lintPoints(sheet: Sheet, question: FormulaQuestion, key: Formula, report: Report): void {
  const { judge } = formulaTruth(sheet, question);
  if (judge?.kind !== "scalar" || judge.question.definitions.size > 0) return;
  const { truth, functions, domain } = judge.question;
  const [ours, theirs] = [truth, key].map((formula) => writtenOut(formula, functions));
  const condition = domain === null ? null : writtenOut(domain, functions);
  if (ours === undefined || theirs === undefined) return;
  const names = [...new Set([...symbolsOf(ours), ...symbolsOf(theirs)])];
  for (const value of [0, 1, -1, 2, -2, 0.5, -0.5, 6, -6]) {
    const at = Object.fromEntries(names.map((name) => [name, value]));
    const isInside =
      condition === null || (symbolsOf(condition).every((name) => name in at) && evaluate(condition, at) !== 0);
    if (!isInside || !Number.isFinite(evaluate(ours, at)) || Number.isFinite(evaluate(theirs, at))) continue;
    const where = names.map((name) => `${name} = ${value}`).join(", ");
    const message = `expected a key that has a value wherever the question is asked, got ${question.key?.text ?? ""}, which has none at ${where}. Rewrite it, or give a domain.`;
    report("undefined-point", question.key ?? question, message);
    return;
  }
}

/** The key as it was probably meant: typed a little otherwise, it is right. Null when no such way is found. */
function meantInstead(sheet: Sheet, question: FormulaQuestion): string | null {
  const { vocabulary, asked, names } = formulaTruth(sheet, question);
  const typed = question.key?.text ?? "";
  for (const text of meantTexts(typed)) {
    const read = readAnswer(text, vocabulary, { formula: asked, names });
    if (read.kind === "read" && verdictOf(sheet, question, read.formula) === "correct") return text;
  }
  return null;
}

function reportUnreadable(sheet: Sheet, question: FormulaQuestion, message: string, report: Report): void {
  const meant = meantInstead(sheet, question);
  const place = question.key ?? question;
  const advice = meant === null ? "" : ` It is right as ${meant}.`;
  report(
    "key-unreadable",
    place,
    `the key ${question.key?.text ?? ""} cannot be read: ${message}${advice}`,
    meant ?? derivedKey(sheet, question),
  );
}
