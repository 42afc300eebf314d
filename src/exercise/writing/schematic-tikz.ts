import { layerRole, layOutSchematic, type Point, RADIUS, type SchematicLayout } from "./schematic-layout.ts";
import type { SchematicOptions } from "./schematic.ts";

/** Units of the layout in a centimeter, for a network of four layers on a page of text. */
const UNITS_PER_CM = 46;

/** As wide as the text of a page with margins of 2.5 cm may be, in centimeters. */
const WIDEST_CM = 15.5;

/** The same drawing as `drawSchematic` makes, as a `tikzpicture`: it needs the package tikz and no library of it. */
export function tikzSchematic(widths: readonly number[], { names = false }: SchematicOptions = {}): string {
  const layout = layOutSchematic(widths);
  const { layers, last, named } = layout;
  const scale = Math.max(UNITS_PER_CM, layout.width / WIDEST_CM);
  const at = ({ x, y }: Point): string => `(${cm(x, scale)},${cm(-y, scale)})`;
  const isNamed = (layer: number, j: number): boolean => names && j === 0 && (layer === named || layer === named - 1);
  const nodes = layers.flatMap((neurons, layer) =>
    neurons.map((place, j) => {
      const style = isNamed(layer, j) ? "named" : "neuron";
      return `  \\node[${style}] (n-${layer}-${j + 1}) at ${at(place)} {${labelOf(layer, j, layout, names)}};`;
    }),
  );
  const lines = layers.flatMap((to, layer) =>
    (layers[layer - 1] ?? []).flatMap((_, k) =>
      to.map((__, j) => {
        const isMarked = names && layer === named && k === 0 && j === 0;
        const label = isMarked ? " node[midway, above] {$w_{jk}^{l}$}" : "";
        return `  \\draw[${isMarked ? "marked" : "line"}] (n-${layer - 1}-${k + 1}) --${label} (n-${layer}-${j + 1});`;
      }),
    ),
  );
  const heads = layers.map(([first], layer) => {
    const role = layerRole(layer, layout, names ? named : null).replace(
      /= (.*)$/,
      (_, letter: string) => `$= ${letter.replace("−", "-")}$`,
    );
    const lower = role === "" ? "" : `\\\\ \\footnotesize ${role}`;
    return `  \\node[align=center] at ${at({ x: first?.x ?? 0, y: 36 })} {\\textbf{layer ${layer}}${lower}};`;
  });
  const above = layers[named]?.[0];
  const error =
    names && above !== undefined && last > 0
      ? [`  \\node at ${at({ x: above.x, y: above.y - RADIUS - 14 })} {$\\delta_j^{l}$};`]
      : [];
  // Small circles where the drawing is scaled down to the width of the page.
  const size = cm(2 * RADIUS, scale);
  return [
    "\\begin{tikzpicture}[",
    `  neuron/.style={circle, draw=black!60, minimum size=${size}cm, inner sep=0pt},`,
    `  named/.style={neuron, draw=black, line width=1.2pt}, line/.style={draw=black!25}, marked/.style={draw=black, line width=1.2pt}]`,
    ...nodes,
    ...lines,
    ...heads,
    ...error,
    "\\end{tikzpicture}",
  ].join("\n");
}

function labelOf(layer: number, j: number, { named }: SchematicLayout, names: boolean): string {
  if (!names || j !== 0) return "";
  if (layer === named) return "$a_j^{l}$";
  return layer === named - 1 ? "$a_k^{l-1}$" : "";
}

function cm(units: number, scale: number): string {
  return (units / scale).toFixed(2);
}
