/** Greek letters and the names they are read as, so that `η` and `eta` are the same quantity. LaTeX has the same names. */
export const greekNames: Readonly<Record<string, string>> = {
  α: "alpha",
  β: "beta",
  γ: "gamma",
  δ: "delta",
  ε: "epsilon",
  ϵ: "epsilon",
  ζ: "zeta",
  η: "eta",
  θ: "theta",
  ι: "iota",
  κ: "kappa",
  λ: "lambda",
  μ: "mu",
  µ: "mu", // the micro sign of many keyboards, U+00B5
  ν: "nu",
  ξ: "xi",
  π: "pi",
  ρ: "rho",
  σ: "sigma",
  τ: "tau",
  υ: "upsilon",
  φ: "phi",
  ϕ: "phi",
  χ: "chi",
  ψ: "psi",
  ω: "omega",
  Γ: "Gamma",
  Δ: "Delta",
  Θ: "Theta",
  Λ: "Lambda",
  Ξ: "Xi",
  Π: "Pi",
  Σ: "Sigma",
  Φ: "Phi",
  Ψ: "Psi",
  Ω: "Omega",
};

/** A name with its Greek letters spelled out: `β1` is `beta1`. */
export function spellGreek(name: string): string {
  return Array.from(name, (letter) => greekNames[letter] ?? letter).join("");
}

/** The letter of each name, for print; of two forms of a letter (ε, ϵ) the first of the table. */
export const greekLetters: ReadonlyMap<string, string> = new Map(
  Object.entries(greekNames)
    .toReversed()
    .map(([letter, name]) => [name, letter]),
);
