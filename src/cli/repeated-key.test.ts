import { expect, test } from "vitest";
import { repeatedKey } from "./repeated-key.ts";

test.each([
  ['{"a":1,\n "a":2}', { key: "a", line: 2, column: 2 }],
  ['{"a":{"b":1},"c":[{"b":1},{"b":2,"b":3}]}', { key: "b", line: 1, column: 34 }],
  ['{"a":1,"\\u0061":2}', { key: "a", line: 1, column: 8 }],
  ['{"":1,"":2}', { key: "", line: 1, column: 7 }],
  ['{"__proto__":1,"__proto__":2}', { key: "__proto__", line: 1, column: 16 }],
])("%s has a key twice", (text, expected) => {
  expect(repeatedKey(text)).toEqual(expected);
});

test.each([
  "{}",
  "[]",
  '"a"',
  '{"a":"a","b":"a"}',
  '{"a":{"a":{"a":1}}}',
  '[{"a":1},{"a":2}]',
  '{"a":["a","a","a"],"b":"{\\"a\\":1,\\"a\\":2}"}',
])("%s has each key once", (text) => {
  expect(JSON.parse(text)).toBeDefined();
  expect(repeatedKey(text)).toBe(null);
});

test("long texts, deep lists and many keys are no burden", () => {
  const keys = Array.from({ length: 20_000 }, (_, i) => `"k${i}":${i}`).join();
  const deep = 3000;
  const text = `{"text":"${"x\\n".repeat(500_000)}","list":${"[".repeat(deep)}${"]".repeat(deep)},${keys}}`;
  expect(repeatedKey(text)).toBe(null);
});
