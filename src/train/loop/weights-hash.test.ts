import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dense, network, parameter } from "../../network/index.ts";
import { sha256 } from "../../sha256.ts";
import { weightsHash } from "./weights-hash.ts";

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("sha256", () => {
  // The examples NIST publishes with FIPS 180-4.
  test.each([
    ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
    [
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
    ],
  ])('of "%s" is the published one', (text, expected) => {
    expect(sha256(ascii(text))).toBe(expected);
  });

  test("agrees with Node's for any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(sha256(bytes)).toBe(createHash("sha256").update(bytes).digest("hex"));
      }),
    );
  });
});

describe("weightsHash", () => {
  const make = (weight: number, bias: number): string =>
    weightsHash(network(1, [dense(1, "identity", { weights: [[weight]], biases: [bias] })]));

  test("is that of the float32 bytes, little-endian, weights before biases", () => {
    const bytes = Buffer.alloc(8);
    bytes.writeFloatLE(0.1, 0);
    bytes.writeFloatLE(-2.5, 4);
    expect(make(0.1, -2.5)).toBe(createHash("sha256").update(bytes).digest("hex"));
  });

  test("does not see what float32 cannot hold", () => {
    expect(make(0.1, 0)).toBe(make(Math.fround(0.1), 0));
  });

  test("tells the signs of zero apart, and any bit", () => {
    expect(make(0, 0)).not.toBe(make(-0, 0));
    expect(make(1, 0)).not.toBe(make(1 + 2 ** -23, 0));
  });

  test("takes every NaN for the same", () => {
    const net = network(1, [dense(1)]);
    const bits = new Float64Array(new BigUint64Array([0x7ff8000000000000n, 0xfff8000000000123n]).buffer);
    parameter(net, 1, "weights").values[0] = bits[0]!;
    const first = weightsHash(net);
    parameter(net, 1, "weights").values[0] = bits[1]!;
    expect(weightsHash(net)).toBe(first);
  });
});
