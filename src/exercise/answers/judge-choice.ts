import { spellGreek } from "../../formula/index.ts";
import { nearestName } from "../../tree/nearest-name.ts";
import { correct, type Judgement, notRight, unreadable } from "../judgement.ts";
import type { ChoiceQuestion } from "../sheet.ts";

/** The most letters of an answer; far more than any list of choices has. */
const LONGEST = 2_000;

/**
 * Judges the choice, or choices, that were typed: by letter (`b`, `(b)`, `B.`), by number from 1, or by text, in which case
 * (where nothing else tells two apart), spaces, a final stop and `$` do not count; a letter may go before its text. For several:
 * a list with commas, semicolons, spaces or `and` between, or `none`. What can be read in two ways that differ is unreadable.
 *
 * A wrong answer to a question with several right choices is told whether something is too many or missing, not what.
 */
export function judgeChoice(question: ChoiceQuestion, answer: string): Judgement {
  if (answer.length > LONGEST)
    return unreadable(`Expected a choice, got ${answer.length} letters. ${typable(question)}`);
  const text = answer.trim();
  if (text === "") return unreadable(`Expected a choice, got nothing. ${typable(question)}`);
  const judgement = question.kind === "choice" ? judgeOne(question, text) : judgeSeveral(question, text);
  if (judgement.verdict !== "wrong") return judgement;
  const expected = question.slips.find(({ answer: { text: slip } }) => isSameChoice(question, slip.trim(), text));
  return expected === undefined ? judgement : { ...judgement, message: expected.message, slip: "author" };
}

/** Whether an answer chooses what a slip names, whose letters are those of the author's order. */
function isSameChoice(question: ChoiceQuestion, slip: string, answer: string): boolean {
  const [these, those] = [chosenPositions(inAuthorsOrder(question), slip), chosenPositions(question, answer)];
  if (these === null || those === null) return false;
  return these.length === those.length && these.every((position) => those.includes(position));
}

/** The question with its choices as they are written, whatever the seed: letters of a sheet's text mean this order. */
export function inAuthorsOrder(question: ChoiceQuestion): ChoiceQuestion {
  return { ...question, choices: question.choices.toSorted((left, right) => left.position - right.position) };
}

/**
 * What an answer chooses, by the places at which the author wrote the choices, each once and in order; null where it cannot be read.
 */
export function chosenPositions(question: ChoiceQuestion, answer: string): readonly number[] | null {
  if (answer.length > LONGEST || answer.trim() === "") return null;
  const listed = choicesListed(question, answer.trim());
  if (listed === null || typeof listed === "string") return null;
  const positions = listed.map((shown) => question.choices[shown]?.position ?? shown);
  return [...new Set(positions)].sort((left, right) => left - right);
}

function judgeOne(question: ChoiceQuestion, text: string): Judgement {
  const found = choiceNamed(question, text);
  if (typeof found === "string") return unreadable(found);
  if (found === null) {
    const listed = choicesListed(question, text);
    const isList = typeof listed !== "string" && listed !== null && listed.length !== 1;
    return unreadable(
      isList ? `Expected one choice, got ${listed.length}. ${typable(question)}` : unknown(question, text),
    );
  }
  if (question.choices[found]?.isRight === true) return correct();
  return notRight("wrong", `(${letterOf(found)}) is not right.`, "choice-wrong");
}

function judgeSeveral(question: ChoiceQuestion, text: string): Judgement {
  const listed = choicesListed(question, text);
  if (typeof listed === "string") return unreadable(listed);
  if (listed === null) return unreadable(unknown(question, text));
  const chosen = new Set(listed);
  const isTooMuch = question.choices.some(({ isRight }, i) => chosen.has(i) && !isRight);
  const isMissing = question.choices.some(({ isRight }, i) => !chosen.has(i) && isRight);
  if (!isTooMuch && !isMissing) return correct();
  const tooMuch = chosen.size === 1 ? "Your choice is not true." : "One of your choices, at least, is not true.";
  const message = [...(isTooMuch ? [tooMuch] : []), ...(isMissing ? ["Something true is missing."] : [])].join(" ");
  return notRight("wrong", message, isTooMuch ? "choice-wrong" : "choice-missing");
}

