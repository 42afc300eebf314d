import { OptionError } from "../errors.ts";
import { nearest } from "./nearest.ts";
import { knownElsewhere } from "./other-names.ts";

/** The names of some options, all of them: a missing one does not compile. */
export type OptionNames<Options extends object> = Readonly<Record<keyof Options, true>>;

/** Where else an option is one: what people look for in the wrong place. */
const homes: readonly (readonly [where: string, names: readonly string[]])[] = [
  [
    "train",
    ["epochs", "batchSize", "optimizer", "learningRate", "schedule", "clip", "validation", "patience", "onEpoch"],
  ],
  ["network", ["cost", "regularization", "seed"]],
  ["dense", ["bias", "initializer", "dropout"]],
];

/**
 * Refuses options that are no object or have names that mean nothing: where nothing checks types, `{ loss: "mse" }` would
 * be read as no wish at all. Every public function with options asks this at its door.
 *
 * @param where the function, which the message blames.
 * @throws OptionError that names the nearest option, what another library's name is here, or where such an option goes.
 */
export function checkOptions<Options extends object>(
  where: string,
  given: Options | undefined,
  known: OptionNames<Options>,
): void {
  if (given === undefined) return;
  const names = Object.keys(known);
  const listed = names.join(", ");
  // Callers without types give anything.
  const options: unknown = given;
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    const got = options === null ? "null" : Array.isArray(options) ? "a list" : short(options);
    throw new OptionError({
      where,
      expected: `options as an object with ${listed}`,
      got,
      advice: `Write { ${names[0] ?? ""}: … }.`,
    });
  }
  for (const name of Object.keys(options)) {
    if (names.includes(name)) continue;
    throw new OptionError({
      where,
      expected: `options among ${listed}`,
      got: `"${name}"`,
      advice: nearest(name, names) || elsewhere(where, name),
    });
  }
}

function elsewhere(where: string, name: string): string {
  if (name === "activation") return ' It is what dense takes second: dense(16, "relu").';
  if (where === "train" || where === "trainer") {
    const setting = ["momentum", "beta1", "beta2", "epsilon"].find((each) => knownElsewhere(name, [each]) !== null);
    if (setting === "momentum")
      return ' It is a setting of a rule: optimizer: updateRule("momentum", { momentum: 0.9 }).';
    if (setting !== undefined) return ` It is a setting of a rule: optimizer: updateRule("adam", { ${setting}: … }).`;
  }
  if (name === "metrics") return " Leave it out: accuracy or R² is measured in any case.";
  for (const [home, names] of homes) {
    const found = home === where ? null : knownElsewhere(name, names);
    if (found !== null) return ` Give ${found} to ${home}.`;
  }
  return " Leave it out.";
}

function short(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.slice(0, 40));
  return typeof value === "number" || typeof value === "boolean" ? String(value) : `a ${typeof value}`;
}
