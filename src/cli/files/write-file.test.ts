import {
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DataError } from "../../errors.ts";
import { writeFileAtomically } from "./write-file.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "backpass-write-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe("writeFileAtomically", () => {
  test("writes a new file, and nothing else stays in the folder", () => {
    writeFileAtomically(join(folder, "a"), Uint8Array.of(1, 2, 3));
    expect([...readFileSync(join(folder, "a"))]).toEqual([1, 2, 3]);
    expect(readdirSync(folder)).toEqual(["a"]);
  });

  test("replaces a file, a longer one too", () => {
    writeFileSync(join(folder, "a"), "a long text");
    writeFileAtomically(join(folder, "a"), Uint8Array.of(1));
    expect([...readFileSync(join(folder, "a"))]).toEqual([1]);
  });

  test("never writes into the old file, so that whoever reads it reads it whole", () => {
    writeFileSync(join(folder, "a"), "before");
    // A second name for the same file stands for a reader who has it open.
    linkSync(join(folder, "a"), join(folder, "open"));
    writeFileAtomically(join(folder, "a"), Uint8Array.of(1));
    expect(readFileSync(join(folder, "open"), "utf8")).toBe("before");
  });

  test("keeps the mode of the file it replaces", () => {
    const path = join(folder, "secret");
    writeFileSync(path, "before", { mode: 0o600 });
    writeFileAtomically(path, Uint8Array.of(1));
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path).length).toBe(1);
  });

  test("follows links, to a file and to one that is still to come, and leaves them links", () => {
    writeFileSync(join(folder, "there"), "before");
    for (const target of ["there", "to-come"]) {
      const link = join(folder, `link-to-${target}`);
      symlinkSync(target, link);
      writeFileAtomically(link, Uint8Array.of(7));
      expect(lstatSync(link).isSymbolicLink()).toBe(true);
      expect([...readFileSync(join(folder, target))]).toEqual([7]);
    }
  });

  test("says so when links lead in a circle", () => {
    symlinkSync("b", join(folder, "a"));
    symlinkSync("a", join(folder, "b"));
    expect(() => writeFileAtomically(join(folder, "a"), new Uint8Array(1))).toThrow(/links that lead in a circle/);
  });

  test.skipIf(!existsSync("/dev/null"))("writes into a device, and leaves it one", () => {
    const link = join(folder, "nowhere");
    symlinkSync("/dev/null", link);
    writeFileAtomically(link, Uint8Array.of(1));
    writeFileAtomically("/dev/null", Uint8Array.of(1));
    expect(statSync("/dev/null").isCharacterDevice()).toBe(true);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readdirSync(folder)).toEqual(["nowhere"]);
  });

  test.skipIf(!existsSync("/dev/full"))("says so when a device takes no more", () => {
    expect(() => writeFileAtomically("/dev/full", Uint8Array.of(1))).toThrow(/\/dev\/full: .*, got a full disk\./);
  });

  test("takes a name as long as the system does", () => {
    const path = join(folder, "n".repeat(250));
    writeFileAtomically(path, Uint8Array.of(1));
    expect(readFileSync(path).length).toBe(1);
  });

  test("writes an empty file", () => {
    writeFileAtomically(join(folder, "a"), new Uint8Array(0));
    expect(readFileSync(join(folder, "a")).length).toBe(0);
  });

  test("says so when the folder is missing", () => {
    const write = (): void => writeFileAtomically(join(folder, "b", "a"), new Uint8Array(1));
    expect(write).toThrow(DataError);
    expect(write).toThrow(/a: expected a place to write to, got no such folder\. Check/);
  });

  test("says so when there is a folder of that name, and leaves no temporary file", () => {
    mkdirSync(join(folder, "a"));
    expect(() => writeFileAtomically(join(folder, "a"), new Uint8Array(1))).toThrow(/a: .*, got a folder\./);
    expect(readdirSync(folder)).toEqual(["a"]);
  });

  test("says so when its folder is a file", () => {
    writeFileSync(join(folder, "a"), "");
    expect(() => writeFileAtomically(join(folder, "a", "b"), new Uint8Array(1))).toThrow(/got a file for a folder\./);
  });
});
