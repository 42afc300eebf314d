export { htmlDocument, type HtmlDocument } from "./document.ts";
export { html, Html, htmlLines, type HtmlValue, trustedHtml } from "./html.ts";
export { visibleLine, visibleText } from "./visible-text.ts";
