/** Environments that only arrange lines: `\begin{align*}`, with what says how many columns there are. */
const environment =
  /\\(?:begin|end)\s*\{\s*(?:equation|align|aligned|alignat|gather|gathered|multline|split|math|displaymath|eqnarray|flalign)\*?\s*\}/gu;
/** What numbers or names an equation. */
const label = /\\(?:tag\*?|label)\s*\{[^{}]*\}|\\(?:nonumber|notag)(?![A-Za-z])/gu;
/** A remark in a column of its own, as derivations have it: `&& \text{by definition}`. */
const remark = /&&\s*\\(?:text|textrm|mbox)\s*\{[^{}]*\}/gu;
const delimiters = /\$|\\[()[\]]/gu;
const cases = /\\begin\s*\{\s*[dr]?cases\*?\s*\}.*?(?:\\end\s*\{\s*[dr]?cases\*?\s*\}|$)/gsu;
const boxed = /\\(?:boxed|fbox)(?![A-Za-z])/gu;

/**
 * A text without what LaTeX puts around mathematics: `$…$`, `\[…\]`, `\begin{align}…\end{align}` with its `&` and `\\`, `\boxed`,
 * labels and remarks. Blanks take their place, so that every character keeps its position. What is between `\begin{cases}` and
 * its end stays.
 */
export function withoutWrapping(text: string): string {
  if (!/[\\$&]/u.test(text)) return text;
  const blank = (found: string): string => " ".repeat(found.length);
  const unwrapped = text
    .replaceAll(remark, blank)
    .replaceAll(environment, blank)
    .replaceAll(label, blank)
    .replaceAll(/\\\\(?:\s*\[[^\]]*\])?/gu, (found, at: number) => (isInCases(text, at) ? found : blank(found)))
    .replaceAll(delimiters, (found, at: number, whole: string) => (isEscaped(whole, at) ? found : blank(found)))
    .replaceAll("&", (found, at: number) => (isInCases(text, at) ? found : " "));
  return withoutBox(unwrapped);
}

/** Whether a backslash before it makes a sign part of `\\`. */
function isEscaped(text: string, at: number): boolean {
  let count = 0;
  while (text.charAt(at - 1 - count) === "\\") count += 1;
  return count % 2 === 1;
}

function isInCases(text: string, at: number): boolean {
  return [...text.matchAll(cases)].some((found) => found.index <= at && at < found.index + found[0].length);
}

/** `\boxed{…}` is what is in it; around everything it loses its braces, too, so that an `=` within is seen. */
function withoutBox(text: string): string {
  const plain = text.replaceAll(boxed, (found) => " ".repeat(found.length));
  if (plain === text) return text;
  const isWhole = /^\s*\{.*\}\s*$/su.test(plain) && closesAtEnd(plain.trim());
  return isWhole ? plain.replace("{", " ").replace(/\}(?=\s*$)/u, " ") : plain;
}

function closesAtEnd(text: string): boolean {
  let depth = 0;
  for (let i = 0; i < text.length; i += 1) {
    if (text.charAt(i) === "{") depth += 1;
    if (text.charAt(i) === "}") depth -= 1;
    if (depth === 0) return i === text.length - 1;
  }
  return false;
}
