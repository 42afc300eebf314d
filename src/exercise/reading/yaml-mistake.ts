import type { ErrorCode } from "yaml";
import type { Expectation } from "../../errors.ts";

/** What is wrong where YAML cannot be read, by the reader's own code for it: what was expected, and what to do. */
const mistakes: Readonly<Partial<Record<ErrorCode, readonly [expected: string, got: string, advice: string]>>> = {
  TAB_AS_INDENT: ["spaces before a line", "a tab", "Put two spaces there."],
  BAD_INDENT: [
    "each line as far in as the others that belong with it",
    "one that is not",
    "Put as many spaces before it as before those.",
  ],
  BLOCK_AS_IMPLICIT_KEY: [
    'one "name: value" a line',
    'a second ": "',
    'Put a text with ": " in single quotes, or on lines of its own after "|".',
  ],
  BAD_SCALAR_START: [
    "a text",
    "a sign at its start that YAML keeps for itself",
    'Put the text in single quotes, or on lines of its own after "|".',
  ],
  MULTILINE_IMPLICIT_KEY: [
    'lines of "name: value"',
    "a line of another form",
    'Write a space after the colon; put a text of several lines after "|", two spaces in.',
  ],
  BAD_DQ_ESCAPE: [
    'a text in "…" with the escapes of YAML',
    "another after a backslash",
    "Use single quotes, in which a backslash is one.",
  ],
  TAG_RESOLVE_FAILED: ["a text", 'a tag ("!")', "Put the text in single quotes."],
  UNEXPECTED_TOKEN: [
    "nothing more",
    "more",
    "A text in single quotes has every ' in it twice; put other texts with signs in single quotes.",
  ],
};

/** What is said of a mistake in YAML; one that has no words here keeps the reader's own. */
export function yamlMistake({ code, message }: { readonly code: ErrorCode; readonly message: string }): Expectation {
  const reason = message.replace(/ at line \d+.*$/s, "");
  if (/call stack/.test(reason))
    return { expected: "YAML", got: "too many levels", advice: "Put fewer lists into one another." };
  const quote = /Missing closing (["'])quote/.exec(reason)?.[1];
  if (quote !== undefined) {
    const expected = `${quote} at the end of a text that begins with it`;
    return { expected, got: "the end", advice: "Add it, or take the first one out." };
  }
  if (/Sequence item without - indicator/.test(reason)) {
    const expected = '"- " or a line as far in as those above';
    return { expected, got: "one that is not", advice: "Put as many spaces before it as before those." };
  }
  const bracket = /must be sufficiently indented and end with a ([\]}])/.exec(reason)?.[1];
  if (bracket !== undefined) {
    return { expected: `"${bracket}"`, got: "the next line", advice: "Complete the list there." };
  }
  const known = mistakes[code];
  if (known !== undefined) return { expected: known[0], got: known[1], advice: known[2] };
  const advice =
    'Put a text with ": ", " #" or a sign at its start in single quotes, or on lines of its own after "|".';
  return { expected: "YAML", got: `something else (${reason})`, advice };
}
