import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { htmlDocument } from "./document.ts";
import { html } from "./html.ts";

const body = html`<main></main>`;

test("a page without a script allows none, and nothing from outside", () => {
  const page = htmlDocument({ title: "a </title><script>", style: "p {}", body });
  expect(page).toContain(
    `content="default-src 'none'; script-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"`,
  );
  expect(page).toContain("<title>a &lt;/title&gt;&lt;script&gt;</title>");
  expect(page).not.toContain("<script>");
});

test("the policy names the page's own script by its hash", () => {
  const page = htmlDocument({ title: "a", style: "", body, script: 'const name = "Σ < 1";' });
  const script = /<script>([\s\S]*)<\/script>/.exec(page)?.[1] ?? "";
  expect(page).toContain(`script-src 'sha256-${createHash("sha256").update(script).digest("base64")}'`);
  // Before anything that it is to rule over.
  expect(page.indexOf("Content-Security-Policy")).toBeLessThan(page.indexOf("<style>"));
});
