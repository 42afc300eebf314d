/** A piece of an answer, and where it starts in what was typed. */
export interface Member {
  readonly text: string;
  readonly start: number;
}

/** An answer cut at its signs of equality. */
export interface CutAnswer {
  /** What stands between the signs; one where there is none. */
  readonly members: readonly Member[];
  /** The operator of `w -= …`, where the first sign is one of these; null for most. */
  readonly operator: "+" | "-" | "*" | "/" | null;
}

/** What stands between what is asked and an answer, and between the steps of an answer. */
const equals = /:=|\\(?:leftarrow|gets|coloneqq|approx|equiv|simeq)(?![A-Za-z])|[=≡←≔≈≃]/uy;
/** What means something else but after what is asked. */
const arrows = /->|<-|[→↦:]|\\(?:to|rightarrow|mapsto)(?![A-Za-z])/uy;
const operators: Readonly<Record<string, CutAnswer["operator"]>> = {
  "+": "+",
  "-": "-",
  "−": "-",
  "–": "-",
  "*": "*",
  "·": "*",
  "×": "*",
  "/": "/",
};

/**
 * Cuts an answer at the signs `=`, `≈`, `:=` and `←` that are part of no comparison and in no brackets; at an arrow or a colon where
 * `isWhatIsAsked` says so of what is before it.
 */
export function cutAnswer(text: string, isWhatIsAsked: (left: string) => boolean): CutAnswer {
  const members: Member[] = [];
  let operator: CutAnswer["operator"] = null;
  let depth = 0;
  let from = 0;
  let mayBeArrow = true;
  const put = (to: number, next: number): void => {
    // The && of aligned equations.
    const piece = text.slice(from, to).replace(/&\s*$/u, "");
    const sign = members.length === 0 && next < text.length + 1 ? /([-+*/−–·×])\s*$/u.exec(piece)?.[1] : undefined;
    if (sign !== undefined && text.charAt(to) === "=") operator = operators[sign] ?? null;
    const isOperator = sign !== undefined && text.charAt(to) === "=";
    members.push({ text: isOperator ? piece.replace(/[-+*/−–·×]\s*$/u, "") : piece, start: from });
    from = next;
  };
  for (let i = 0; i < text.length; i += 1) {
    const character = text.charAt(i);
    // The delimiters of LaTeX's mathematics are no brackets.
    const isBracket = text.charAt(i - 1) !== "\\";
    if (isBracket && "([{〖".includes(character)) depth += 1;
    else if (isBracket && ")]}〗".includes(character)) depth -= 1;
    if (text.startsWith("\\begin", i)) depth += 1;
    if (text.startsWith("\\end", i)) depth -= 1;
    if (depth !== 0) continue;
    const left = text.slice(from, i);
    const arrow = mayBeArrow ? signAt(arrows, text, i) : null;
    const isArrow = arrow !== null && isWhatIsAsked(left);
    // Only the first can follow what is asked.
    if (arrow !== null) mayBeArrow = false;
    const sign = signAt(equals, text, i) ?? (isArrow ? arrow : null);
    const isComparison = sign === "=" && (/[<>!=]$/u.test(left) || text.charAt(i + 1) === "=");
    if (sign === null || isComparison) continue;
    put(i, i + sign.length);
    i += sign.length - 1;
  }
  put(text.length, text.length + 1);
  return { members, operator };
}

function signAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}
