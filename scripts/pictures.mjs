// Makes the pictures of the README anew: npm run pictures. Needs Chromium (apt-get install chromium); build first.
// They are made by the command itself: the page that `explain` writes of one neuron, its drawing beside its equations.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const program = fileURLToPath(new URL("../dist/bundle/main.js", import.meta.url));
const target = fileURLToPath(new URL("../docs/pictures", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "backpass-pictures-"));

const network = {
  inputs: 2,
  cost: "quadratic",
  layers: [
    {
      units: 3,
      activation: "tanh",
      weights: [
        [0.9, -0.4],
        [-0.6, 0.8],
        [0.3, 0.5],
      ],
      biases: [0.1, -0.2, 0.05],
    },
    { units: 1, activation: "sigmoid", weights: [[1.2, -0.7, 0.4]], biases: [-0.3] },
  ],
  examples: { inputs: [[0.5, -1]], targets: [[1]] },
};

/** Keeps of the page the backward drawing, and beside it the equations of the error and the derivatives. */
function compose() {
  const figures = [...document.querySelectorAll("figure")];
  const drawing = figures.at(-1)?.querySelector("svg");
  const titled = (title) => [...document.querySelectorAll("h2, h3")].find((each) => each.textContent === title);
  const sectionOf = (title) => titled(title)?.closest("section") ?? titled(title)?.parentElement;
  const parts = ["Backward", "Derivatives"].map(sectionOf);
  if (!drawing || parts.some((part) => !part)) throw new Error("the page has other parts than it had");
  const left = document.createElement("div");
  left.append(drawing);
  const right = document.createElement("div");
  right.append(...parts);
  const grid = document.createElement("main");
  grid.id = "picture";
  grid.append(left, right);
  document.body.replaceChildren(grid);
}

const style = `
  body { max-width: none !important; margin: 0 !important; padding: 0 !important; }
  #picture { display: grid; grid-template-columns: 640px 1fr; gap: 20px; align-items: center; padding: 20px; width: 1400px;
    max-width: none; box-sizing: border-box; margin: 0; font-size: 14px; }
  #picture svg { width: 640px; height: auto; }
  #picture section { margin: 0; padding: 0; border: 0; }
  #picture h2 { margin: 6px 0 2px; font-size: 17px; border: 0; padding: 0; }
  #picture h3, #picture p { display: none; }
  #picture section > * { margin-top: 4px; margin-bottom: 4px; }`;

try {
  const file = join(folder, "network.json");
  const page = join(folder, "neuron.html");
  writeFileSync(file, JSON.stringify(network));
  const words = ["explain", file, "--layer", "1", "--neuron", "1", "--html", page];
  execFileSync(process.execPath, [program, ...words], { stdio: ["ignore", "ignore", "inherit"] });

  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-background-networking"],
  });
  for (const colorScheme of ["light", "dark"]) {
    const context = await browser.newContext({
      viewport: { width: 1400, height: 700 },
      colorScheme,
      deviceScaleFactor: 2,
      bypassCSP: true,
    });
    const view = await context.newPage();
    await view.goto(pathToFileURL(page).href);
    await view.evaluate(compose);
    await view.addStyleTag({ content: style });
    await view.locator("#picture").screenshot({ path: join(target, `neuron-${colorScheme}.png`) });
    await context.close();
  }
  await browser.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
