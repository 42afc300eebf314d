import { evaluate, type Formula, symbolsOf, toText } from "../../formula/index.ts";
import { questionChecks } from "./author-answers.ts";
import { lintRelation } from "./lint-test.ts";
import { meantTexts } from "../typed/meant-texts.ts";
import type { FormulaSubject } from "../formulas/formula-subject.ts";
import { judgeFormula } from "../formulas/judge-formula.ts";
import { nameSlip } from "../formulas/name-slip.ts";
import { inNetworkNames } from "../vocabulary/network-names.ts";
import { shortNumber } from "../short-number.ts";
import { valuesOnNetworks } from "../networks/judge-network.ts";
import { quantitiesIn } from "../networks/network-shapes.ts";
import { isDomainReached } from "../scalars/scalar-values.ts";
import { writtenOut } from "../scalars/scalar-question.ts";
import type { Located } from "../sheet.ts";
import type { SheetFinding } from "../verdict.ts";

/** Proves the key of a formula question, and the author's wrong answers to be wrong. */
export function lintFormula(subject: FormulaSubject): readonly SheetFinding[] {
  const { question } = subject;
  const truth = subject.truth();
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
    if (what === "key") reportUnreadable(subject, message, report);
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
    const derived = subject.derivedKey();
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
  } else if (truth.key !== null) lintKey(subject, truth.key, report);
  else if (key.text.trim() === "derive" && subject.derivedKey() === null) {
    report(
      "key-blank",
      key,
      "expected something that can be derived, got a question for which no key was found. Write the key.",
    );
  }
  const slips = questionChecks(question, (answer) => {
    const read = subject.read(answer);
    if (read.kind === "unreadable") return { verdict: "unreadable", message: read.message };
    return nameSlip(subject, read.formula, judgeFormula(subject, read.formula));
  });
  return [...findings, ...slips, ...lintRelation(subject)];
}

type Report = (
  kind: SheetFinding["kind"],
  place: Pick<Located, "line" | "column">,
  message: string,
  suggestion?: Formula | string | null,
) => void;

function lintKey(subject: FormulaSubject, key: Formula, report: Report): void {
  const { question } = subject;
  const place = question.key ?? question;
  const { verdict, message, counterexample, slip } = nameSlip(subject, key, judgeFormula(subject, key));
  const text = question.key?.text ?? "";
  switch (verdict) {
    case "wrong": {
      const meant = meantInstead(subject);
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
          subject.derivedKey(),
        );
      }
      return;
    }
    case "form": {
      const isForm = slip === "not-factored" || slip === "not-expanded";
      const wanted = isForm ? `that passes the test ${question.test?.name ?? ""}` : "in the terms of the question";
      report(
        isForm ? "key-not-in-form" : "key-not-in-terms",
        place,
        `expected a key ${wanted}, got ${text}. ${message}`,
        subject.derivedKey(),
      );
      return;
    }
    case "unreadable":
      report("key-unreadable", place, `expected a key that answers, got ${text}. ${message}`, subject.derivedKey());
      return;
    default:
      lintPoints(subject, key, report);
      lintConstant(subject, key, report);
  }
}

/** A key that speaks of the network and has the same value on every one: a name in it stands for something else than is meant. */
function lintConstant(subject: FormulaSubject, key: Formula, report: Report): void {
  const { question } = subject;
  const { judge, networkNames } = subject.truth();
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
function lintPoints(subject: FormulaSubject, key: Formula, report: Report): void {
  const { question } = subject;
  const { judge } = subject.truth();
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
function meantInstead(subject: FormulaSubject): string | null {
  const { question } = subject;
  const typed = question.key?.text ?? "";
  for (const text of meantTexts(typed)) {
    const read = subject.read(text);
    if (read.kind === "read" && judgeFormula(subject, read.formula).verdict === "correct") return text;
  }
  return null;
}

function reportUnreadable(subject: FormulaSubject, message: string, report: Report): void {
  const { question } = subject;
  const meant = meantInstead(subject);
  const place = question.key ?? question;
  const advice = meant === null ? "" : ` It is right as ${meant}.`;
  report(
    "key-unreadable",
    place,
    `the key ${question.key?.text ?? ""} cannot be read: ${message}${advice}`,
    meant ?? subject.derivedKey(),
  );
}
