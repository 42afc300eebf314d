import type { Sheet } from "../sheet.ts";

/**
 * An answers file for a learner to fill in, as JSON: name, the seed of the variant, and an empty answer for each question, in the
 * order of the sheet.
 */
export function answersForm({ seed, questions }: Sheet): string {
  const answers = questions.map(({ id }) => `    ${JSON.stringify(id)}: ""`);
  return `{
  "name": "",
  "seed": ${seed},
  "answers": {
${answers.join(",\n")}
  }
}
`;
}
