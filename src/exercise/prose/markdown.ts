import { Marked, type Token, type Tokens } from "marked";
import { readMaths } from "./maths.ts";
import type { ProseVocabularies } from "./prose-vocabulary.ts";
import type { DocumentBlock, Inline } from "./sheet-document.ts";

/** Longer pieces, or lists and quotes that go deeper, nobody writes; they are shown as they are typed. */
const MOST_CHARACTERS = 20_000;
const DEEP = /^[ \t]*(?:(?:>|[-*+]|\d{1,9}[.)])[ \t]*){12}/m;
const MANY_BRACKETS = /(?:[[(*_~`<!]\s?){40}/;

/** `$…$` in a line, `$$…$$` also on lines of its own: not `$5 and $6`. */
const EVERY_MATHS = /\$\$([^$]{1,2000})\$\$|\$(?![\s$])((?:\\.|[^$\\`]){0,2000}?[^$\\\s`])\$(?!\d)/g;
const INLINE_MATHS = new RegExp(`^(?:${EVERY_MATHS.source})`);
const BLOCK_MATHS = /^ {0,3}\$\$([^$]{1,2000})\$\$[ \t]*(?:\n|$)/;

/** Where such a piece can begin; the reader of Markdown stops there to try. */
const INLINE_START = /\$(?![\s$])|\$\$(?!\$)/;
const BLOCK_START = /\n {0,3}\$\$(?!\$)/;

const reader = new Marked({
  gfm: true,
  extensions: [
    {
      name: "display",
      level: "block",
      start: (source) => source.search(BLOCK_START),
      tokenizer: (source) => mathsToken("display", BLOCK_MATHS, source),
    },
    {
      name: "maths",
      level: "inline",
      start: (source) => source.search(INLINE_START),
      tokenizer: (source) => mathsToken("maths", INLINE_MATHS, source),
    },
  ],
});

function mathsToken(type: string, pattern: RegExp, source: string): Tokens.Generic | undefined {
  const found = pattern.exec(source);
  return found === null ? undefined : { type, raw: found[0], text: (found[1] ?? found[2] ?? "").trim() };
}

/** Mathematics in a text, with its dollar signs from `start` up to `end`. */
export interface MathsPiece {
  readonly start: number;
  readonly end: number;
  /** What is between the signs. */
  readonly text: string;
}

/** Every `$maths$` of a text of Markdown, but not in its code. */
export function mathsIn(markdown: string): readonly MathsPiece[] {
  const blank = (found: string): string => found.replaceAll(/[^\n]/g, " ");
  const withoutCode = markdown.replaceAll(FENCED, blank).replaceAll(CODE_SPAN, blank).replaceAll(/\\\$/g, blank);
  return [...withoutCode.matchAll(EVERY_MATHS)].map(({ 0: whole, 1: display, 2: inline, index }) => ({
    start: index,
    end: index + whole.length,
    text: (display ?? inline ?? "").trim(),
  }));
}

const FENCED = /^ {0,3}(```|~~~)[^\n]*\n(?:(?! {0,3}\1)[^\n]*\n)*(?: {0,3}\1[^\n]*)?/gm;
const CODE_SPAN = /(?<!`)(`{1,3})(?!`)[^`]{1,1000}\1(?!`)/g;

/**
 * Markdown (GitHub's) with `$maths$` as blocks of a document. Raw HTML is shown as text, pictures by their description, and
 * links go to http, https, mailto and places of the page only.
 */
export function readMarkdown(markdown: string, vocabularies: ProseVocabularies): readonly DocumentBlock[] {
  const isTooMuch = markdown.length > MOST_CHARACTERS || DEEP.test(markdown) || MANY_BRACKETS.test(markdown);
  if (isTooMuch) return [{ kind: "code", text: markdown }];
  return blocksOf(reader.lexer(markdown), vocabularies);
}

/** One line of Markdown. */
export function readMarkdownLine(markdown: string, vocabularies: ProseVocabularies): readonly Inline[] {
  const blocks = readMarkdown(markdown, vocabularies);
  const [only, second] = blocks;
  if (only === undefined) return [];
  const isLine = second === undefined && only.kind === "paragraph";
  return isLine ? only.parts : [{ kind: "text", text: markdown }];
}

function blocksOf(tokens: readonly Token[], vocabularies: ProseVocabularies): readonly DocumentBlock[] {
  return tokens.flatMap((token) => blockOf(token, vocabularies));
}

function blockOf(token: Token, vocabularies: ProseVocabularies): readonly DocumentBlock[] {
  switch (token.type) {
    case "space":
    case "def":
      return [];
    case "heading":
      return [{ kind: "heading", level: headingOf(token).depth, parts: inlinesOf(token.tokens, vocabularies) }];
    case "list":
      return [listOf(token, vocabularies)];
    case "table":
      return [tableOf(token, vocabularies)];
    case "code":
      return [{ kind: "code", text: textOf(token) }];
    case "display":
      return [{ kind: "display", notation: readMaths(textOf(token), vocabularies) }];
    case "blockquote":
      return [{ kind: "quote", blocks: blocksOf(token.tokens ?? [], vocabularies) }];
    case "hr":
      return [{ kind: "rule" }];
    case "html":
      return [{ kind: "paragraph", parts: [{ kind: "text", text: token.raw.trim() }] }];
    default:
      return [paragraphOf(token, vocabularies)];
  }
}

// `Tokens.Generic`, a member of `Token`, has any field of any type, so TypeScript cannot narrow by `type` alone.

function headingOf(token: Token): Tokens.Heading {
  return token as Tokens.Heading;
}

function textOf(token: Token): string {
  return "text" in token && typeof token.text === "string" ? token.text : token.raw;
}

/** A paragraph, or an equation on its own where it is nothing else. */
function paragraphOf(token: Token, vocabularies: ProseVocabularies): DocumentBlock {
  const tokens = "tokens" in token ? token.tokens : undefined;
  const parts = tokens === undefined ? [textInline(textOf(token))] : inlinesOf(tokens, vocabularies);
  const [only, second] = parts;
  const isDisplay = token.raw.trimStart().startsWith("$$") && only?.kind === "maths" && second === undefined;
  return isDisplay ? { kind: "display", notation: only.notation } : { kind: "paragraph", parts };
}

function listOf(token: Token, vocabularies: ProseVocabularies): DocumentBlock {
  const { items, ordered, start } = token as Tokens.List;
  return {
    kind: "list",
    start: ordered ? (typeof start === "number" ? start : 1) : null,
    items: items.map((item) => blocksOf(item.tokens, vocabularies)),
  };
}

function tableOf(token: Token, vocabularies: ProseVocabularies): DocumentBlock {
  const { header, rows } = token as Tokens.Table;
  return {
    kind: "table",
    caption: null,
    heading: header.map((cell) => inlinesOf(cell.tokens, vocabularies)),
    rows: rows.map((cells) => cells.map((cell) => inlinesOf(cell.tokens, vocabularies))),
    isOfNumbers: false,
  };
}

function inlinesOf(tokens: readonly Token[] | undefined, vocabularies: ProseVocabularies): readonly Inline[] {
  return (tokens ?? []).flatMap((token) => inlineOf(token, vocabularies));
}

function inlineOf(token: Token, vocabularies: ProseVocabularies): readonly Inline[] {
  switch (token.type) {
    case "strong":
      return [{ kind: "strong", parts: inlinesOf(token.tokens, vocabularies) }];
    case "em":
      return [{ kind: "emphasis", parts: inlinesOf(token.tokens, vocabularies) }];
    case "del":
      return [{ kind: "deleted", parts: inlinesOf(token.tokens, vocabularies) }];
    case "codespan":
      return [{ kind: "code", text: textOf(token) }];
    case "br":
      return [{ kind: "break" }];
    case "maths":
      return [{ kind: "maths", notation: readMaths(textOf(token), vocabularies) }];
    case "link":
      return linkOf(token as Tokens.Link, vocabularies);
    case "text":
      return token.tokens === undefined ? [textInline(textOf(token))] : inlinesOf(token.tokens, vocabularies);
    case "image":
    case "escape":
      return [textInline(textOf(token))];
    default:
      return [textInline(token.raw)];
  }
}

function linkOf({ href, tokens }: Tokens.Link, vocabularies: ProseVocabularies): readonly Inline[] {
  const parts = inlinesOf(tokens, vocabularies);
  return /^(?:https?:\/\/|mailto:|#)/i.test(href) ? [{ kind: "link", href, parts }] : parts;
}

/** Lines of a paragraph are one line. */
function textInline(text: string): Inline {
  return { kind: "text", text: text.replace(/\s*\n\s*/g, " ") };
}
