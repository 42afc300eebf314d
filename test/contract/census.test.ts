import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { VariableNode } from "../../src/graph/node.ts";
import { compilePlan } from "../../src/plan/compile.ts";
import type { Instruction } from "../../src/plan/instruction.ts";
import { floatsOf } from "../../src/plan/layout.ts";
import { splitPlan } from "../../src/plan/split.ts";
import { choices, randomProgram } from "./random-program.ts";

/** Fields that an instruction may lack, or have as null. */
type OptionalField<I> = { [F in keyof I]-?: undefined extends I[F] ? F : null extends I[F] ? F : never }[keyof I];

/** All of them, for every kind of instruction: one that is left out does not compile. */
const optionalFields: {
  readonly [Kind in Instruction["kind"]]: Readonly<
    Record<OptionalField<Extract<Instruction, { readonly kind: Kind }>>, true>
  >;
} = {
  multiply: { bias: true, update: true, batch: true },
  map: { loops: true },
  reduce: { loop: true },
  random: {},
  transpose: { loops: true },
  barrier: {},
};

const PROGRAMS = 600;
/** So often at least, so that a run of some hundred programs has each. */
const LEAST = 5;

/** How many of the random programs have it: "multiply", "multiply.update", "map full", "reduce rows sum", … */
const counts = new Map<string, number>();

beforeAll(() => {
  for (const stream of fc.sample(choices, { numRuns: PROGRAMS, seed: 12 })) {
    const found = new Set<string>();
    const plan = compilePlan(randomProgram(stream).program, emptyMemory());
    for (const instruction of plan.instructions) for (const each of featuresOf(instruction)) found.add(each);
    for (const part of splitPlan(plan, 3, 0)) {
      for (const instruction of part.instructions) {
        found.add(instruction.kind);
        if ("rows" in instruction && (instruction.rows.from ?? 0) > 0) found.add(`${instruction.kind} later rows`);
        if ("columns" in instruction && (instruction.columns.from ?? 0) > 0)
          found.add(`${instruction.kind} later columns`);
      }
    }
    for (const each of found) counts.set(each, (counts.get(each) ?? 0) + 1);
  }
});

function featuresOf(instruction: Instruction): readonly string[] {
  const { kind } = instruction;
  const fields = Object.keys(optionalFields[kind]).filter((field) => {
    const value: unknown = Reflect.get(instruction, field);
    return value !== undefined && value !== null;
  });
  const extents = Object.entries(instruction).flatMap(([name, value]: [string, unknown]) =>
    typeof value === "object" && value !== null && "variable" in value && value.variable !== null ? [name] : [],
  );
  return [
    kind,
    ...fields.map((field) => `${kind}.${field}`),
    ...extents.map((name) => `${kind} variable ${name}`),
    ...choicesOf(instruction).map((choice) => `${kind} ${choice}`),
  ];
}

/** What else an instruction can be told. */
function choicesOf(instruction: Instruction): readonly string[] {
  switch (instruction.kind) {
    case "multiply": {
      const { isLeftTransposed, isRightTransposed } = instruction;
      return [`${isLeftTransposed ? "transposed" : "plain"} × ${isRightTransposed ? "transposed" : "plain"}`];
    }
    case "map":
      return [
        ...instruction.operands.map(({ pattern }) => pattern),
        ...(instruction.equations.some(({ offset }) => offset === null) ? ["inner equation"] : []),
      ];
    case "reduce":
      return [`${instruction.reduction} along ${instruction.along}`];
    default:
      return [];
  }
}

function emptyMemory() {
  let end = 0;
  const places = new Map<VariableNode, number>();
  const allocate = (floats: number): number => {
    end += floats;
    return end - floats;
  };
  const place = (node: VariableNode): number => {
    const offset = places.get(node) ?? allocate(floatsOf(node.axes));
    places.set(node, offset);
    return offset;
  };
  return { allocate, variable: place };
}

describe("the random programs that engines are held to", () => {
  test.each(Object.keys(optionalFields))("have the instruction %s", (kind) => {
    expect(counts.get(kind) ?? 0).toBeGreaterThanOrEqual(LEAST);
  });

  test.each(
    Object.entries(optionalFields).flatMap(([kind, fields]) => Object.keys(fields).map((field) => `${kind}.${field}`)),
  )("have the optional field %s", (field) => {
    expect(counts.get(field) ?? 0).toBeGreaterThanOrEqual(LEAST);
  });

  test.each([
    "multiply plain × plain",
    "multiply plain × transposed",
    "multiply transposed × plain",
    "multiply transposed × transposed",
    "map full",
    "map row",
    "map column",
    "map scalar",
    "map inner equation",
    ...["sum", "mean", "max"].flatMap((reduction) =>
      ["rows", "columns", "both"].map((along) => `reduce ${reduction} along ${along}`),
    ),
  ])("have a %s", (choice) => {
    expect(counts.get(choice) ?? 0).toBeGreaterThanOrEqual(LEAST);
  });

  test.each([
    "multiply variable rows",
    "multiply variable columns",
    "multiply variable depth",
    "map variable rows",
    "reduce variable rows",
    "reduce variable columns",
    "random variable rows",
    "random variable columns",
    "transpose variable rows",
    "transpose variable columns",
  ])("have a %s", (extent) => {
    expect(counts.get(extent) ?? 0).toBeGreaterThanOrEqual(LEAST);
  });

  test.each([
    "multiply later rows",
    "multiply later columns",
    "map later rows",
    "reduce later rows",
    "reduce later columns",
    "random later rows",
  ])("divided among three threads, have %s", (part) => {
    expect(counts.get(part) ?? 0).toBeGreaterThanOrEqual(LEAST);
  });
});
