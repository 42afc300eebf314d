import { expect, test } from "vitest";
import { parseTextbook } from "../../formula/index.ts";
import { indexKinds } from "./index-kinds.ts";
import { layerText } from "./layer-expression.ts";
import { scopeOf } from "../networks/network-question.ts";
import { textbookVocabulary } from "../vocabulary/textbook-vocabulary.ts";

const read = (text: string) => parseTextbook(text, textbookVocabulary);

const problemsOf = (answer: string, asked: string): readonly string[] =>
  indexKinds(read(answer), scopeOf(read(asked))).problems.map(({ slip, message }) => `${slip}: ${message}`);

test("what is asked gives its indices, each with its layer", () => {
  const { free, layers } = scopeOf(read("(partialC)/(partialw_jk^(l+1))"));
  expect([...free].map(([name, layer]) => `${name} ${layerText(layer)}`)).toEqual(["j l+1", "k l"]);
  expect(layers).toEqual(["l"]);
});

test.each([
  ["sum_k w_kj^(l+1)*delta_k^(l+1)*f'(z_j^l)", "delta_j^l"],
  ["f'(z_j^l)*sum_(i=1)^(n_(l+1)) w_ij^(l+1)*delta_i^(l+1)", "delta_j^l"],
  ["a_k^(l-1)*delta_j^l", "(partialC)/(partialw_jk^l)"],
  ["(a_j^L - t_j)*f'(z_j^L)", "delta_j^L"],
  ["sum_k w_jk^l*a_k^(l-1) + b_j^l", "z_j^l"],
  ["sum_k w_jk^l*a_k^(-1+l) + sum_k b_k^l - sum_i b_i^l", "z_j^l"],
])("%s fits %s", (answer, asked) => {
  expect(problemsOf(answer, asked)).toEqual([]);
});

test.each([
  [
    "sum_k w_jk^(l+1)*delta_k^(l+1)*f'(z_j^l)",
    "delta_j^l",
    "index-layer: j runs over layer l, but the first index of w^(l+1) runs over layer l+1.",
  ],
  [
    "a_k^l*delta_j^l",
    "(partialC)/(partialw_jk^l)",
    "index-layer: k runs over layer l-1, but the index of a^l runs over layer l.",
  ],
  ["sum_m delta_j^l", "delta_j^l", "unused-index: Nothing under the sum over m depends on m."],
  ["delta_k^l", "delta_j^l", "free-index: k in delta_k^l is free: the question gives j, and no sum runs over k."],
  ["a_j*delta_j^l", "delta_j^l", "layer-missing: a_j does not say its layer: write it as a superscript, as in a_j^l."],
  ["delta_j^l", "delta_j^L", "layer-unknown: l in delta_j^l is not given: the question is about layer L."],
  ["sum_k w_kj^(L+1)*delta_k^(L+1)", "delta_j^L", "layer-unknown: w_kj^(L+1) is beyond the last layer, L."],
  [
    "sum_(k=1)^(n_l) w_kj^(l+1)*delta_k^(l+1)",
    "delta_j^l",
    "sum-limits: The sum over k goes up to n_l, but k runs over layer l+1.",
  ],
  [
    "sum_(k=2)^(n_(l+1)) w_kj^(l+1)*delta_k^(l+1)",
    "delta_j^l",
    "sum-limits: The sum over k has to start at the first neuron, 1.",
  ],
])("%s does not fit %s", (answer, asked, problem) => {
  expect(problemsOf(answer, asked)).toContain(problem);
});

test("a sum's own index hides one of the question", () => {
  const { problems, layerOfSum } = indexKinds(read("sum_j delta_j^(l+1)"), scopeOf(read("delta_j^l")));
  expect(problems).toEqual([]);
  expect([...layerOfSum.values()].map(layerText)).toEqual(["l+1"]);
});
