import { denseChain } from "../../network/dense-chain.ts";
import type { Examples, Network, NetworkJson } from "../../network/index.ts";

/** A network to write a sheet about. */
export interface SkeletonNetwork {
  readonly net: Network;
  /** As its file has it, with an example. */
  readonly json: NetworkJson & { readonly examples: Examples | SkeletonExamples };
  readonly title: string;
}

/** Where a sheet takes its first example from. */
export interface SkeletonExamples {
  readonly inputs: readonly (readonly number[])[];
  readonly targets: readonly (readonly number[] | number)[];
}

/**
 * A sheet about a network as a start for one's own: the network as a block, and questions for one neuron of each layer on the way
 * forward, the cost, and on the way back the errors, a weight and a bias. Every question can be judged as it is; hints, texts and ranges
 * are for its author to add.
 */
export function skeletonSheet({ net, json, title }: SkeletonNetwork): string {
  const last = net.layers.length;
  const forward = net.layers.flatMap((_, i) => [
    question(
      `input-${i + 1}`,
      `What is $z_1^${i + 1}$, the weighted input of the first neuron of layer ${i + 1}?`,
      `z_1^${i + 1}`,
      [],
    ),
    question(`activation-${i + 1}`, `What is its activation $a_1^${i + 1}$?`, `a_1^${i + 1}`, [`input-${i + 1}`]),
  ]);
  const backward = denseChain("sheet", net)
    .map((layer, i) => {
      const l = i + 1;
      return [
        question(`error-${l}`, `What is $delta_1^${l}$, the error of the first neuron of layer ${l}?`, `delta_1^${l}`, [
          l === last ? `activation-${l}` : `error-${l + 1}`,
        ]),
        question(`weight-${l}`, `What is $(partialC)/(partialw_11^${l})$?`, `(partialC)/(partialw_11^${l})`, [
          `error-${l}`,
        ]),
        ...(layer.hasBias
          ? [
              question(`bias-${l}`, `What is $(partialC)/(partialb_1^${l})$?`, `(partialC)/(partialb_1^${l})`, [
                `error-${l}`,
              ]),
            ]
          : []),
      ];
    })
    .toReversed()
    .flat();
  return `---
title: ${JSON.stringify(title)}
decimals: 4
---

Here is a network. Go forward and backward through it once by hand, for one example. Keep the numbers that you find with at
least six decimals, and give four.

\`\`\`network net
${JSON.stringify(json, null, 2)}
\`\`\`

## Forward

${[...forward, question("cost", "What is the cost $C$ of this example?", "C", [`activation-${last}`])].join("\n")}
## Backward

${backward.join("\n")}`;
}

function question(id: string, text: string, asks: string, follows: readonly string[]): string {
  return `\`\`\`question ${id}
kind: number
text: |
  ${text}
asks: ${asks}
given: net
${follows.length === 0 ? "" : `follows: [${follows.join(", ")}]\n`}\`\`\`
`;
}
