import { describe, expect, test } from "vitest";
import { errorOf, reads } from "../../../test/textbook-reading.ts";

describe("a sum", () => {
  test.each([
    "sum_k a_k*b_k",
    "2 - sum_k a_k",
    "sum_k w_jk^l*a_k^(l - 1) + b_j^l",
    "sum_(k=1)^(n_(l + 1)) a_k",
    "sum_(k=1)^(n) a_k",
    "sum_(k=1)^(3) a_k",
    "sum_k sum_m w_km",
    "(sum_k a_k)^2",
    "2*(sum_k a_k)",
    "(sum_k a_k)*y",
    "e^(z_j^L)/(sum_k e^(z_k^L))",
  ])("%s is read as it is written", (text) => {
    expect(reads(text)).toBe(text);
  });

  test.each([
    ["Σ_k w_(kj)^(l+1) δ_k^(l+1) f'(z_j^l)", "sum_k w_kj^(l + 1)*delta_k^(l + 1)*f'(z_j^l)"],
    ["∑_k a_k/2+1", "sum_k a_k/2 + 1"],
    ["\\sum_k a_k", "sum_k a_k"],
    ["\\displaystyle\\sum\\limits_{k} a_k", "sum_k a_k"],
    ["sum_(k)a_k", "sum_k a_k"],
    ["sum_kw_kj", "sum_k w_kj"],
    ["∑ₖaₖ", "sum_k a_k"],
    ["\\sum_{k=1}^{n_{l+1}} a_k", "sum_(k=1)^(n_(l + 1)) a_k"],
    ["\\sum_{k=1}^n a_k", "sum_(k=1)^(n) a_k"],
    ["\\sum^{n_l}_{k=1} a_k", "sum_(k=1)^(n_l) a_k"],
    ["∑_(k=1)^n_l a_k", "sum_(k=1)^(n_l) a_k"],
    ["sum_(j,k) w_jk", "sum_j sum_k w_jk"],
    ["sum_{jk} w_jk", "sum_j sum_k w_jk"],
    ["sum_jk w_jk", "sum_j sum_k w_jk"],
    ["sum_k -a_k b_k", "sum_k (-a_k*b_k)"],
    ["y sum_k a_k b_k", "y*(sum_k a_k*b_k)"],
    ["2sum_k a_k", "2*(sum_k a_k)"],
    ["(sum_k a_k b_k) f'(z)", "(sum_k a_k*b_k)*f'(z)"],
  ])("%s is %s", (text, expected) => {
    expect(reads(text)).toBe(expected);
  });

  test.each([
    ["sum a_k", "A sum needs an index: sum_k"],
    ["sum", "A sum needs an index: sum_k"],
    ["sum_1 a_k", "expected the index of a sum"],
    ["sum_l a_k", "expected the index of a sum"],
    ["sum_(k=y+*) a_k", "got"],
    ["sum_(j,k)^(3) w_jk", "one index of a sum with limits"],
    ["sum_k^(1.5) a_k", "the limit of a sum"],
    ["sum_k", "got the end"],
    ["sum_i sum_j sum_k sum_m sum_p a_k", "at most 4 sums"],
    ["sum_(ijkmp) a_k", "at most 4 sums"],
  ])("%s is refused", (text, part) => {
    expect(errorOf(text).message).toContain(part);
  });
});
