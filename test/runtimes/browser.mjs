// Opens a page of this repository in a browser of the machine, and waits for what the page sends back. Nothing of the
// browser is remote-controlled: it is given an address, and the page posts its result.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const repository = fileURLToPath(new URL("../../", import.meta.url));
const types = { ".js": "text/javascript", ".mjs": "text/javascript" };

/**
 * @typedef {object} Browser
 * @property {string} name
 * @property {string} program its path
 * @property {(profile: string, address: string) => string[]} flags for an empty profile, without a window
 * @property {string} needs how to get it
 */

/** @type {readonly Browser[]} */
export const browsers = [
  {
    name: "Chromium",
    program: "/usr/bin/chromium",
    flags: (profile, address) => [
      "--headless=new",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--no-first-run",
      `--user-data-dir=${profile}`,
      address,
    ],
    needs: "apt-get install chromium",
  },
  {
    name: "Firefox",
    program: "/usr/bin/firefox-esr",
    flags: (profile, address) => ["--headless", "--no-remote", "--new-instance", "--profile", profile, address],
    needs: "apt-get install firefox-esr",
  },
];

/** @param {Browser} browser */
export function isHere(browser) {
  return existsSync(browser.program);
}

/**
 * Runs the body of an async function, which may import "/test/…" and "/dist/…", in a page, and returns what it returns.
 * @param {Browser} browser
 * @param {string} body
 * @param {{ isIsolated: boolean, timeoutMs: number }} options `isIsolated`: with the headers that let a page share memory
 */
export async function inPage(browser, body, { isIsolated, timeoutMs }) {
  const script = `
    const answer = await (async () => { ${body} })().then((result) => ({ result }), (error) => ({ error: String(error) }));
    await fetch("/answer", { method: "POST", body: JSON.stringify(answer) });`;
  const profile = mkdtempSync(join(tmpdir(), "backpass-browser-"));
  let server = null;
  let child = null;
  let timer = null;
  try {
    const text = await new Promise((resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs / 1000} s`)), timeoutMs);
      server = createServer((request, response) => void answer(request, response, { script, isIsolated, resolve }));
      server.listen(0, "127.0.0.1", () => {
        const address = `http://127.0.0.1:${server.address().port}/`;
        // A group of its own, so that the processes it starts end with it.
        child = spawn(browser.program, browser.flags(profile, address), { stdio: "ignore", detached: true });
        child.on("error", reject);
        child.on("exit", (code) => reject(new Error(`${browser.name} ended with ${String(code)}`)));
      });
    });
    const { result, error } = JSON.parse(text);
    if (error !== undefined) throw new Error(`${browser.name}: ${error}`);
    return result;
  } finally {
    clearTimeout(timer);
    server?.close();
    server?.closeAllConnections();
    if (child !== null) await end(child);
    rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

async function answer(request, response, { script, isIsolated, resolve }) {
  const { pathname } = new URL(request.url, "http://localhost");
  if (isIsolated) {
    response.setHeader("cross-origin-opener-policy", "same-origin");
    response.setHeader("cross-origin-embedder-policy", "require-corp");
  }
  if (request.method === "POST" && pathname === "/answer") {
    request.setEncoding("utf8");
    let text = "";
    for await (const part of request) text += part;
    response.end();
    resolve(text);
    return;
  }
  if (pathname === "/") {
    const page = `<!doctype html><title>backpass</title><script type="module">${script}</script>`;
    response.setHeader("content-type", "text/html").end(page);
    return;
  }
  try {
    const file = await readFile(join(repository, pathname));
    response.setHeader("content-type", types[extname(pathname)] ?? "application/octet-stream").end(file);
  } catch {
    response.writeHead(404).end();
  }
}

async function end(child) {
  child.removeAllListeners("exit");
  if (child.exitCode !== null || child.pid === undefined) return;
  const ended = new Promise((resolve) => child.on("exit", resolve));
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    child.kill("SIGKILL");
  }
  await ended;
}
