/** A sign alone: `+`, `-`, `*`. */
const SIGN = /^[^\p{L}\p{N}\s]$/u;
/** A code of two capitals: a country, a continent, a state. */
const TWO_CAPITALS = /^[A-Z]{2}$/;

/**
 * Which of the usual markers are values after all in a column of categories: `-` beside `+`; `NA` among codes of two
 * capitals (Namibia, North America); and what a model knows as a category.
 *
 * @param markers those that the column holds, as written.
 * @param others its other categories.
 */
export function markersThatAreValues(
  markers: readonly string[],
  others: readonly string[],
  known: ReadonlySet<string> | null,
): ReadonlySet<string> {
  const areSigns = others.length > 0 && others.every((name) => SIGN.test(name)) && others.includes("+");
  const areCodes = others.length >= 2 && others.every((name) => TWO_CAPITALS.test(name));
  return new Set(
    markers.filter(
      (marker) =>
        known?.has(marker) === true ||
        (areSigns && SIGN.test(marker) && marker !== "?") ||
        (areCodes && TWO_CAPITALS.test(marker)),
    ),
  );
}
