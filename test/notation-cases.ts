/** An answer in some notation with its verdict; the first of each pair of lists are right, the second are not. */
export interface NotationCase {
  readonly notation: string;
  /** The sheet: a bundled one by its name, or one of `sheets` below. */
  readonly sheet: string;
  readonly question: string;
  readonly right: readonly string[];
  readonly wrong: readonly string[];
  /** Refused with a sentence, at no cost. */
  readonly refused?: readonly string[];
}

/** Sheets for what the bundled ones do not ask. */
export const sheets: Readonly<Record<string, string>> = {
  softmax: `---
title: Softmax
output activation: softmax
cost: crossEntropy
---

\`\`\`question jacobian
kind: formula
text: What is the derivative?
asks: (partiala_i^L)/(partialz_j^L)
key: a_i^L*(delta_ij - a_j^L)
\`\`\`

\`\`\`question error
kind: formula
text: What is the error?
asks: delta_j^L
key: a_j^L - t_j
\`\`\`
`,
  sigmoid: `---
title: Sigmoid and logarithms
activation: sigmoid
cost: quadratic
---

\`\`\`question error
kind: formula
text: What is the error?
asks: delta_j^L
key: (a_j^L - t_j)*a_j^L*(1 - a_j^L)
\`\`\`

\`\`\`question hidden
kind: formula
text: What is the error of a hidden layer?
asks: delta_j^l
domain: l < L
key: a_j^l*(1 - a_j^l)*sum_k w_kj^(l+1)*delta_k^(l+1)
\`\`\`

\`\`\`question tanh
kind: formula
text: What is the derivative?
asks: tanh'(z)
symbols: [z]
key: 1 - tanh(z)^2
\`\`\`

\`\`\`question log
kind: formula
text: What is the derivative of z ln z?
symbols: [z]
key: ln(z) + 1
\`\`\`

\`\`\`question relu
kind: formula
text: What is the derivative?
asks: relu'(z)
symbols: [z]
key: "z > 0 ? 1 : 0"
\`\`\`

\`\`\`question leaky
kind: formula
text: What is the function?
symbols: [z]
key: "z > 0 ? z : z/10"
\`\`\`

\`\`\`question size
kind: formula
text: What is the size?
symbols: [z]
key: abs(z)
\`\`\`

\`\`\`question sigmoid
kind: formula
text: What is the derivative?
asks: sigma'(z)
symbols: [z]
key: sigma(z)*(1 - sigma(z))
\`\`\`
`,
};

const back = "backpropagation";

