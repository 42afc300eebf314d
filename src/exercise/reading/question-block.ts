import { SheetError } from "../../errors.ts";
import { didYouMean, nearestName } from "../../tree/nearest-name.ts";
import { activationNames, costNames } from "../../network/index.ts";
import { type UpdateRuleName, updateRuleNames } from "../../train/index.ts";
import type {
  AuthorSlip,
  Choice,
  ChoiceQuestion,
  ChosenTest,
  FormulaQuestion,
  Given,
  Located,
  NumberQuestion,
  Question,
  Sheet,
} from "../sheet.ts";
import { answerTestNames } from "../formulas/answer-tests.ts";
import { updateRuleSymbols } from "../formulas/update-truth.ts";
import { shuffledChoices } from "./shuffle-choices.ts";
import {
  decimalsRule,
  type Fields,
  fieldsOf,
  located,
  readBoolean,
  readList,
  readName,
  readNumber,
  readOptionalText,
  readSymbols,
  readText,
  readTexts,
} from "./yaml-fields.ts";
import { readYaml, type YamlMap, type YamlTree } from "./yaml-tree.ts";

/** What a question takes from its sheet. */
export interface QuestionContext {
  readonly seed: number;
  readonly decimals: number;
  /** Whether choices are shuffled by the seed. */
  readonly shuffle: boolean;
  readonly activation: Sheet["activation"];
  readonly outputActivation: Sheet["activation"];
  readonly cost: Sheet["cost"];
  readonly given: ReadonlyMap<string, Given>;
  /** Ids of the questions before this one. */
  readonly earlier: readonly string[];
}

const common = ["kind", "text", "points", "hints", "slips", "test"] as const;
const formulaKeys = [
  ...common,
  "asks",
  "rule",
  "rule symbols",
  "symbols",
  "terms",
  "domain",
  "given",
  "key",
  "activation",
  "output activation",
  "cost",
] as const;
const numberKeys = [...common, "asks", "given", "decimals", "follows", "key"] as const;
const choiceKeys = [...common, "choices", "shuffle"] as const;

const kinds = ["formula", "number", "choice", "multiple choice"] as const;

/** What `activation` may be: `general` stands for any. */
export const generalOrActivation: readonly Sheet["activation"][] = ["general", ...activationNames];
/** What `cost` may be. */
export const generalOrCost: readonly Sheet["cost"][] = ["general", ...costNames];

/**
 * Reads a question block, whose fence is on `line`.
 *
 * @throws SheetError with line and column.
 */
export function readQuestion(
  block: { readonly text: string; readonly line: number; readonly id: string },
  context: QuestionContext,
): Question {
  const map = readYaml(block.text, block.line);
  const start = { line: block.line, column: 1 };
  const kind = kindOf(map, start);
  const base = (fields: Fields<(typeof common)[number]>): QuestionBase => baseOf(fields, block.id, start);
  switch (kind) {
    case "formula":
      return formulaQuestion(map, base, context);
    case "number":
      return numberQuestion(map, base, context);
    default: {
      const fields = fieldsOf(map, choiceKeys, `a question of kind ${kind}`);
      const choices = readList(fields.choices, "choices").map(readChoice);
      if (choices.length < 2) {
        const got = choices.length === 0 ? "none" : "one";
        throw new SheetError({
          expected: "two or more choices",
          got,
          advice: 'Add "choices:" with a list.',
          place: fields.choices ?? start,
        });
      }
      const isShuffled = fields.shuffle === undefined ? context.shuffle : readBoolean(fields.shuffle);
      const shown = isShuffled ? shuffledChoices(choices, context.seed, block.id) : choices;
      return { kind, ...base(fields), choices: shown } satisfies ChoiceQuestion;
    }
  }
}

type QuestionBase = Pick<Question, "id" | "line" | "column" | "text" | "points" | "hints" | "slips" | "test">;
type BaseReader = (fields: Fields<(typeof common)[number]>) => QuestionBase;

interface Place {
  readonly line: number;
  readonly column: number;
}

