import type { ClassScore } from "../../train/index.ts";
import {
  type Place,
  readKnownFields,
  readList,
  readNumber,
  readOptional,
  readText,
  readWhole,
  unexpected,
} from "../../tree/reader.ts";
import type { Image } from "./images.ts";
import type { MeasuredRecord, Mistake } from "./measured-record.ts";
import { readTarget } from "./read-targets.ts";
import { readMeasure, readShare, wholeFields } from "./record-fields.ts";

/** Of these a report shows no more. */
const MOST_PAIRS = 10_000;
const MOST_MISTAKES = 1000;
/** An image as large has no use in a report. */
const MOST_PIXELS = 2 ** 20;

/** Checks a model's answers in the record of a run. @throws DataError that names the place. */
export function readMeasured(place: Place): MeasuredRecord {
  const fields = wholeFields(place, ["on", "examples", "classes", "confusion", "scores", "pairs", "wrong", "mistakes"]);
  const { targets } = readKnownFields(place, ["targets"]);
  const classes = readOptional(fields.classes, (each) => readList(each).map(readText));
  const count = classes?.length ?? 0;
  return {
    on: readText(fields.on),
    examples: readWhole(fields.examples, 0),
    classes,
    confusion: readOptional(fields.confusion, (each) =>
      asMany(each, count).map((row) => asMany(row, count).map((cell) => readWhole(cell, 0))),
    ),
    scores: readOptional(fields.scores, (each) => asMany(each, count).map(readClassScore)),
    pairs: readOptional(fields.pairs, (each) => readList(each, MOST_PAIRS).map(readPair)),
    wrong: readOptional(fields.wrong, (each) => readWhole(each, 0)),
    ...(targets === undefined ? {} : { targets: readList(targets, MOST_MISTAKES).map(readTarget) }),
    mistakes: readList(fields.mistakes, MOST_MISTAKES).map(readMistake),
  };
}

/** A list with one item for each class. */
function asMany(place: Place, count: number): readonly Place[] {
  const list = readList(place);
  if (list.length === count) return list;
  throw unexpected(place, `a list of ${count}, one for each class`, "Train again.");
}

/** How well a class is told from the others. */
function readClassScore(place: Place): ClassScore {
  const { precision, recall, f1, support } = wholeFields(place, ["precision", "recall", "f1", "support"]);
  return {
    precision: readShare(precision),
    recall: readShare(recall),
    f1: readShare(f1),
    support: readWhole(support, 0),
  };
}

function readPair(place: Place): readonly [number, number] {
  const [expected, answered, more] = readList(place).map(readMeasure);
  if (expected !== undefined && answered !== undefined && more === undefined) return [expected, answered];
  throw unexpected(place, "a list of 2, right value and answer", "Train again.");
}

function readMistake(place: Place): Mistake {
  const fields = wholeFields(place, [
    "example",
    "expected",
    "answered",
    "probability",
    "ofExpected",
    "image",
    "inputs",
  ]);
  // Records of before have no rows.
  const { row } = readKnownFields(place, ["row"]);
  return {
    example: readWhole(fields.example, 1),
    ...(row === undefined ? {} : { row: readOptional(row, (each) => readWhole(each, 1)) }),
    expected: readAnswer(fields.expected),
    answered: readAnswer(fields.answered),
    probability: readOptional(fields.probability, readShare),
    ofExpected: readOptional(fields.ofExpected, readMeasure),
    image: readOptional(fields.image, readImage),
    inputs: readList(fields.inputs, MOST_MISTAKES).map((each) => {
      const { name, value } = wholeFields(each, ["name", "value"]);
      return { name: readText(name), value: readAnswer(value) };
    }),
  };
}

/** A class or category by name, or an amount. */
function readAnswer(place: Place): string | number {
  return typeof place.value === "string" ? place.value : readMeasure(place);
}

function readImage(place: Place): Image {
  const { width, pixels } = wholeFields(place, ["width", "pixels"]);
  const image = {
    width: readWhole(width, 1, 4096),
    pixels: readList(pixels, MOST_PIXELS).map((each) => Math.min(1, Math.max(0, readNumber(each)))),
  };
  if (image.pixels.length > 0 && image.pixels.length % image.width === 0) return image;
  throw unexpected(pixels, `whole rows of ${image.width}`, "Train again.");
}
