import { internalError } from "../errors.ts";
import { visibleInPage } from "./visible-text.ts";

/**
 * A piece of HTML, SVG or MathML in which every text of others is escaped. Only `html` and `trustedHtml` make one, and
 * nothing that comes out of a file can look like one.
 */
export class Html {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** As it stands in the page. There is no `toString`: a piece put into an ordinary string would be escaped afterwards, or never. */
  get markup(): string {
    return this.#text;
  }
}

/** What may stand in a template: pieces as they are, texts and numbers escaped; null is nothing. */
export type HtmlValue = Html | string | number | null | readonly Html[];

/**
 * Markup with values in it: every value that is not a piece of markup itself is escaped, in text as in attributes, so that
 * there is nothing to remember. An address (`href`, `src`) that could run something becomes `#`. Attributes stand in double
 * quotes; in a tag, in a script or in a style only pieces of markup and numbers may be put in.
 *
 * @throws BackpassError (internal) where a template of ours puts a text in another place.
 *
 * @example
 * ```ts
 * html`<p class="${"a"}">${"x < y"}</p>`.markup; // <p class="a">x &lt; y</p>
 * ```
 */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  const places = placesOf(strings);
  let text = strings[0] ?? "";
  for (const [i, value] of values.entries()) text += written(value, places[i] ?? "tag") + (strings[i + 1] ?? "");
  return new Html(text);
}

/** Markup written in this library itself, such as a style or a script: never a text of others. */
export function trustedHtml(text: string): Html {
  return new Html(text);
}

/** Pieces below each other. */
export function htmlLines(pieces: readonly Html[]): Html {
  return new Html(pieces.map(markupOf).join("\n"));
}

/** Where in a template a value stands. */
type Place = "text" | "attribute" | "link" | "source" | "tag" | "raw";

function written(value: HtmlValue, place: Place): string {
  if (typeof value === "number") return String(value);
  if (value === null) return "";
  if (typeof value !== "string") {
    if (place !== "text" && place !== "tag" && place !== "raw") {
      throw internalError("html: expected a text in an attribute, got markup.");
    }
    return (Array.isArray(value) ? value : [value]).map(markupOf).join("");
  }
  switch (place) {
    case "text":
    case "attribute":
      return escaped(value);
    case "link":
      return escaped(LINK.test(value) ? value : "#");
    case "source":
      return escaped(IMAGE.test(value) ? value : "");
    default:
      throw internalError(`html: expected markup in a ${place === "tag" ? "tag" : "script or style"}, got a text.`);
  }
}

/** By its class, and not by its methods, which anything read from a file could have. */
function markupOf(piece: Html): string {
  if (piece instanceof Html) return piece.markup;
  throw internalError("html: expected a text, a number or markup, got something else.");
}

/** Addresses that a reader may follow; nothing that runs. */
const LINK = /^(?:https?:\/\/|mailto:|#)[^\p{Cc}]*$/iu;
/** A picture inside the page: nothing is fetched. */
const IMAGE = /^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]*$/;

function escaped(text: string): string {
  return visibleInPage(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

const knownPlaces = new WeakMap<TemplateStringsArray, readonly Place[]>();

/** Where each value of a template stands; the template itself is ours, so that this looks at its markup alone. */
function placesOf(strings: TemplateStringsArray): readonly Place[] {
  const known = knownPlaces.get(strings);
  if (known !== undefined) return known;
  const places: Place[] = [];
  let state: { readonly place: Place; readonly element: string } = { place: "text", element: "" };
  for (const [i, piece] of strings.entries()) {
    state = stateAfter(piece, state);
    if (i < strings.length - 1) places.push(state.place);
    // After the beginning of an address its kind is settled.
    if (state.place === "link" || state.place === "source") state = { ...state, place: "attribute" };
  }
  if (state.place !== "text") throw internalError("html: expected a template that closes its tags and attributes.");
  knownPlaces.set(strings, places);
  return places;
}

function stateAfter(
  piece: string,
  before: { readonly place: Place; readonly element: string },
): { readonly place: Place; readonly element: string } {
  let { place, element } = before;
  let rest = piece;
  while (rest !== "") {
    if (place === "text") {
      const at = rest.search(/<[a-z/]/i);
      if (at < 0) return { place, element };
      element = /^<(\w*)/.exec(rest.slice(at))?.[1]?.toLowerCase() ?? "";
      [rest, place] = [rest.slice(at + 1), "tag"];
    } else if (place === "raw") {
      const at = rest.indexOf(`</${element}`);
      if (at < 0) return { place, element };
      [rest, place, element] = [rest.slice(at + 2), "tag", ""];
    } else if (place === "tag") {
      const [, skipped = "", sign] = /^([^">]*)([">])?/.exec(rest) ?? [];
      if (sign === undefined) return { place, element };
      rest = rest.slice(skipped.length + 1);
      place = sign === '"' ? attributePlace(skipped) : element === "style" || element === "script" ? "raw" : "text";
    } else {
      const at = rest.indexOf('"');
      if (at > 0 || (at < 0 && rest !== "")) place = "attribute";
      if (at < 0) return { place, element };
      [rest, place] = [rest.slice(at + 1), "tag"];
    }
  }
  return { place, element };
}

/** What a value of the attribute may be whose name stands at the end of `before`. */
function attributePlace(before: string): Place {
  const name = /([\w:-]+)\s*=\s*$/.exec(before)?.[1]?.toLowerCase() ?? "";
  if (name === "src") return "source";
  // A handler would run what is put in, escaped or not.
  if (/^on|^srcdoc$/.test(name)) return "raw";
  return /^(?:xlink:)?href$|^action$|^formaction$/.test(name) ? "link" : "attribute";
}