export const cases: readonly NotationCase[] = [
  {
    notation: "vectors and matrices with ⊙ and ᵀ",
    sheet: back,
    question: "delta-hidden",
    right: [
      "(w^(l+1))^T delta^(l+1) ⊙ f'(z^l)",
      "((w^{l+1})^T \\delta^{l+1}) \\odot f'(z^l)",
      "f′(z^l) ⊙ ((w^(l+1))ᵀ δ^(l+1))",
      "\\left((w^{l+1})^{\\mathsf{T}} \\delta^{l+1}\\right) \\circ f^{\\prime}\\left(z^{l}\\right)",
      "diag(f'(z^l)) (w^(l+1))^T delta^(l+1)",
      "(w^(l+1))^\\top * delta^(l+1) * f'(z^l)",
      "w^(l+1).T δ^(l+1) ⊙ f'(z^l)",
    ],
    wrong: [
      "w^(l+1) delta^(l+1) ⊙ f'(z^l)",
      "delta^(l+1) (w^(l+1))^T ⊙ f'(z^l)",
      "(w^(l+1))^T ⊙ delta^(l+1) ⊙ f'(z^l)",
      "(w^l)^T delta^(l+1) ⊙ f'(z^l)",
      "(w^(l+1))^T delta^(l+1) ⊙ f(z^l)",
      "(w^(l+1))^T delta^(l+1)",
      "(w^(l+1))^T delta^(l+1) ⊙ f'(z^(l+1))",
      "((w^(l+1))^T delta^(l+1))^T ⊙ f'(z^l)",
      "-(w^(l+1))^T delta^(l+1) ⊙ f'(z^l)",
    ],
    refused: ["(w^(l+1))^T delta^(l+1) ⊙ f'(z_j^l)", "w^(l+1) delta^(l+1) f'(z^l)", "w^T delta ⊙ f'(z)"],
  },
  {
    notation: "the outer product",
    sheet: back,
    question: "gradient-weight",
    right: ["δ^l (a^(l-1))ᵀ", "\\delta^l (a^{l-1})^T", "outer(delta^l, a^(l-1))", "delta^l*(a^(l-1))^T"],
    wrong: ["a^(l-1) (δ^l)ᵀ", "(δ^l)ᵀ a^(l-1)", "δ^l (a^l)ᵀ", "δ^l ⊙ a^(l-1)", "outer(a^(l-1), delta^l)"],
    refused: ["δ^l a^(l-1)"],
  },
  {
    notation: "gradients ∇",
    sheet: back,
    question: "delta-output",
    right: [
      "∇_a C ⊙ f'(z^L)",
      "\\delta^L = \\nabla_a C \\odot f'(z^L)",
      "\\nabla_{a^L} C \\odot f'(z^L)",
      "∂C/∂a^L ⊙ f'(z^L)",
    ],
    wrong: ["∇_{z^L} C ⊙ f'(z^L)", "∇_a C ⊙ f(z^L)", "∇_{a^L} C ⊙ f'(z^l)", "∇_a C", "∇_a C^T ⊙ f'(z^L)"],
    refused: ["∇ C ⊙ f'(z^L)", "∇_z C ⊙ f'(z^L)"],
  },
  {
    notation: "Ng's names",
    sheet: back,
    question: "delta-hidden",
    right: [
      "dZ^{[l]} = W^{[l+1]T} dZ^{[l+1]} * g^{[l]'}(Z^{[l]})",
      "W^{[l+1]T} dZ^{[l+1]} \\odot g'(Z^{[l]})",
      "W^{[l+1]\\top} dZ^{[l+1]} * g'^{}(Z^{[l]})",
    ],
    wrong: [
      "W^{[l]T} dZ^{[l+1]} * g'(Z^{[l]})",
      "W^{[l+1]T} dZ^{[l]} * g'(Z^{[l]})",
      "W^{[l+1]T} dA^{[l+1]} * g'(Z^{[l]})",
      "W^{[l+1]T} dZ^{[l+1]} * g(Z^{[l]})",
    ],
    refused: ["W^{[l+1]T} dZ^{[l+1]} * g^{[l+1]'}(Z^{[l]})"],
  },
  {
    notation: "Ng's gradients",
    sheet: back,
    question: "gradient-weight",
    right: ["dZ^{[l]} A^{[l-1]T}", "dW^{[l]} = dZ^{[l]} A^{[l-1]T}", "dZ_j^{[l]} A_k^{[l-1]}"],
    wrong: ["A^{[l-1]} dZ^{[l]T}", "dZ^{[l]} A^{[l]T}", "dA^{[l]} A^{[l-1]T}"],
  },
  {
    notation: "means over the examples of a batch",
    sheet: back,
    question: "gradient-weight",
    right: [
      "\\frac{1}{m} dZ^{[l]} A^{[l-1]T}",
      "1/m dZ^{[l]} A^{[l-1]T}",
      "dW^{[l]} = (1/m) * dZ^{[l]} A^{[l-1]T}",
      "\\frac1m \\cdot dZ^{[l]} A^{[l-1]T}",
    ],
    wrong: ["\\frac{1}{m} A^{[l-1]} dZ^{[l]T}", "1/m dZ^{[l]} A^{[l]T}", "1/2 dZ^{[l]} A^{[l-1]T}"],
    refused: [
      "m dZ^{[l]} A^{[l-1]T}",
      "1/m delta_j^l a_k^(l-1)",
      "1/m^2 dZ^{[l]} A^{[l-1]T}",
      "1/m 1/m dZ^{[l]} A^{[l-1]T}",
    ],
  },
  {
    notation: "a mean where none belongs",
    sheet: back,
    question: "delta-hidden",
    right: [
      "W^{[l+1]T} dZ^{[l+1]} * g'(Z^{[l]})",
      "delta_j^l = sum_k w_kj^(l+1)*delta_k^(l+1)*f'(z_j^l)",
      "(w^(l+1))^T delta^(l+1) ⊙ f'(z^l)",
    ],
    wrong: [
      "W^{[l]T} dZ^{[l+1]} * g'(Z^{[l]})",
      "2*sum_k w_kj^(l+1)*delta_k^(l+1)*f'(z_j^l)",
      "1/2*sum_k w_kj^(l+1)*delta_k^(l+1)*f'(z_j^l)",
    ],
    refused: ["1/m W^{[l+1]T} dZ^{[l+1]} * g'(Z^{[l]})"],
  },
  {
    notation: "other names of the cost and the activation function",
    sheet: back,
    question: "delta-output",
    right: [
      "\\frac{\\partial E}{\\partial a_j^L} f'(z_j^L)",
      "∂J/∂a_j^L * g'(z_j^L)",
      "dL/da_j^L φ'(z_j^L)",
      "\\frac{\\partial \\mathcal{L}}{\\partial a_j^L} \\varphi'(z_j^L)",
      "∂C_x/∂a_j^L f′(z_j^L)",
    ],
    wrong: [
      "\\frac{\\partial E}{\\partial a_j^L} g(z_j^L)",
      "∂J/∂z_j^L * g'(z_j^L)",
      "dL/da_j^l φ'(z_j^L)",
      "∂J/∂a_j^L * sigma'(z_j^L)",
    ],
    refused: ["∂K/∂a_j^L * g'(z_j^L)"],
  },
  {
    notation: "ŷ and y",
    sheet: "sigmoid",
    question: "error",
    right: [
      "(ŷ_j - y_j) ŷ_j (1 - ŷ_j)",
      "(\\hat{y}_j - t_j) \\hat y_j (1-\\hat{y}_j)",
      "(a_j^L - y_j) a_j^L (1 - a_j^L)",
      "(yhat_j - y_j)*yhat_j*(1-yhat_j)",
      "(ŷ - y) ⊙ ŷ ⊙ (1 - ŷ)",
    ],
    wrong: [
      "(y_j - ŷ_j) ŷ_j (1 - ŷ_j)",
      "(ŷ_j - y_j) y_j (1 - y_j)",
      "(\\hat{y}_j - y_j) \\hat{y}_j",
      "(ŷ - y) ⊙ ŷ ⊙ (1 + ŷ)",
    ],
    refused: ["(y_j - t_j) y_j (1 - y_j)"],
  },
  {
    notation: "environments and boxes",
    sheet: back,
    question: "gradient-weight",
    right: [
      "\\begin{align} \\frac{\\partial C}{\\partial w_{jk}^l} &= a_k^{l-1} \\delta_j^l \\end{align}",
      "$$\\boxed{a_k^{l-1} \\delta_j^l}$$",
      "\\[ a_k^{l-1} \\delta_j^l \\]",
      "$\\frac{\\partial C}{\\partial w_{jk}^l}$ = $a_k^{l-1} \\delta_j^l$",
      "\\begin{equation*} \\boxed{\\frac{\\partial C}{\\partial w_{jk}^l} = a_k^{l-1} \\delta_j^l} \\label{eq:w} \\end{equation*}",
      "\\begin{aligned} \\frac{\\partial C}{\\partial w_{jk}^l} &= \\delta_j^l \\frac{\\partial z_j^l}{\\partial w_{jk}^l} && \\text{the chain rule} \\\\ &= a_k^{l-1} \\delta_j^l \\end{aligned}",
    ],
    wrong: [
      "\\begin{align} \\frac{\\partial C}{\\partial w_{jk}^l} &= a_k^{l} \\delta_j^l \\end{align}",
      "$$\\boxed{-a_k^{l-1} \\delta_j^l}$$",
      "\\[ a_j^{l-1} \\delta_k^l \\]",
    ],
    refused: ["\\begin{matrix} a_k^{l-1} \\delta_j^l \\end{matrix}"],
  },
  {
    notation: "chains of equations",
    sheet: back,
    question: "gradient-weight",
    right: [
      "∂C/∂w_jk^l = ∂C/∂z_j^l · ∂z_j^l/∂w_jk^l = a_k^(l-1) δ_j^l",
      "= δ_j^l ∂z_j^l/∂w_jk^l = δ_j^l a_k^(l-1)",
      "a_k^(l-1) delta_j^l = delta_j^l a_k^(l-1)",
    ],
    wrong: [
      "∂C/∂w_jk^l = ∂C/∂z_j^l · ∂z_j^l/∂b_j^l = a_k^(l-1) δ_j^l",
      "2 a_k^(l-1) delta_j^l = delta_j^l a_k^(l-1)",
      "∂C/∂w_jk^l = a_k^(l-1) δ_j^l = a_k^(l-1)",
      "∂C/∂w_jk^l = a_k^(l-1) δ_j^l = 0",
    ],
    refused: ["∂C/∂b_j^l = a_k^(l-1) δ_j^l", "w_jk^l = a_k^(l-1) δ_j^l"],
  },
  {
    notation: "functions without brackets and powers before the argument",
    sheet: "sigmoid",
    question: "tanh",
    right: ["1 - \\tanh^2 z", "1-tanh^2(z)", "1 - (tanh z)^2", "1 - tanh z tanh z", "1 - \\tanh^{2} z"],
    wrong: ["1 - \\tanh z", "1+tanh^2 z", "1 - \\tanh^3 z", "\\tanh^2 z"],
    refused: ["1 - tanh z^2", "1 - tanh 2z", "1 - tanh z z"],
  },
  {
    notation: "logarithms without brackets",
    sheet: "sigmoid",
    question: "log",
    right: ["ln z + 1", "\\ln z + 1", "1 + \\log z", "\\ln{z} + 1"],
    wrong: ["ln z - 1", "\\ln z", "1 + \\exp z"],
    refused: ["ln z * 1 + 1", "\\ln z z + 1"],
  },
  {
    notation: "σ² and dσ/dz",
    sheet: "sigmoid",
    question: "sigmoid",
    right: [
      "\\sigma(z) - \\sigma^2(z)",
      "sigma(z) - sigma^2(z)",
      "\\frac{d\\sigma}{dz} = \\sigma(z)(1-\\sigma(z))",
      "dσ/dz = σ(z) - σ^{2}(z)",
      "dσ(z)/dz = σ(z)(1-σ(z))",
    ],
    wrong: [
      "\\sigma^2(z)",
      "sigma(z) + sigma^2(z)",
      "\\frac{d\\sigma}{dz} = \\sigma(z)(1+\\sigma(z))",
      "dσ/dz = 1 - σ^2(z)",
    ],
    refused: ["σ^(2)(z)", "σ^{-1}(z)", "dσ(z)/dx = 1"],
  },
  {
    notation: "indicators",
    sheet: "sigmoid",
    question: "relu",
    right: ["[z > 0]", "1_{z>0}", "\\mathbb{1}[z>0]", "𝟙{z > 0}", "\\mathbf{1}_{\\{z > 0\\}}", "I(z > 0)*1", "[0 < z]"],
    wrong: ["[z < 0]", "1_{z<0}", "\\mathbb{1}[z>1]", "z [z > 0]", "1 - [z > 0]", "2 [z > 0]"],
    refused: ["z > 0", "1_{z}"],
  },
  {
    notation: "cases",
    sheet: "sigmoid",
    question: "leaky",
    right: [
      "\\begin{cases} z & z > 0 \\\\ z/10 & \\text{otherwise} \\end{cases}",
      "\\begin{cases} z & \\text{if } z > 0 \\\\ \\frac{z}{10} & \\text{if } z \\le 0 \\end{cases}",
      "{ z if z > 0; 0.1 z otherwise }",
      "\\begin{cases} 0.1z, & z \\leq 0, \\\\ z, & z > 0. \\end{cases}",
    ],
    wrong: [
      "\\begin{cases} z & z < 0 \\\\ z/10 & \\text{otherwise} \\end{cases}",
      "\\begin{cases} z & z > 0 \\\\ -z/10 & \\text{otherwise} \\end{cases}",
      "{ z if z > 0; 0 otherwise }",
      "{ z if z > 1; 0.1 z otherwise }",
    ],
    refused: [
      "\\begin{cases} z & z > 0 \\\\ z/10 & z < 0 \\end{cases}",
      "\\begin{cases} z & z > 0 \\\\ z/10 & z > 0 \\end{cases}",
      "{ z otherwise; 0.1 z if z > 0 }",
    ],
  },
  {
    notation: "magnitudes",
    sheet: "sigmoid",
    question: "size",
    right: ["|z|", "\\left|z\\right|", "\\lvert z \\rvert", "z([z > 0] - [z < 0])"],
    wrong: ["-|z|", "|z|^2", "|z| + 1"],
  },
  {
    notation: "Kronecker's δ and i ≠ j",
    sheet: "softmax",
    question: "jacobian",
    right: [
      "a_i^L(δ_ij - a_j^L)",
      "a_i^L (\\delta_{ij} - a_j^L)",
      "a_i^L([i = j] - a_j^L)",
      "\\begin{cases} a_i^L(1-a_i^L) & i=j \\\\ -a_i^L a_j^L & i \\neq j \\end{cases}",
      "[i ≠ j] (-a_i^L a_j^L) + [i = j] a_i^L (1 - a_i^L)",
      "diag(a^L) - a^L (a^L)^T",
    ],
    wrong: [
      "a_i^L(δ_ij + a_j^L)",
      "a_i^L(1 - a_j^L)",
      "\\begin{cases} a_i^L(1-a_i^L) & i=j \\\\ a_i^L a_j^L & i \\neq j \\end{cases}",
      "\\begin{cases} a_i^L(1-a_i^L) & i\\neq j \\\\ -a_i^L a_j^L & i = j \\end{cases}",
      "a_i^L(1 - δ_ij - a_j^L)",
      "diag(a^L) - (a^L)^T a^L",
      "a_i^L([i = 1] - a_j^L)",
    ],
    refused: ["a_i^L(i - a_j^L)"],
  },
  {
    notation: "steps",
    sheet: back,
    question: "sgd-update",
    right: [
      "w_1^{new} = w_1^{old} - \\eta \\frac{\\partial C}{\\partial w_1}",
      "w_1 -= eta*dC/dw_1",
      "w_1 := w_1 - η ∂C/∂w_1",
      "w_1 ← w_1 - η ∂C/∂w_1",
      "w_1^{(t+1)} = w_1^{(t)} - \\eta \\frac{\\partial C}{\\partial w_1}",
      "w_1_new = w_1 - eta*dC/dw_1",
      "w_1 += -eta*dC/dw_1",
      "w_1' = w_1 - eta*dC/dw_1",
    ],
    wrong: [
      "w_1^{new} = w_1^{old} + \\eta \\frac{\\partial C}{\\partial w_1}",
      "w_1 += eta*dC/dw_1",
      "w_1 -= dC/dw_1",
      "w_1 ← -η ∂C/∂w_1",
      "w_1 *= eta*dC/dw_1",
    ],
    refused: ["w_2 -= eta*dC/dw_1", "w_2^{new} = w_1 - eta*dC/dw_1"],
  },
  {
    notation: "capitals of phones, and Word",
    sheet: back,
    question: "delta-hidden",
    right: [
      "Sum_k W_kj^(l+1)*Delta_k^(l+1)*F'(z_j^l)",
      "∑_k▒〖w_kj^(l+1) δ_k^(l+1)〗 f'(z_j^l)",
      "∑_(k=1)^(n_(l+1))▒〖w_kj^(l+1) δ_k^(l+1) f'(z_j^l)〗",
      "Delta_j^l = Sum_k W_kj^(l+1)*delta_k^(l+1)*f'(z_j^l)",
    ],
    wrong: [
      "Sum_k W_jk^(l+1)*Delta_k^(l+1)*F'(z_j^l)",
      "∑_k▒〖w_kj^(l+1) 〗 δ_k^(l+1) f'(z_j^l)",
      "∑_k▒〖w_kj^(l+1) δ_k^(l+1)〗 f(z_j^l)",
      "Sum_k W_kj^(l+1)*Delta_k^(l+1)",
    ],
  },
  {
    notation: "superscripts that were lost",
    sheet: back,
    question: "simple-loss",
    right: ["2.88·10^(-1)", "2.88×10⁻¹", "288 · 10^{-3}", "0.288 = C"],
    wrong: ["2.88·10^(-2)", "2.88", "10 - 3"],
    refused: ["2.88·10−1", "288 × 10-3"],
  },
  {
    notation: "the lines that are printed for a softmax",
    sheet: "softmax",
    question: "error",
    right: ["a_j^L Σ_i t_i - t_j", "a^L Σ_i t_i - t", "a^L - t", "a_j^L Σ_i y_i - y_j"],
    wrong: ["t_j - a_j^L", "a^L Σ_i a_i^L - a^L", "a^L + t", "a_j^L - Σ_i t_i"],
  },
  {
    notation: "elements of vectors in a formula of whole ones",
    sheet: "sigmoid",
    question: "hidden",
    right: [
      "a^l ⊙ (1 - a^l) ⊙ ((w^(l+1))ᵀ δ^(l+1))",
      "(a^l - (a^l)^2) ⊙ (w^(l+1))ᵀ δ^(l+1)",
      "σ'(z^l) ⊙ (w^(l+1))ᵀ δ^(l+1)",
    ],
    wrong: [
      "a^l ⊙ (1 - a^(l+1)) ⊙ ((w^(l+1))ᵀ δ^(l+1))",
      "(a^l - (w^l)) ⊙ (w^(l+1))ᵀ δ^(l+1)",
      "σ(z^l) ⊙ (w^(l+1))ᵀ δ^(l+1)",
    ],
    refused: ["(w^l)^2 ⊙ (w^(l+1))ᵀ δ^(l+1)"],
  },
];
