import { OptionError } from "../../errors.ts";
import { nearest } from "../../network/nearest.ts";

/** What others call the commands. */
const otherNames: Readonly<Record<string, string>> = {
  fit: "train",
  learn: "train",
  test: "evaluate",
  eval: "evaluate",
  score: "evaluate",
  validate: "evaluate",
  infer: "predict",
  classify: "predict",
  datasets: "data",
  grad: "gradient",
  gradients: "gradient",
  backward: "gradient",
  differentiate: "derive",
  diff: "derive",
  visualize: "explain",
  draw: "explain",
  debug: "diagnose",
  plot: "report",
  exercise: "quiz",
  exercises: "sheet",
  grade: "check",
  judge: "check",
  benchmark: "profile",
  bench: "profile",
};

/** The error about a word where a command should be: it names the nearest, or what the word is called here. */
export function unknownCommand(typed: string, known: readonly string[]): OptionError {
  const other = Object.hasOwn(otherNames, typed) ? otherNames[typed] : undefined;
  const advice = other === undefined ? nearest(typed, known) : ` Did you mean "${other}"?`;
  return new OptionError({
    where: "",
    expected: `a command (${known.join(", ")})`,
    got: `"${typed}"`,
    advice: advice || " Run: backpass --help",
  });
}
