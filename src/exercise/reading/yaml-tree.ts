import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type Scalar } from "yaml";
import { SheetError } from "../../errors.ts";
import type { Located } from "../sheet.ts";
import { yamlMistake } from "./yaml-mistake.ts";

/** What a block of YAML says, with places in the sheet's file. Every scalar is a text: `2.080` keeps its zero. */
export type YamlTree = YamlText | YamlList | YamlMap;

/** A scalar; "" where nothing is written. A text of several lines begins in the same column on each, if it is a `|` block. */
export interface YamlText extends Located {
  readonly kind: "text";
}

export interface YamlList {
  readonly kind: "list";
  readonly line: number;
  readonly column: number;
  readonly items: readonly YamlTree[];
}

export interface YamlMap {
  readonly kind: "map";
  readonly line: number;
  readonly column: number;
  readonly fields: readonly YamlField[];
}

export interface YamlField {
  readonly key: Located;
  readonly value: YamlTree;
}

/** Of one block: pages of text, and fast to read whatever is in it. */
const MOST_CHARACTERS = 50_000;

interface Source {
  readonly text: string;
  readonly lines: LineCounter;
  /** Line of the file before the text's first. */
  readonly linesBefore: number;
}

/**
 * Reads a block of YAML that holds a map. Anchors, aliases and tags are not for sheets, and refused.
 *
 * @throws SheetError with the place in the file, of which `linesBefore` lines come before the text.
 */
export function readYaml(text: string, linesBefore: number): YamlMap {
  if (text.length > MOST_CHARACTERS) {
    throw new SheetError({
      expected: `at most ${MOST_CHARACTERS} characters in a block`,
      got: `${text.length}`,
      advice: "Divide it.",
      place: { line: linesBefore + 1, column: 1 },
    });
  }
  const lines = new LineCounter();
  // Keys are compared here, because the library takes quadratic time for it.
  const document = parseDocument(text, {
    lineCounter: lines,
    schema: "failsafe",
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: "silent",
  });
  const source: Source = { text, lines, linesBefore };
  const [fault] = [...document.errors, ...document.warnings];
  if (fault !== undefined) {
    throw new SheetError({ ...yamlMistake(fault), place: placeOf(source, fault.pos[0]) });
  }
  // `contents` is typed as a node whose kind nobody knows.
  const contents = document.contents as Node | null;
  if (contents === null) return { kind: "map", line: linesBefore + 1, column: 1, fields: [] };
  const tree = treeOf(contents, source);
  if (tree.kind === "map") return tree;
  if (tree.kind === "text" && tree.text === "") return { kind: "map", line: tree.line, column: 1, fields: [] };
  const got = tree.kind === "list" ? "a list" : `"${tree.text.slice(0, 40)}"`;
  throw new SheetError({
    expected: 'lines of "name: value"',
    got,
    advice: 'Write for example "kind: formula".',
    place: tree,
  });
}

interface Place {
  readonly line: number;
  readonly column: number;
}

function placeOf({ lines, linesBefore }: Source, position: number): Place {
  const { line, col } = lines.linePos(position);
  return { line: linesBefore + Math.max(line, 1), column: Math.max(col, 1) };
}

function treeOf(node: Node, source: Source): YamlTree {
  const place = placeOf(source, node.range?.[0] ?? 0);
  if (isAlias(node)) throw refused("an alias (*)", place);
  if ("anchor" in node && node.anchor !== undefined) throw refused("an anchor (&)", place);
  if (node.tag !== undefined && !node.tag.startsWith("tag:yaml.org,2002:")) throw refused("a tag (!)", place);
  if (isSeq<Node>(node)) {
    return { kind: "list", ...place, items: node.items.map((item) => treeOf(item, source)) };
  }
  if (isMap<Node, Node | null>(node)) {
    const fields: YamlField[] = [];
    const seen = new Set<string>();
    for (const { key, value } of node.items) {
      const name = treeOf(key, source);
      if (name.kind !== "text")
        throw new SheetError({
          expected: 'a name before ":"',
          got: "a list or a map",
          advice: "Write a name.",
          place: name,
        });
      if (seen.has(name.text)) {
        throw new SheetError({
          expected: "each name once",
          got: `"${name.text}" again`,
          advice: "Keep one of the two.",
          place: name,
        });
      }
      seen.add(name.text);
      const nothing: YamlText = { kind: "text", text: "", line: name.line, column: name.column };
      fields.push({ key: name, value: value === null ? nothing : treeOf(value, source) });
    }
    return { kind: "map", ...place, fields };
  }
  if (isScalar(node)) return textOf(node, source, place);
  throw refused("something else", place);
}

function refused(what: string, place: Place): SheetError {
  return new SheetError({
    expected: 'a text, a list or "name: value"',
    got: what,
    advice: "Put the text in single quotes.",
    place,
  });
}

/** The text of a scalar, and where its first character stands. */
function textOf(node: Scalar, source: Source, place: Place): YamlText {
  const text = typeof node.value === "string" ? node.value : "";
  switch (node.type) {
    case "QUOTE_SINGLE":
    case "QUOTE_DOUBLE":
      return { kind: "text", text, line: place.line, column: place.column + 1 };
    case "BLOCK_LITERAL":
    case "BLOCK_FOLDED":
      return { kind: "text", text: text.trimEnd(), ...blockStart(text, source, node.range?.[0] ?? 0) };
    default:
      checkComment(node, text, source);
      return { kind: "text", text, ...place };
  }
}

/**
 * `Use hint #1` is `Use hint` in YAML: of words, what follows " #" is probably no comment.
 *
 * @throws SheetError with the place of the sign.
 */
function checkComment(node: Scalar, text: string, source: Source): void {
  const [, end = 0] = node.range ?? [];
  const [comment = ""] = /^[ \t]+#.*/.exec(source.text.slice(end)) ?? [];
  if (comment === "" || !text.includes(" ")) return;
  throw new SheetError({
    expected: 'a text without " #"',
    got: `"${comment.trim().slice(0, 40)}", which YAML takes for a comment`,
    advice: "Put the text in single quotes, or the comment on a line of its own.",
    place: placeOf(source, end + comment.indexOf("#")),
  });
}

/** Where the text of a block scalar begins, whose "|" or ">" is at `header`. */
function blockStart(text: string, source: Source, header: number): Place {
  const below = source.text.indexOf("\n", header) + 1;
  const { line } = placeOf(source, below);
  // The first line with something on it says how far in the block is; the text keeps what is beyond.
  const written =
    source.text
      .slice(below)
      .split("\n")
      .find((each) => each.trim() !== "") ?? "";
  const kept = text.split("\n").find((each) => each.trim() !== "") ?? "";
  const leading = (each: string): number => each.length - each.trimStart().length;
  return { line, column: leading(written) - leading(kept) + 1 };
}
