/**
 * A value as one line of JSON, for `--json`. Numbers that JSON has no sign for are written as the texts "Infinity",
 * "-Infinity" and "NaN": `Number("Infinity")` gives them back, where null would say that there is no number.
 */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === "number" && !Number.isFinite(each) ? String(each) : each,
  );
}
