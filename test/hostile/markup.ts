import { pageScript } from "../../src/page/index.ts";

const tags: ReadonlySet<string> = new Set(
  `html head meta title style body main script header nav ol ul li a section article h1 h2 h3 h4 h5 h6 p span strong em del
  code pre br hr blockquote div table caption thead tbody tr th td dl dt dd data figure figcaption img
  svg g rect line text tspan circle path polyline polygon desc
  math mn mi mo mrow mfrac msup msub msubsup msqrt munder munderover mover mtable mtr mtd mtext mspace mstyle mpadded`.split(
    /\s+/,
  ),
);

const attributes: ReadonlySet<string> = new Set(
  `lang charset http-equiv content name id class href title style scope start role tabindex value data-path data-quantity
  data-neuron src width height alt xmlns viewBox x y x1 x2 y1 y2 cx cy r rx d dx dy points transform stroke-width
  stroke-opacity fill-opacity text-anchor display mathvariant form fence stretchy lspace rspace movablelimits accent
  aria-label aria-labelledby aria-hidden columnalign`.split(/\s+/),
);

const ATTRIBUTE = /\s+([\w:-]+)(?:="([^"<>]*)")?/gy;

/**
 * What stands in a page of this library, or in a drawing, that it did not write: an element or attribute it does not use, a
 * script beside its own, an address that is fetched or runs. Null for nothing.
 */
export function foreignMarkup(page: string): string | null {
  // Text and markup alone: what is in a style cannot have come from outside, or it would hold a "</style".
  const rest = page.replace(`<script>\n${pageScript}\n</script>`, "").replaceAll(/<style>[^<]*<\/style>/g, "");
  for (const { 0: all, index } of rest.matchAll(/<[^>]*>?/g)) {
    if (all === "<!doctype html>") continue;
    const name = /^<\/?([a-z][a-z0-9]*)/.exec(all)?.[1];
    if (name === undefined || !tags.has(name) || name === "script" || name === "style") return at(rest, index);
    const fault = attributeFault(all.slice(name.length + 1 + (all.startsWith("</") ? 1 : 0)));
    if (fault !== null) return `${fault} in ${at(rest, index)}`;
  }
  // In texts, every sign that could begin markup is written as a name or number.
  const bare = /&(?!amp;|lt;|gt;|quot;|#x[0-9A-F]+;)/.exec(rest.replaceAll(/<[^>]*>/g, ""));
  return bare === null ? null : at(rest, bare.index);
}

function attributeFault(text: string): string | null {
  let end = 0;
  for (const { 0: all, 1: name = "", 2: value = "", index } of text.matchAll(ATTRIBUTE)) {
    end = index + all.length;
    if (!attributes.has(name)) return `attribute ${name}`;
    if (name === "href" && !/^(?:#|https?:\/\/|mailto:)/i.test(value)) return `address ${value}`;
    if (name === "src" && !/^(?:data:image\/png;base64,[A-Za-z0-9+/=]*)?$/.test(value)) return `source ${value}`;
    if (name === "http-equiv" && value !== "Content-Security-Policy") return `http-equiv ${value}`;
  }
  const left = text.slice(end);
  return /^\s*\/?>$/.test(left) ? null : `a tag with ${left.slice(0, 60)}`;
}

function at(text: string, index: number): string {
  return JSON.stringify(text.slice(Math.max(0, index - 40), index + 80));
}
