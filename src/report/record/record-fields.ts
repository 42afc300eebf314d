import { type Place, placeOf, readKnownFields, readNumber, readNumberWithin, readOptional } from "../../tree/reader.ts";

/** The fields of an object that must all be there; it may have others. */
export function wholeFields<Key extends string>(place: Place, keys: readonly Key[]): Readonly<Record<Key, Place>> {
  const fields = readKnownFields(place, keys);
  for (const key of keys) placeOf(fields, key, "what train writes there", place);
  // All of them are there.
  return fields as Readonly<Record<Key, Place>>;
}

/** A number that was measured; NaN for null. */
export function readMeasure(place: Place): number {
  return readOptional(place, readNumber) ?? Number.NaN;
}

/** The size of something, from 0; NaN for null. */
export function readSize(place: Place): number {
  return readOptional(place, (each) => readNumberWithin(each, 0, Number.MAX_VALUE)) ?? Number.NaN;
}

/** A share from 0 to 1, rounded as single precision may round it; NaN for null. */
export function readShare(place: Place): number {
  return readOptional(place, (each) => readNumberWithin(each, 0, 1 + 1e-6)) ?? Number.NaN;
}
