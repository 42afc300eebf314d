import { bytesOfBase64 } from "../../base64.ts";
import { bytesFromDifference } from "./byte-difference.ts";
import { modules } from "./module.generated.ts";

/** The kernels as a WebAssembly module: exact or `fast`, for a memory of one thread or for one that threads share. */
export function kernelBytes(kind: "exact" | "fast", sharing: "single" | "shared"): Uint8Array<ArrayBuffer> {
  let bytes = bytesOfBase64(modules.single);
  if (sharing === "shared") bytes = bytesFromDifference(bytes, bytesOfBase64(modules.shared));
  if (kind === "fast") bytes = bytesFromDifference(bytes, bytesOfBase64(modules.fast[sharing]));
  return bytes;
}
