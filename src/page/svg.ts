import { html, type Html, htmlLines, trustedHtml } from "./html.ts";
import { paletteStyle } from "./palette.ts";

/** What makes a picture. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Class of all that is drawn: the selectors of `style` begin with it. */
  readonly name: string;
  /** Another class of it. Default none. */
  readonly variant?: string;
  /** What is seen, for whom it is read aloud. */
  readonly description: string;
  /** A title and a longer description in place of `description`; `id` begins the ids of both. */
  readonly titled?: { readonly id: string; readonly title: string; readonly text: string };
  /** CSS of this library, beside colors and paper. */
  readonly style: string;
  readonly marks: readonly Html[];
}

/**
 * A picture as an SVG that needs nothing from outside: it has its colors and style in itself, and follows the reader's theme,
 * in a file of its own as in a page.
 */
export function svgPicture({ width, height, name, variant, description, titled, style, marks }: Picture): Html {
  const label =
    titled === undefined
      ? html`aria-label="${description}"`
      : html`aria-labelledby="${titled.id}-title ${titled.id}-text"`;
  const words =
    titled === undefined
      ? null
      : html`\n<title id="${titled.id}-title">${titled.title}</title>\n<desc id="${titled.id}-text">${titled.text}</desc>`;
  const css = `.${name} .paper { fill: var(--paper); }\n${style}`;
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" ${label}>${words}
<style>
${trustedHtml(paletteStyle(`.${name}`, css))}
${trustedHtml(css)}
</style>
<g class="${variant === undefined ? name : `${name} ${variant}`}">
<rect class="paper" width="${width}" height="${height}"/>
${htmlLines(marks)}
</g>
</svg>
`;
}

/** A coordinate; a hundredth of a pixel is not seen. */
export function coordinate(value: number): string {
  return String(Math.round(100 * value) / 100);
}

/** About how wide a text is in a system font, at 12 pixels unless said; digits are wider than most letters. */
export function textWidth(content: string, size = 12): number {
  const isNumber = /^[^a-z]*$/i.test(content);
  return (isNumber ? 0.63 : 0.51) * size * Array.from(content).length;
}
