import {
  isObject,
  located,
  type Place,
  placeOf,
  readFields,
  readList,
  readNumber,
  readText,
  unexpected,
} from "../../tree/reader.ts";
import { NetworkError } from "../../errors.ts";
import { type Initializer, initializerFrom } from "../initializers.ts";

/** @throws NetworkError when it is no whole number from 1 up. */
export function readWidth(place: Place): number {
  const width = readNumber(place);
  if (Number.isSafeInteger(width) && width >= 1) return width;
  throw unexpected(place, "a whole number from 1 up", "Write how many there are.");
}

/** A matrix of weights in a file. @throws NetworkError that names the place. */
export function readMatrix(place: Place, rows: number, columns: number): number[][] {
  const list = readList(place);
  if (list.length !== rows) {
    throw new NetworkError({
      where: place.path,
      expected: `${rows} rows, one per neuron of the layer`,
      got: `${list.length}`,
      advice: "Row j, column k is w_jk: from neuron k of the layer before to neuron j.",
    });
  }
  return list.map((row) => readNumbers(row, columns, "one per neuron of the layer before"));
}

/** @param which what the numbers are for. @throws NetworkError when there are not `count` of them. */
export function readNumbers(place: Place, count: number, which: string): number[] {
  const list = readList(place);
  if (list.length === count) return list.map(readNumber);
  throw new NetworkError({
    where: place.path,
    expected: `${count} ${count === 1 ? "number" : "numbers"}, ${which}`,
    got: `${list.length}`,
    advice: "Correct the list, or the width.",
  });
}

/** An initializer in a file: its name, or an object with name and scale. @throws NetworkError that names the place. */
export function readInitializer(place: Place): Initializer {
  const { value } = place;
  if (!isObject(value)) {
    // `initializerFrom` refuses every text that is no initializer's name.
    const name = readText(place) as Initializer["name"];
    return located(place, () => initializerFrom("initializer", name));
  }
  const fields = readFields(place, ["name", "range", "deviation"]);
  const name = readText(placeOf(fields, "name", '"name": "uniform"', place)) as Initializer["name"]; // as above
  const { range, deviation } = fields;
  const scale = {
    ...(range === undefined ? {} : { range: readNumber(range) }),
    ...(deviation === undefined ? {} : { deviation: readNumber(deviation) }),
  };
  // As above: it also refuses a name without the scale that it needs.
  return located(place, () => initializerFrom("initializer", { name, ...scale } as Initializer));
}
