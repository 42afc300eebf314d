import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";

const CHROMIUM = "/usr/bin/chromium";

export function isChromiumThere(): boolean {
  return existsSync(CHROMIUM);
}

/** A browser alone, for pages without a server. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-background-networking"] });
}

/** A browser, and a server of what was built. */
export interface Chromium {
  /**
   * An empty page of the server: "/", "/isolated" (cross-origin isolated, as threads want it) or "/strict" (whose policy
   * forbids workers).
   */
  openPage(path?: string): Promise<Page>;
  close(): Promise<void>;
}

const types: Readonly<Record<string, string>> = { ".js": "text/javascript", ".map": "application/json" };

/** Where a page finds the packages that the library needs, as modules. */
const packages: Readonly<Record<string, string>> = {
  papaparse: "/papaparse.js",
  marked: "/packages/marked/lib/marked.esm.js",
  yaml: "/packages/yaml/browser/dist/index.js",
};

/** Headers of the pages there are. */
const pages: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "/": {},
  "/isolated": {
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
  },
  "/strict": { "content-security-policy": "worker-src 'none'" },
};

export async function openChromium(): Promise<Chromium> {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    const headers = pages[path];
    if (headers !== undefined) {
      // A page has no node_modules: it says itself where the readers of CSV, Markdown and YAML are.
      const imports = `<script type="importmap">${JSON.stringify({ imports: packages })}</script>`;
      response.writeHead(200, { ...headers, "content-type": "text/html" });
      response.end(`<!doctype html><title>backpass</title>${imports}`);
      return;
    }
    if (path === "/papaparse.js") {
      const code = await readFile(fileURLToPath(new URL("../node_modules/papaparse/papaparse.js", import.meta.url)));
      // It is a script that makes a global of itself, not a module.
      const module = `const module = { exports: {} }, exports = module.exports;\n${code.toString()}\nexport default module.exports;`;
      response.setHeader("content-type", "text/javascript").end(module);
      return;
    }
    try {
      const place = path.startsWith("/packages/") ? path.replace("/packages", "../node_modules") : `../dist${path}`;
      const file = await readFile(fileURLToPath(new URL(place, import.meta.url)));
      response.setHeader("content-type", types[extname(path)] ?? "application/octet-stream");
      // An isolated page starts no worker whose program comes without it.
      response.setHeader("cross-origin-embedder-policy", "require-corp").end(file);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const browser = await launchChromium();
  return {
    openPage: async (path = "/") => {
      const page = await browser.newPage();
      // An ephemeral port was bound, so the address is not a pipe's name.
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
      return page;
    },
    close: async () => {
      await browser.close();
      server.close();
    },
  };
}

/** A function of a page, as text: what some work gives, and the longest tasks of the page's thread meanwhile, in ms, while it does some work; a browser speaks of those from 50 ms up. */
export const longTasksOf = `async (work) => {
  const tasks = [];
  const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries()));
  observer.observe({ type: "longtask" });
  // What was to be done before does not count.
  const rest = () => new Promise((resolve) => setTimeout(resolve, 200));
  await rest();
  const startedMs = performance.now();
  const result = await work();
  const endedMs = performance.now();
  await rest();
  tasks.push(...observer.takeRecords());
  const during = tasks.filter(({ startTime, duration }) => startTime + duration > startedMs && startTime < endedMs);
  return { result, longTasks: during.map(({ duration }) => duration) };
}`;
