import { describe, expect, test } from "vitest";
import { map } from "../../graph/index.ts";
import { loadModel, saveModel } from "../../model/index.ts";
import { gradientCheck } from "../gradient-check.ts";
import { networkFromJson } from "../json/network-from-json.ts";
import { networkToJson } from "../json/network-to-json.ts";
import { network } from "../network.ts";
import { dense } from "./dense.ts";
import { layerKind } from "./own-kind.ts";

const scale = layerKind({
  name: "scale",
  defaults: { shift: 0 },
  parameters: ({ inputs }) => [{ name: "scales", symbol: "s", axes: [inputs], isPenalized: true }],
  equations: ({ received: a, parameters, settings: { shift } }) =>
    map(`s*a + ${shift}`, { s: parameters["scales"]!, a }),
});

const net = network(3, [dense(3, "tanh"), scale({ units: 3, activation: "sigmoid", shift: 0.5 }), dense(2)], {
  regularization: { l2: 0.1 },
  seed: 4,
});

describe("A layer kind of one's own", () => {
  test.each(["reference", "wasm"] as const)("has the right gradient, on the %s engine", (engine) => {
    const check = gradientCheck(net, [[0.3, -1, 0.8], [1, 0.2, -0.4]], [[1, 0], [0, 1]], { engine }); // prettier-ignore
    expect(check.passed).toBe(true);
    expect(check.parameters.map(({ symbol, layer }) => `${symbol}${layer}`)).toEqual(["w1", "b1", "s2", "w3", "b3"]);
  });

  test("comes back from a file and from a model, for who names it", () => {
    const json: unknown = JSON.parse(JSON.stringify(networkToJson(net)));
    expect(networkFromJson(json, { kinds: [scale] }).net).toEqual(net);
    const file = saveModel({ network: net, task: "regression", preprocessing: null, classes: null, summary: null });
    expect(loadModel(file, { kinds: [scale] }).network.parameters).toEqual(net.parameters);
    expect(() => loadModel(file)).toThrow(/^layers\[1\]\.kind: expected one of dense, got "scale"\. .*kinds/);
  });

  test("refuses unknown settings, a wrong shape and taken names", () => {
    expect(() => scale({ units: 3, shft: 1 } as { units: 3 })).toThrow("shift");
    expect(() => networkFromJson({ inputs: 1, layers: [{ kind: "scale", units: 1, scales: [1, 2] }] }, { kinds: [scale] })).toThrow("expected 1 finite numbers"); // prettier-ignore
    expect(() => gradientCheck(network(2, [scale({ units: 3 })]), [[1, 2]], [[1, 2, 3]])).toThrow("scale: equations");
    expect(() => layerKind({ name: "dense", equations: ({ received }) => received })).toThrow("not taken");
  });
});
