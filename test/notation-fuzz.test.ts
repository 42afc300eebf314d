import { expect, test } from "vitest";
import { readAnswer } from "../src/exercise/typed/read-answer.ts";
import { withSynonyms } from "../src/exercise/vocabulary/synonyms.ts";
import { textbookVocabulary } from "../src/exercise/vocabulary/textbook-vocabulary.ts";
import { parseTextbook } from "../src/formula/index.ts";
import { cases } from "./notation-cases.ts";
import { drawing, mutatedText } from "./random-answers.ts";

const vocabulary = withSynonyms(textbookVocabulary);

/** `BACKPASS_FUZZ=100000 npx vitest run test/notation-fuzz.test.ts` tries more, and prints how long the slowest took. */
const runs = Number(process.env["BACKPASS_FUZZ"] ?? 3000);

const texts = cases.flatMap(({ right, wrong, refused = [] }) => [...right, ...wrong, ...refused]);
const pieces: readonly string[] = [
  ..."⊙ ᵀ ∇ ▒ 〖 〗 ŷ ; & = [ ] { } | ^T \\\\ 1_ δ_ij if otherwise".split(" "),
  ..."\\begin{cases} \\end{cases} \\boxed{ \\begin{align} \\hat{y} \\mathbb{1} dZ^{[l]} diag( outer( w^{new} -= E J".split(
    " ",
  ),
];

test("a random text of every notation is a formula or is refused, fast", () => {
  const asked = ["delta_j^l", "(partialC)/(partialw_jk^l)"].map((text) => parseTextbook(text, textbookVocabulary));
  let slowest = { ms: 0, text: "" };
  let readable = 0;
  for (let seed = 0; seed < runs; seed += 1) {
    const draw = drawing(seed);
    let text = draw(2) === 0 ? texts[draw(texts.length)]! : mutatedText(texts, draw);
    for (let i = draw(3); i > 0; i -= 1) {
      const at = draw(text.length + 1);
      text = text.slice(0, at) + pieces[draw(pieces.length)]! + text.slice(at);
    }
    const start = performance.now();
    const read = readAnswer(text, vocabulary, { formula: asked[draw(asked.length)]!, names: ["next w_1"] });
    const ms = performance.now() - start;
    if (ms > slowest.ms) slowest = { ms, text };
    if (read.kind === "read") readable += 1;
    else {
      expect(read.message, text).toMatch(/[.?]$/u);
      const { start: from, end } = read.span ?? { start: 0, end: 0 };
      expect(from >= 0 && from <= end && end <= text.length, text).toBe(true);
    }
  }
  if (runs > 3000)
    console.log(`${readable} of ${runs} were read; the slowest took ${slowest.ms.toFixed(1)} ms: ${slowest.text}`);
  // Both happen in number, or the test would test little.
  expect(readable).toBeGreaterThan(runs / 50);
  expect(readable).toBeLessThan(runs);
  // Few milliseconds by itself; the rest is for a busy machine.
  expect(slowest.ms).toBeLessThan(500);
});