/** Positions of the choices of a list; null when one is not known, a text when one can be read in two ways. */
function choicesListed(question: ChoiceQuestion, text: string): readonly number[] | string | null {
  const whole = choiceNamed(question, text);
  if (whole !== null) return typeof whole === "string" ? whole : [whole];
  if (/^(?:none|none of (?:them|these|the above)|nothing)\.?$/i.test(text)) return [];
  if (/^(?:all|all of (?:them|these|the above))\.?$/i.test(text)) return question.choices.map((_, i) => i);
  // Texts may have spaces in them, so a list with other separators is tried first.
  for (const separator of [/\s*[,;\n]\s*/, /\s*(?:[,;&+\n]|\band\b)\s*/i, /\s*(?:[,;&+\s]|\band\b)\s*/i]) {
    const parts = text.split(separator).filter((part) => part !== "");
    const found = parts.map((part) => choiceNamed(question, part));
    const unclear = found.find((each) => typeof each === "string");
    if (typeof unclear === "string") return unclear;
    const positions = found.filter((each): each is number => typeof each === "number");
    if (positions.length > 0 && positions.length === parts.length) return positions;
  }
  return lettersTogether(question, text);
}

/** `ac`: letters without anything between, each of which is a choice, none twice; null for anything else. */
function lettersTogether({ choices }: ChoiceQuestion, text: string): readonly number[] | null {
  const positions = Array.from(text.toLowerCase(), (letter) => letter.charCodeAt(0) - "a".charCodeAt(0));
  const areChoices = positions.every((position) => position >= 0 && position < choices.length);
  return areChoices && new Set(positions).size === positions.length ? positions : null;
}

/** Position of the choice that a text names; null when it names none, a message when it can be read in two ways. */
function choiceNamed({ choices }: ChoiceQuestion, text: string): number | string | null {
  const count = choices.length;
  const positions = new Set<number>();
  const [, letter] = /^[([]?([a-z])[)\].:]*$/i.exec(text) ?? [];
  if (letter !== undefined) positions.add(letter.toLowerCase().charCodeAt(0) - "a".charCodeAt(0));
  const [, numeral] = /^[([]?([0-9]{1,4})[)\].:]*$/.exec(text) ?? [];
  if (numeral !== undefined) positions.add(Number(numeral) - 1);
  for (const position of positionsOfText(choices, text)) positions.add(position);
  const known = [...positions].filter((position) => position >= 0 && position < count);
  if (known.length > 1) {
    const ways = known.map((position) => `(${letterOf(position)})`).join(" or ");
    return `Expected one way to read "${text}", got ${ways}. Type the letter in parentheses.`;
  }
  if (known.length === 1) return known[0] ?? null;
  const [, label, rest] = /^[([]?([a-z])[)\].:]+\s+(.+)$/is.exec(text) ?? [];
  if (label === undefined || rest === undefined) return null;
  const labeled = label.toLowerCase().charCodeAt(0) - "a".charCodeAt(0);
  return positionsOfText(choices, rest).includes(labeled) ? labeled : null;
}

/** Choices with this text; in the same case, if there are any. */
function positionsOfText(choices: ChoiceQuestion["choices"], text: string): readonly number[] {
  const same = (read: (text: string) => string): readonly number[] =>
    choices.flatMap((choice, i) => (read(choice.text.text) === read(text) ? [i] : []));
  const exact = same(plain);
  return exact.length > 0 ? exact : same((each) => plain(each).toLowerCase());
}

function plain(text: string): string {
  return spellGreek(text)
    .replace(/[\s$\\]+/g, "")
    .replace(/\.$/, "");
}

/** What a choice is called: a … z, then 27, 28 … */
export function letterOf(position: number): string {
  return position < 26 ? String.fromCharCode("a".charCodeAt(0) + position) : String(position + 1);
}

function unknown(question: ChoiceQuestion, text: string): string {
  const nearest = nearestName(
    plain(text),
    question.choices.map((choice) => plain(choice.text.text)),
  );
  const position = question.choices.findIndex((choice) => plain(choice.text.text) === nearest);
  const advice = position < 0 ? "" : ` Did you mean (${letterOf(position)})?`;
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return `Expected a choice, got "${shown}".${advice} ${typable(question)}`;
}

function typable({ kind, choices }: ChoiceQuestion): string {
  const letters = choices.map((_, i) => letterOf(i));
  const one = `Type one of ${letters.join(", ")}, its number, or its text`;
  return kind === "choice" ? `${one}.` : `${one}; several with commas between; or none.`;
}
