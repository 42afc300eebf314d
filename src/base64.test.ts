import { expect, test } from "vitest";
import { bytesOfBase64 } from "./base64.ts";

test("base64 gives back every byte there is, with and without padding", () => {
  const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  for (const length of [0, 1, 2, 3, 256]) {
    const bytes = all.subarray(256 - length);
    expect(bytesOfBase64(Buffer.from(bytes).toString("base64"))).toEqual(Uint8Array.from(bytes));
  }
});
