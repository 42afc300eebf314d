import { expect, test } from "vitest";
import { bundledSheets, checkAnswer, parseSheet } from "../src/exercise/index.ts";
import { subjectsOf } from "../src/exercise/answers/subjects.ts";
import { mutantsOf } from "../src/exercise/slips/mutants.ts";
import { toLatex, toText } from "../src/formula/index.ts";
import { matrixKeys, matrixMutant, styles, textIn } from "./matrix-mutants.ts";
import { type Draw, drawing, rewritten } from "./random-answers.ts";

/** `BACKPASS_FUZZ=25000 npx vitest run test/notation-mutants.test.ts` tries more, and prints what they were told. */
const runs = Number(process.env["BACKPASS_FUZZ"] ?? 500);

const sheets = bundledSheets.map(({ text }) => parseSheet(text));
const back = sheets[bundledSheets.findIndex(({ name }) => name === "backpropagation")]!;

test("the equations as matrices are right in every style", () => {
  for (const key of matrixKeys) {
    for (const style of styles) {
      const text = textIn(key, style);
      const { verdict, message } = checkAnswer(back, key.question, text);
      expect({ text, verdict, message }).toMatchObject({ verdict: "correct" });
    }
  }
});

test("no formula of matrices with a slip is accepted, in any style", () => {
  const verdicts = new Map<string, number>();
  const texts = new Set<string>();
  for (let seed = 0; texts.size < runs && seed < 40 * runs; seed += 1) {
    const draw = drawing(seed);
    const key = matrixKeys[draw(matrixKeys.length)]!;
    const mutant = matrixMutant(key, draw);
    const text = mutant === null ? "" : textIn(mutant, styles[draw(styles.length)]!);
    if (text === "" || texts.has(`${key.question} ${text}`)) continue;
    texts.add(`${key.question} ${text}`);
    const { verdict, slip } = checkAnswer(back, key.question, text);
    expect({ question: key.question, text, verdict }).not.toMatchObject({ verdict: "correct" });
    expect({ question: key.question, text, verdict }).not.toMatchObject({ verdict: "form" });
    const told = verdict === "wrong" ? `wrong: ${slip ?? "no slip named"}` : verdict;
    verdicts.set(told, (verdicts.get(told) ?? 0) + 1);
  }
  if (runs > 500) console.log(`${texts.size} formulas of matrices`, Object.fromEntries(verdicts));
  expect(texts.size).toBeGreaterThan(Math.min(runs, 500) * 0.9);
  expect([...verdicts.keys()].filter((told) => told.startsWith("wrong")).length).toBeGreaterThan(5);
});

/** A formula with indices in the names of other books, which the notation reads as those of the sheet. */
function inOtherBooks(text: string, draw: Draw): string {
  const ways: readonly (readonly [RegExp, string])[] = [
    [/(?<=\(?(?:partial|\\partial )) ?C(?=[)}]|_)/gu, ["E", "J", "C"][draw(3)]!],
    [/(?<![\p{L}\\])f(?=['^(\\])/gu, ["g", "f", "phi"][draw(3)]!],
    [/(?<![\p{L}\\])([wabz])(?=_)/gu, ["$1", "$1"][draw(2)]!],
    [/(?<![\p{L}\\])t(?=_)/gu, ["y", "t"][draw(2)]!],
    [/delta/gu, draw(2) === 0 ? "delta" : "delta"],
    [/(?<![\p{L}\\])w(?=_)/gu, ["W", "w"][draw(2)]!],
    [/^sum/u, ["Sum", "sum"][draw(2)]!],
  ];
  const renamed = ways.reduce((whole, [pattern, name]) => whole.replace(pattern, name), text);
  const wraps = [
    renamed,
    `$${renamed}$`,
    `\\[${renamed}\\]`,
    `\\begin{align} ${renamed} \\end{align}`,
    `\\boxed{${renamed}}`,
  ];
  return wraps[draw(wraps.length)]!;
}

test("no formula with indices and a slip is accepted in the names of other books", () => {
  const questions = sheets.flatMap((sheet) =>
    sheet.questions.flatMap((question) =>
      question.kind === "formula" && question.domain === null
        ? [{ sheet, question, truth: subjectsOf(sheet).formula(question).truth() }]
        : [],
    ),
  );
  const counts = { wrong: 0, unreadable: 0 };
  for (let seed = 0; seed < runs; seed += 1) {
    const draw = drawing(seed + 1_000_000);
    const { sheet, question, truth } = questions[draw(questions.length)]!;
    const mutants = mutantsOf(truth.key!, { asked: truth.asked, forms: [] });
    const mutant = mutants[draw(mutants.length)]!;
    const formula = draw(3) === 0 ? rewritten(mutant.formula, draw) : mutant.formula;
    const text = inOtherBooks(draw(2) === 0 ? toText(formula) : toLatex(formula), draw);
    const { verdict } = checkAnswer(sheet, question.id, text);
    expect({ id: question.id, slip: mutant.slip, text, verdict }).not.toMatchObject({ verdict: "correct" });
    expect({ id: question.id, slip: mutant.slip, text, verdict }).not.toMatchObject({ verdict: "form" });
    counts[verdict === "wrong" ? "wrong" : "unreadable"] += 1;
  }
  if (runs > 500) console.log(`${runs} formulas with indices`, counts);
  expect(counts.wrong).toBeGreaterThan(runs / 2);
});
