import { describe, expect, expectTypeOf, test } from "vitest";
import { OptionError, ShapeError } from "../../errors.ts";
import { denseChain } from "../dense-chain.ts";
import { gradient } from "../gradient.ts";
import { networkFromJson } from "../json/network-from-json.ts";
import { networkToJson } from "../json/network-to-json.ts";
import { type Network, network } from "../network.ts";
import { parameter } from "../parameters.ts";
import { dense } from "./dense.ts";
import { residual } from "./residual-block.ts";
import { shared } from "./shared-layer.ts";

const block = residual([dense(5, "relu"), dense(4)], "tanh");

describe("A residual block", () => {
  test("is its layers and a sum after them, which receives both ends", () => {
    const net = network(4, [block, dense(2)]);
    expect(net.layers.map(({ kind, receives }) => [kind, ...receives])).toEqual([
      ["dense", 0],
      ["dense", 1],
      ["sum", 2, 0],
      ["dense", 3],
    ]);
    expect(net.parameters.map(({ layer, name }) => `${name} ${layer}`)).toEqual([
      "weights 1",
      "biases 1",
      "weights 2",
      "biases 2",
      "weights 4",
      "biases 4",
    ]);
    expectTypeOf(network(4, [dense(4), block])).toEqualTypeOf<Network<4, 4>>();
  });

  test("hands the error on along both ways: with inner weights of 0, δ before it is that of the sum", () => {
    const zero = residual([dense(2, "identity", { initializer: "zeros" })]);
    const net = network(2, [dense(2), zero, dense(1)], { seed: 1 });
    const { layers } = gradient(net, [[0.5, -1]], [[1]], { engine: "reference" });
    expect(layers[2]!.a).toEqual(layers[0]!.a);
    expect(layers[0]!.delta).toEqual(layers[2]!.delta);
    expect(layers[2]!.dw).toEqual([]);
    expect(layers[2]!.db).toBeNull();
  });

  test("is refused when its ends have different widths, and when it is empty", () => {
    expect(() => network(3, [residual([dense(4)])])).toThrow(ShapeError);
    expect(() => network(3, [residual([dense(4)])])).toThrow(
      "layer 2, the end of a residual block: expected as many numbers from its layers as it receives, 3, got 4",
    );
    expect(() => residual([])).toThrow(OptionError);
  });
});

describe("A shared layer", () => {
  const twice = shared(dense(3, "tanh"));
  const net = network(3, [twice, twice, dense(1)], { seed: 2 });

  test("has its parameters once, those of its first place", () => {
    expect(net.layers.map(({ parametersOf }) => parametersOf)).toEqual([1, 1, 3]);
    expect(net.parameters.map(({ layer }) => layer)).toEqual([1, 1, 3, 3]);
    expect(() => parameter(net, 2, "weights")).toThrow("It computes with those of layer 1.");
  });

  test("gets the sum of the gradients that two layers of equal numbers would get", () => {
    const rows = (layer: number): number[][] => {
      const { values } = parameter(net, layer, "weights");
      return Array.from({ length: values.length / 3 }, (_, j) => [...values.subarray(3 * j, 3 * j + 3)]);
    };
    const own = dense(3, "tanh", { weights: rows(1) });
    const apart = network(3, [own, own, dense(1, "identity", { weights: rows(3) })]);
    const [inputs, targets] = [[[0.3, -0.2, 0.9]], [[0.5]]];
    const one = gradient(net, inputs, targets, { engine: "reference" });
    const two = gradient(apart, inputs, targets, { engine: "reference" });
    expect(one.cost).toBe(two.cost);
    const sums = two.parameters[0]!.values.map((each, i) => each + two.parameters[2]!.values[i]!);
    for (const [i, sum] of sums.entries()) expect(one.parameters[0]!.values[i]).toBeCloseTo(sum, 14);
  });

  test("is refused at a place that receives another width", () => {
    const wide = shared(dense(4));
    expect(() => network(3, [wide, wide])).toThrow(
      "layer 2, which shares the parameters of layer 1: expected 3 numbers received, as there, got 4",
    );
  });

  test("may be a whole block", () => {
    const whole = shared(block);
    const deep = network(4, [whole, whole, dense(1)]);
    expect(deep.layers.map(({ parametersOf }) => parametersOf)).toEqual([1, 2, 3, 1, 2, 6, 7]);
    expect(networkFromJson(JSON.parse(JSON.stringify(networkToJson(deep)))).net).toEqual(deep);
  });
});

test("What follows dense layers refuses others, and says what takes them", () => {
  expect(() => denseChain("drawNetwork", network(4, [block]))).toThrow(
    /^drawNetwork: expected dense layers alone, each of which receives the one before, got layer 3 of kind "sum"\. .*gradientCheck/,
  );
  const twice = shared(dense(3));
  expect(() => denseChain("diagnose", network(3, [twice, twice]))).toThrow(
    "got layer 2, which shares the parameters of layer 1",
  );
});

test.each<[string, unknown, string]>([
  ["an unknown kind", [{ kind: "sum", units: 1 }], "layers[0].kind: expected one of dense, got"],
  ["a name before its layer", [{ shared: "a" }], "layers[0]: expected a layer of this name before it"],
  ["a layer twice", [{ shared: "a", units: 1 }, { shared: "a", units: 1 }], "layers[1]: expected nothing beside the name"], // prettier-ignore
  ["an unknown key", [{ residual: [{ units: 1 }], units: 1 }], "layers[0]: expected only residual, activation"],
  ["a wrong width inside", [{ residual: [{ units: 1, weights: [[1, 2]] }] }], "layers[0].residual[0].weights[0]: expected 1 number"], // prettier-ignore
])("A file with %s is refused", (_, layers, message) => {
  expect(() => networkFromJson({ inputs: 1, layers })).toThrow(message);
});
