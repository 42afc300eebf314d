import { describe, expect, test } from "vitest";
import { prepare, tableOfRows } from "../data/index.ts";
import { ModelError } from "../errors.ts";
import { dense, network } from "../network/index.ts";
import { modelFor } from "./model.ts";

const rows = Array.from({ length: 40 }, (_, i) => [i % 7, i % 5, i % 2 === 0 ? "even" : "odd"]);
const { preprocessing } = prepare(tableOfRows(rows));

describe("modelFor", () => {
  test("takes task and classes from the preprocessing", () => {
    const model = modelFor(network(2, [dense(2, "softmax")]), preprocessing, { epochs: 3 });
    expect(model).toMatchObject({ task: "classification", classes: ["even", "odd"], summary: { epochs: 3 } });
  });

  test("refuses a network of other inputs", () => {
    const wrong = (): unknown => modelFor(network(3, [dense(2, "softmax")]), preprocessing);
    expect(wrong).toThrow(ModelError);
    expect(wrong).toThrow("expected preprocessing for the network's 3 inputs, got 2");
  });
});
