import { expect, test } from "vitest";
import { base64OfBytes, bytesOfBase64 } from "./base64.ts";

test("base64 gives back every byte there is, with and without padding", () => {
  const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  for (const length of [0, 1, 2, 3, 256]) {
    const bytes = all.subarray(256 - length);
    expect(bytesOfBase64(Buffer.from(bytes).toString("base64"))).toEqual(Uint8Array.from(bytes));
  }
});

test("base64 of bytes is Node's", () => {
  const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  for (const length of [0, 1, 2, 3, 256]) {
    const bytes = all.subarray(256 - length);
    expect(base64OfBytes(bytes)).toBe(Buffer.from(bytes).toString("base64"));
  }
});
