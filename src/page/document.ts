import { base64OfHex } from "../base64.ts";
import { sha256 } from "../sha256.ts";
import { type Html, html, trustedHtml } from "./html.ts";

/** What makes a page. */
export interface HtmlDocument {
  readonly title: string;
  /** CSS of this library. */
  readonly style: string;
  readonly body: Html;
  /** JavaScript of this library, at the end of the page; the page must say the same without it. Default none. */
  readonly script?: string;
}

/**
 * A page as one file that needs nothing from outside. Its Content-Security-Policy (W3C, CSP Level 3) allows nothing else
 * either: no request leaves the page, pictures stand in the file itself, and of scripts only the one given here runs, which
 * the browser knows by its SHA-256.
 */
export function htmlDocument({ title, style, body, script }: HtmlDocument): string {
  const content = script === undefined ? null : `\n${script}\n`;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyFor(content)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>
${trustedHtml(style)}
</style>
</head>
<body>
${body}
${content === null ? null : html`<script>${trustedHtml(content)}</script>\n`}</body>
</html>
`;
  return page.markup;
}

/** Styles stand in the page and in its drawings; they load nothing, since nothing may be loaded. */
function policyFor(script: string | null): string {
  const scripts = script === null ? "'none'" : `'sha256-${base64OfHex(sha256(new TextEncoder().encode(script)))}'`;
  return `default-src 'none'; script-src ${scripts}; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'`;
}
