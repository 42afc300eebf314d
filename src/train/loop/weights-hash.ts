import type { Network } from "../../network/index.ts";
import { sha256 } from "../../sha256.ts";

/**
 * A fingerprint of a network's parameters: SHA-256, in hexadecimal, over their float32 values, little-endian, layer by
 * layer, weights before biases. Two runs that agree in it agree in every bit. Any NaN counts as the same NaN.
 */
export function weightsHash(net: Pick<Network, "parameters">): string {
  const tensors = net.parameters.map(({ values }) => values);
  const length = tensors.reduce((sum, values) => sum + values.length, 0);
  const bytes = new DataView(new ArrayBuffer(4 * length));
  let at = 0;
  for (const values of tensors) {
    for (const value of values) {
      // Engines differ in the bits of NaN; this is the plain quiet one.
      if (Number.isNaN(value)) bytes.setUint32(at, 0x7fc00000, true);
      else bytes.setFloat32(at, value, true);
      at += 4;
    }
  }
  return sha256(new Uint8Array(bytes.buffer));
}
