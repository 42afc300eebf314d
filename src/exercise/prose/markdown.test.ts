import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readMarkdown } from "./markdown.ts";
import { textbookVocabularies } from "./prose-vocabulary.ts";
import type { DocumentBlock } from "./sheet-document.ts";

function read(markdown: string): readonly DocumentBlock[] {
  return readMarkdown(markdown, textbookVocabularies);
}

describe("readMarkdown", () => {
  test("reads every kind of block", () => {
    const text =
      "# Head\n\nText *so* **so** ~~so~~ `so`.\n\n- a\n- b\n\n3. c\n\n> quote\n\n---\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n    code\n\n$$z = 1$$\n";
    const kinds = ["heading", "paragraph", "list", "list", "quote", "rule", "table", "code", "display"];
    expect(read(text).map(({ kind }) => kind)).toEqual(kinds);
    expect(read(text)[1]).toMatchObject({
      parts: [
        { kind: "text" },
        { kind: "emphasis" },
        {},
        { kind: "strong" },
        {},
        { kind: "deleted" },
        {},
        { kind: "code" },
        {},
      ],
    });
    expect(read(text)[3]).toMatchObject({ start: 3 });
  });

  test("takes stars and underscores in maths for maths", () => {
    const [paragraph] = read("So $a_k^l*b_j^l$ and $c*d*e$.");
    const kinds = paragraph?.kind === "paragraph" ? paragraph.parts.map(({ kind }) => kind) : [];
    expect(kinds).toEqual(["text", "maths", "text", "maths", "text"]);
  });

  test("leaves sums of money, and dollars in code, alone", () => {
    expect(read("It costs $5 or $6, or `$z$`.")).toMatchObject([
      { parts: [{ kind: "text", text: "It costs $5 or $6, or " }, { kind: "code", text: "$z$" }, { kind: "text" }] },
    ]);
  });

  test("sets a formula on a line of its own as a display, also below text", () => {
    expect(read("Text\n$$z = 1$$\nmore").map(({ kind }) => kind)).toEqual(["paragraph", "display", "paragraph"]);
  });

  test.each(["javascript:alert(1)", "data:text/html,x", "vbscript:x", "//evil.example", "file:///etc"])(
    "makes no link to %s",
    (href) => {
      expect(JSON.stringify(read(`[text](${href})`))).not.toContain('"link"');
    },
  );

  test.each(["https://example.org/a", "mailto:a@example.org", "#question-1"])("makes a link to %s", (href) => {
    expect(read(`[text](${href})`)).toMatchObject([{ parts: [{ kind: "link", href }] }]);
  });

  test.each(["<script>alert(1)</script>", "<b>bold</b>", "![picture](https://example.org/a.png)"])(
    "shows %s as text",
    (text) => {
      const [paragraph] = read(text);
      const kinds = paragraph?.kind === "paragraph" ? paragraph.parts.map(({ kind }) => kind) : [];
      expect(new Set(kinds)).toEqual(new Set(["text"]));
    },
  );

  test("shows what is too long or too deep as it is typed", () => {
    for (const text of ["a ".repeat(20_000), `${"> ".repeat(5_000)}a`, "[".repeat(5_000), "*".repeat(5_000)]) {
      expect(read(text)).toEqual([{ kind: "code", text }]);
    }
  });

  test("reads anything, and quickly", () => {
    const piece = fc.constantFrom(
      "$",
      "$$",
      "*",
      "_",
      "`",
      "[",
      "](",
      ")",
      "<",
      ">",
      "\n",
      "- ",
      "> ",
      "|",
      "a",
      "^",
      "{",
      "\\",
      " ",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 200 }), (pieces) => {
        const start = performance.now();
        read(pieces.join(""));
        // Each takes a few milliseconds; on a busy machine it may be more.
        expect(performance.now() - start).toBeLessThan(1_000);
      }),
      { numRuns: 300 },
    );
  });
});
