import { type Formula, toText } from "../../formula/index.ts";
import { type Judged, type Judgement, unreadable } from "../judgement.ts";
import { judgeNumber } from "../numbers/judge-number.ts";
import type { NumberSubject } from "../numbers/prepare-number.ts";
import type { EarlierNumber } from "../numbers/typed-number.ts";
import { readingOf } from "../typed/typeset-reading.ts";
import type { CheckOptions } from "../verdict.ts";
import { withMembers } from "./chain-of-equations.ts";

/**
 * Judges a typed number: reads it, and compares it with what the equations give.
 *
 * @param earlierSubject the question with an id, where it is one for a number
 */
export function checkNumber(
  subject: NumberSubject,
  answer: string,
  options: CheckOptions,
  earlierSubject: (id: string) => NumberSubject | null,
): Judged {
  const asked = subject.asked();
  if (asked === null) return { reading: null, judgement: unreadable("What this question asks for cannot be read.") };
  const read = subject.read(answer);
  if (read.kind === "unreadable") return { reading: null, judgement: unreadable(read.message, read.span) };
  const earlier = subject.question.follows.flatMap((id) => {
    const typed = options.earlier?.[id];
    return typed === undefined ? [] : earlierNumber(earlierSubject(id), typed);
  });
  const isByValue = options.isByValue ?? false;
  const judge = (formula: Formula, text: string): Judgement =>
    judgeNumber(asked, { formula, text, isByValue }, { earlier, slips: subject.expected() });
  const own = judge(read.formula, read.text);
  const judgement = withMembers(own, read.before, (member) => judge(member, toText(member)));
  return { reading: readingOf(read.formula), judgement };
}

function earlierNumber(subject: NumberSubject | null, text: string): readonly EarlierNumber[] {
  const asked = subject?.asked() ?? null;
  const read = subject?.read(text);
  if (asked === null || read?.kind !== "read") return [];
  return [{ ...asked, answer: { formula: read.formula, text } }];
}
