import { describe, expect, test } from "vitest";
import { html, type Html, htmlLines, trustedHtml } from "./html.ts";

const attack = `"><img src=x onerror="alert('1')">&amp;`;
const harmless = `&quot;&gt;&lt;img src=x onerror=&quot;alert('1')&quot;&gt;&amp;amp;`;

describe("html", () => {
  test("escapes texts between tags and in attributes", () => {
    expect(html`<p title="${attack}">${attack}</p>`.markup).toBe(`<p title="${harmless}">${harmless}</p>`);
  });

  test("leaves pieces of markup, lists of them and numbers as they are, and nothing for null", () => {
    const inner = html`<b>${"<"}</b>`;
    expect(html`<p>${inner}${[inner, inner]}${-1.5}${null}</p>`.markup).toBe(
      "<p><b>&lt;</b><b>&lt;</b><b>&lt;</b>-1.5</p>",
    );
    expect(htmlLines([inner, trustedHtml("<hr>")]).markup).toBe("<b>&lt;</b>\n<hr>");
    expect(html`<h${2} class="x">${"a"}</h${2}>`.markup).toBe('<h2 class="x">a</h2>');
  });

  test("takes nothing for markup that only looks like it", () => {
    // What JSON can hold, with the methods of a piece.
    const forged = JSON.parse('{"text":"<script>","toString":"<script>"}') as Html;
    expect(() => html`<p>${forged}</p>`).toThrow("got something else");
    expect(() => html`<p>${[forged]}</p>`).toThrow("got something else");
    const texts = JSON.parse('["<script>"]') as Html[];
    expect(() => html`<p>${texts}</p>`).toThrow("got something else");
  });

  test.each([
    "javascript:alert(1)",
    " javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<p>",
    "vbscript:x",
    "//a.b",
    "java\nscript:x",
    "https://a\u0000b",
  ])("puts # for the address %j", (address) => {
    expect(html`<a href="${address}">x</a>`.markup).toBe('<a href="#">x</a>');
  });

  test.each(["https://example.org/?a=1&b=2", "http://x", "mailto:a@b.c", "#part"])(
    "keeps the address %j",
    (address) => {
      expect(html`<a href="${address}">x</a>`.markup).toBe(`<a href="${address.replace("&", "&amp;")}">x</a>`);
    },
  );

  test("shows pictures of the page itself only, never an SVG, which may run something", () => {
    expect(html`<img src="${"data:image/png;base64,iVBO=="}">`.markup).toBe('<img src="data:image/png;base64,iVBO==">');
    for (const address of ["https://a.b/c.png", "data:image/svg+xml;base64,AAAA", "x"]) {
      expect(html`<img src="${address}">`.markup).toBe('<img src="">');
    }
  });

  test("refuses a text where escaping would not help", () => {
    expect(() => html`<p ${"onclick=x"}>x</p>`).toThrow("in a tag");
    expect(() => html`<script>${"x"}</script>`).toThrow("script or style");
    expect(() => html`<style>${"x"}</style>`).toThrow("script or style");
    expect(() => html`<p onclick="${"x"}">x</p>`).toThrow("script or style");
    expect(() => html`<p title="${html`<b>x</b>`}">x</p>`).toThrow("in an attribute");
    expect(() => html`<p title="${"x"}`).toThrow("closes its tags");
  });

  test("tells a text after a style, a comparison and an attribute with a sign in it from a tag", () => {
    expect(html`<style>a > b { x: "<p" }</style><p>${"<"}</p>`.markup).toContain("<p>&lt;</p>");
    expect(html`<p title="a > ${"b"}">1 < 2 ${"<"}</p>`.markup).toContain("1 < 2 &lt;</p>");
  });

  test("writes out what XML forbids and what turns the direction of the text after it", () => {
    expect(html`<p>${"a\u0000\u001b\u202e\ud800\t\u200db"}</p>`.markup).toBe(
      "<p>a\\u0000\\u001b\\u202e\\ud800\t\u200db</p>",
    );
  });
});
