import { ShapeError } from "../../errors.ts";
import type { Position } from "./layer-kind.ts";

/**
 * How many numbers a layer receives, for kinds that take rows of them.
 *
 * @param kind the name of the layer's kind, for the message.
 * @throws ShapeError where an example is no row of numbers there.
 */
export function widthReceived(kind: string, { number, received: [shape = []] }: Position): number {
  const [width] = shape;
  if (width !== undefined && shape.length === 1) return width;
  throw new ShapeError({
    where: ["network", `layer ${number} of kind ${kind}`],
    expected: "a row of numbers for each example",
    got: `shape [${shape.join(", ")}] from the layer before`,
    advice: "Put a layer between them that gives rows.",
  });
}