function kindOf(map: YamlMap, start: Place): (typeof kinds)[number] {
  const kind = map.fields.find(({ key }) => key.text === "kind")?.value;
  if (kind !== undefined) return readName(kind, kinds, "a kind of question");
  const similar = map.fields.find(({ key }) => nearestName(key.text.toLowerCase(), ["kind"]) !== null)?.key;
  if (similar !== undefined) {
    throw new SheetError({
      expected: '"kind:"',
      got: `"${similar.text}:"`,
      advice: "Write kind, in small letters.",
      place: similar,
    });
  }
  throw new SheetError({
    expected: `"kind:" with one of ${kinds.join(", ")}`,
    got: "none",
    advice: "Add that line.",
    place: start,
  });
}

function baseOf(fields: Fields<(typeof common)[number]>, id: string, start: Place): QuestionBase {
  if (fields.text === undefined) {
    throw new SheetError({
      expected: '"text:" with what is asked',
      got: "none",
      advice: "Add that line.",
      place: start,
    });
  }
  return {
    id,
    ...start,
    text: located(readText(fields.text, "what is asked")),
    points:
      fields.points === undefined
        ? 1
        : readNumber(fields.points, {
            expected: "points, a number from 0 to 1,000",
            isAllowed: (value) => value >= 0 && value <= 1_000,
          }),
    hints: readTexts(fields.hints, "hints"),
    slips: readList(fields.slips, "slips").map(readSlip),
    test: fields.test === undefined ? null : readTest(fields.test).test,
  };
}

function formulaQuestion(map: YamlMap, base: BaseReader, context: QuestionContext): FormulaQuestion {
  const fields = fieldsOf(map, formulaKeys, "a question of kind formula");
  const rule = fields.rule === undefined ? null : readName(fields.rule, updateRuleNames, "an update rule");
  const asks = readOptionalText(fields.asks, "the quantity that is asked");
  const key = readOptionalText(fields.key, "the key, a formula");
  if (rule !== null && asks === null) {
    throw new SheetError({
      expected: '"asks: next …" with a rule',
      got: "none",
      advice: 'Add for example "asks: next w".',
      place: base(fields),
    });
  }
  return {
    kind: "formula",
    ...base(fields),
    asks,
    rule,
    ruleSymbols: ruleSymbolsOf(fields["rule symbols"], rule),
    symbols: fields.symbols === undefined ? null : readSymbols(fields.symbols),
    terms: termsOf(fields),
    domain: readOptionalText(fields.domain, "a domain such as z > 0"),
    given: fields.given === undefined ? null : givenOf(fields.given, context.given),
    key,
    activation:
      fields.activation === undefined
        ? context.activation
        : readName(fields.activation, generalOrActivation, "an activation"),
    outputActivation: outputActivationOf(fields, context),
    cost: fields.cost === undefined ? context.cost : readName(fields.cost, generalOrCost, "a cost"),
  };
}

/** `test: factored`, or a name with what it takes: `test: { inTerms: [a, t] }`. */
function readTest(tree: YamlTree): { readonly test: ChosenTest; readonly terms: readonly Located[] | null } {
  const { line, column } = tree;
  if (tree.kind !== "map") {
    return { test: { name: readName(tree, answerTestNames, "a test of answers"), line, column }, terms: null };
  }
  const { inTerms } = fieldsOf(tree, ["inTerms"], "a test with an argument");
  return { test: { name: "inTerms", line, column }, terms: readTexts(inTerms, termsWanted) };
}

const termsWanted = "terms such as z_j^L";

/** The terms of the question, which stand under `terms` or beside the test. */
function termsOf({ terms, test }: Fields<"terms" | "test">): readonly Located[] | null {
  const own = terms === undefined ? null : readTexts(terms, termsWanted);
  const read = test === undefined ? null : readTest(test);
  if (read?.test.name !== "inTerms") return own;
  if (own !== null && read.terms !== null) {
    throw new SheetError({
      expected: "terms once",
      got: 'them under "terms" and "test"',
      advice: "Keep one of the two.",
      place: read.test,
    });
  }
  const found = own ?? read.terms;
  if (found !== null && found.length > 0) return found;
  throw new SheetError({
    expected: "terms for the test inTerms",
    got: "none",
    advice: 'Write "test: { inTerms: [a, t] }".',
    place: read.test,
  });
}

/** The question's own; else that of its `activation`, where it says one; else the sheet's. */
function outputActivationOf(
  fields: Fields<"activation" | "output activation">,
  context: QuestionContext,
): Sheet["activation"] {
  const own = fields["output activation"] ?? fields.activation;
  return own === undefined ? context.outputActivation : readName(own, generalOrActivation, "an activation");
}

