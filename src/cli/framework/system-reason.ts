import { getSystemErrorMap } from "node:util";

/** True for what the operating system answers through Node: it has a code such as `ENOSPC`. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException & { readonly code: string } {
  return error instanceof Error && "code" in error && typeof error.code === "string" && /^E[A-Z0-9]+$/.test(error.code);
}

/** What the operating system answered, as words that go on after "got": `no such file`, `a full disk`. */
export function systemReason(error: unknown, words: Readonly<Record<string, string>> = {}): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : null;
  if (code === null) return error instanceof Error ? error.message.replace(/\s+/g, " ") : String(error);
  return words[code] ?? reasons[code] ?? `${inGeneral.get(code) ?? "the error"} (${code})`;
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "no such file or folder",
  ENOTDIR: "a file for a folder",
  EISDIR: "a folder",
  EACCES: "no right to do that",
  EPERM: "no right to do that",
  EROFS: "a disk that can only be read",
  ENOSPC: "a full disk",
  EDQUOT: "a full quota of the disk",
  EFBIG: "a file larger than the system allows",
  EMFILE: "too many open files in this process (ulimit -n)",
  ENFILE: "too many open files on this machine",
  ENOMEM: "no memory left",
  EAGAIN: "no resources left",
  ELOOP: "links that lead in a circle",
  ENAMETOOLONG: "a name that is too long",
  EBUSY: "a file that is in use",
  ETXTBSY: "a file that is in use",
  EIO: "a read or write error of the device",
  ENXIO: "a device or socket that does not answer",
  ENODEV: "a device that is not there",
  EPIPE: "a reader that has gone away",
  EEXIST: "a file of that name",
  ERR_FS_FILE_TOO_LARGE: "one of more than 2 GiB",
};

/** What the system itself says, for all other codes. */
const inGeneral: ReadonlyMap<string, string> = new Map(
  [...getSystemErrorMap().values()].map(([name, message]) => [name, message] as const),
);
