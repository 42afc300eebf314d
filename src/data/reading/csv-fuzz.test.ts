import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DataError } from "../../errors.ts";
import { integersBelow, dataStream } from "../../random/index.ts";
import { readCsv } from "./csv.ts";
import { prepare } from "../preprocessing/prepare.ts";
import type { Table } from "../table.ts";

const SEEDS = [
  "a,b,c\n1,2,x\n3,4,y\n5,6,x\n7,8,y\n",
  '"a","b"\r\n"1","x, ""y"""\r\n\r\n"2","z"\r\n',
  "a;b\n1,5;x\n2,5;y\n,x\nNA;y\n",
  "1\t2\t3\n4\t5\t6\n7\t8\t9\n10\t11\t12\n",
  " 1 2 a\n 3 4 b\n 5 6 a\n",
  '\uFEFFid,größe,"n\nm"\n1,2.5e3,ä\n2,-.5,𝄞\n3,inf,\n',
];
const PARTS = [
  '"',
  '""',
  ",",
  ";",
  "\t",
  "\n",
  "\r",
  "\r\n",
  " ",
  "\0",
  "\uFEFF",
  "NaN",
  "inf",
  "-",
  "1e999",
  "é",
  "\uD834",
  "0x1",
  "999999999999",
  "__proto__",
  "constructor",
];

/** 1 to 6 changes: a part put in, characters taken out, or a piece said twice. */
function mutated(text: string, below: (bound: number) => number): string {
  let result = text;
  for (let change = below(6); change >= 0; change--) {
    const at = below(result.length + 1);
    const length = below(8);
    const kind = below(3);
    if (kind === 0) result = result.slice(0, at) + PARTS[below(PARTS.length)]! + result.slice(at);
    else if (kind === 1) result = result.slice(0, at) + result.slice(at + length);
    else result = result.slice(0, at) + result.slice(at, at + 4 * length) + result.slice(at);
  }
  return result;
}

/** A table as data, or the message of the DataError; any other error is thrown. */
async function outcome(source: Parameters<typeof readCsv>[0]): Promise<Table | string> {
  try {
    return await readCsv(source);
  } catch (error) {
    if (error instanceof DataError) return error.message;
    throw error;
  }
}

/** `BACKPASS_FUZZ=100000 npx vitest run src/data/reading/csv-fuzz.test.ts` tries more. */
const runs = Number(process.env["BACKPASS_FUZZ"] ?? 20_000);

describe(`${runs} mutated files`, () => {
  test("give a table or a DataError, also when prepared for training", { timeout: 120_000 + runs }, async () => {
    const below = integersBelow({ seed: 1, stream: dataStream(9) });
    const count = { tables: 0, errors: 0, prepared: 0 };
    for (let i = 0; i < runs; i++) {
      const text = mutated(SEEDS[i % SEEDS.length]!, below);
      const result = await outcome(text).catch((error: unknown) => {
        throw new Error(`readCsv(${JSON.stringify(text)})`, { cause: error });
      });
      if (typeof result === "string") {
        count.errors += 1;
        // "where: expected …, got … . What to do."
        if (!/^.+: .*expected .+, got .+\. .+[.?]$/s.test(result)) throw new Error(`no advice: ${result}`);
        continue;
      }
      count.tables += 1;
      // Preparing costs more than reading: one of 25 will do.
      if (i % 25 !== 0) continue;
      try {
        prepare(result, { validation: 0.4 });
        count.prepared += 1;
      } catch (error) {
        if (!(error instanceof DataError)) throw new Error(`prepare(${JSON.stringify(text)})`, { cause: error });
      }
    }
    // All three happen often, or the test tests little.
    expect(Math.min(count.tables, count.errors)).toBeGreaterThan(runs / 10);
    expect(count.prepared).toBeGreaterThan(runs / 300);
  });

  test("give the same table, or fail alike, cut into pieces anywhere", async () => {
    const below = integersBelow({ seed: 2, stream: dataStream(9) });
    await fc.assert(
      fc.asyncProperty(fc.nat(1000), fc.array(fc.nat(60), { minLength: 1, maxLength: 5 }), async (start, cuts) => {
        const text = mutated(SEEDS[start % SEEDS.length]!, below);
        const sorted = [0, ...cuts.sort((x, y) => x - y), text.length];
        const pieces = sorted.slice(1).map((end, i) => text.slice(sorted[i], end));
        expect(await outcome(pieces)).toEqual(await outcome(text));
      }),
      { numRuns: Math.ceil(runs / 10) },
    );
  });
});