/** @throws SheetError for a name that the rule does not have, with those it has. */
function ruleSymbolsOf(tree: YamlTree | undefined, rule: UpdateRuleName | null): Readonly<Record<string, string>> {
  if (tree === undefined) return {};
  if (rule === null) {
    throw new SheetError({
      expected: '"rule:" with an update rule',
      got: "symbols for none",
      advice: "Add that line.",
      place: tree,
    });
  }
  if (tree.kind !== "map") {
    throw new SheetError({
      expected: 'symbols of the rule such as "momentum: mu"',
      got: "none",
      advice: "Write a line for each.",
      place: tree,
    });
  }
  const symbols = fieldsOf(tree, updateRuleSymbols(rule), `symbols of ${rule}`);
  return Object.fromEntries(
    Object.entries(symbols).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, readText(value, `a symbol for ${name}`).text]],
    ),
  );
}

function numberQuestion(map: YamlMap, base: BaseReader, context: QuestionContext): NumberQuestion {
  const fields = fieldsOf(map, numberKeys, "a question of kind number");
  const question = base(fields);
  const { asks, given } = fields;
  if (asks === undefined) {
    throw new SheetError({
      expected: '"asks:" with a quantity such as C or dC/dw1',
      got: "none",
      advice: "Add that line.",
      place: question,
    });
  }
  if (given === undefined) {
    const known = [...context.given.keys()].join(", ") || "a block of equations or a network first";
    throw new SheetError({
      expected: `"given:" with what to compute from (${known})`,
      got: "none",
      advice: "Add that line.",
      place: question,
    });
  }
  return {
    kind: "number",
    ...question,
    asks: located(readText(asks, "the quantity that is asked")),
    given: givenOf(given, context.given),
    decimals: fields.decimals === undefined ? context.decimals : readNumber(fields.decimals, decimalsRule),
    follows: readTexts(fields.follows, "ids of earlier questions").map((each) => earlierId(each, context.earlier)),
    key: readOptionalText(fields.key, "the key, a number"),
  };
}

function givenOf(tree: YamlTree, known: ReadonlyMap<string, Given>): Given {
  const name = readText(tree, "the name of a block of equations or a network");
  const given = known.get(name.text);
  if (given !== undefined) return given;
  const names = [...known.keys()];
  const advice = didYouMean(name.text, names, "Name one, or add the block.");
  const listed = names.length === 0 ? "none is there" : names.join(", ");
  throw new SheetError({ expected: `a given block (${listed})`, got: `"${name.text}"`, advice, place: name });
}

function earlierId(id: Located, earlier: readonly string[]): string {
  if (earlier.includes(id.text)) return id.text;
  const advice = didYouMean(id.text, earlier, "Name a question that stands before this one.");
  throw new SheetError({ expected: "the id of an earlier question", got: `"${id.text}"`, advice, place: id });
}

function readSlip(tree: YamlTree): AuthorSlip {
  if (tree.kind !== "map") {
    throw new SheetError({
      expected: 'a slip as "answer: …" and "message: …"',
      got: "something else",
      advice: "Write both.",
      place: tree,
    });
  }
  const { answer, message } = fieldsOf(tree, ["answer", "message"], "a slip");
  if (answer === undefined || message === undefined) {
    const missing = answer === undefined ? "answer" : "message";
    throw new SheetError({ expected: `"${missing}:" in a slip`, got: "none", advice: "Add that line.", place: tree });
  }
  return { answer: located(readText(answer, "a wrong answer")), message: readText(message, "a message").text };
}

function readChoice(tree: YamlTree, position: number): Choice {
  if (tree.kind !== "map")
    return { position, text: located(readText(tree, "the text of a choice")), isRight: false, claim: null };
  const { text, right, claim } = fieldsOf(tree, ["text", "right", "claim"], "a choice");
  if (text === undefined)
    throw new SheetError({ expected: '"text:" in a choice', got: "none", advice: "Add that line.", place: tree });
  return {
    position,
    text: located(readText(text, "the text of a choice")),
    isRight: right === undefined ? false : readBoolean(right),
    claim: readOptionalText(claim, "a comparison"),
  };
}
