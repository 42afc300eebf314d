import { html, type Html, htmlLines, svgPicture } from "../../page/index.ts";
import { layerRole, layOutSchematic, type Point, RADIUS } from "./schematic-layout.ts";

/** What a schematic drawing shows beside neurons and connections. */
export interface SchematicOptions {
  /** Names one weight and what it connects: `a_k^(l-1)`, `w_jk^l`, `a_j^l`, `δ_j^l`. Default false. */
  readonly names?: boolean;
}

/**
 * A fully connected network as an SVG that needs nothing from outside: layers as columns, n_0 first, with the names of its
 * parts and no numbers, in the viewer's light or dark theme.
 *
 * @param widths `[L + 1]`, n_0 … n_L.
 */
export function drawSchematic(widths: readonly number[], { names = false }: SchematicOptions = {}): Html {
  const layout = layOutSchematic(widths);
  const { width, height, layers, named } = layout;
  const lines = layers.flatMap((to, layer) =>
    (layers[layer - 1] ?? []).flatMap((start, k) =>
      to.map((end, j) => lineOf(start, end, names && layer === named && k === 0 && j === 0)),
    ),
  );
  const circles = layers.flatMap((neurons, layer) =>
    neurons.map(({ x, y }, j) => {
      const isNamed = names && j === 0 && (layer === named || layer === named - 1);
      return html`<circle cx="${x}" cy="${y}" r="${RADIUS}" class="neuron${isNamed ? " named" : ""}"/>`;
    }),
  );
  const heads = layers.map(([first], layer) =>
    headOf(first?.x ?? 0, layer, layerRole(layer, layout, names ? named : null)),
  );
  return svgPicture({
    width,
    height,
    name: "schematic",
    description: describeSchematic(widths),
    style,
    marks: [...lines, ...circles, ...heads, ...(names ? [labelsOf(layers, named)] : [])],
  });
}

/** What a schematic drawing shows, in a sentence. */
export function describeSchematic(widths: readonly number[]): string {
  const [inputs = 0, ...layers] = widths;
  const listed = layers.map((width, i) => `layer ${i + 1} with ${width}`).join(", ");
  return `A network of ${inputs} input${inputs === 1 ? "" : "s"} (layer 0) and layers of neurons: ${listed}. Each neuron is connected with all of the layer before it.`;
}

function lineOf(start: Point, end: Point, isNamed: boolean): Html {
  return html`<line x1="${start.x + RADIUS}" y1="${start.y}" x2="${end.x - RADIUS}" y2="${end.y}"${isNamed ? html` class="named"` : null}/>`;
}

/** What a layer is called, above its column. */
function headOf(x: number, layer: number, role: string): Html {
  const number = html`<text x="${x}" y="30" class="head">layer ${layer}</text>`;
  return role === "" ? number : html`${number}\n<text x="${x}" y="48" class="soft">${role}</text>`;
}

function labelsOf(layers: readonly (readonly Point[])[], named: number): Html {
  const from = layers[named - 1]?.[0] ?? { x: 0, y: 0 };
  const to = layers[named]?.[0] ?? { x: 0, y: 0 };
  const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 - 13 };
  return htmlLines([
    scriptedText({ x: from.x, y: from.y + 4 }, "a", "k", "l−1"),
    scriptedText(middle, "w", "jk", "l"),
    scriptedText({ x: to.x, y: to.y + 4 }, "a", "j", "l"),
    scriptedText({ x: to.x, y: to.y - RADIUS - 14 }, "δ", "j", "l"),
  ]);
}

/** A letter with what stands below and above to its right, around x. */
function scriptedText({ x, y }: Point, letter: string, below: string, above: string): Html {
  const back = 5.5 * below.length;
  return html`<text x="${x}" y="${y}" class="name">${letter}<tspan class="script" dx="1" dy="5">${below}</tspan><tspan class="script" dy="-12" dx="${-back}">${above}</tspan></text>`;
}

const style = `.schematic text { font: 13px system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif; fill: var(--ink); text-anchor: middle; }
.schematic .head { font-weight: 600; }
.schematic .soft { fill: var(--soft); }
.schematic .name { font: italic 17px "STIX Two Text", "Latin Modern Roman", "Times New Roman", "DejaVu Serif", serif; }
.schematic .script { font-size: 12px; }
.schematic line { stroke: var(--wire); stroke-width: 1.25; }
.schematic line.named { stroke: var(--plus); stroke-width: 2.5; }
.schematic .neuron { fill: var(--paper); stroke: var(--soft); stroke-width: 1.5; }
.schematic .neuron.named { stroke: var(--plus); stroke-width: 2.5; }`;
