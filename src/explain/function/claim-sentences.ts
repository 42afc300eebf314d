import type { Basis, Claim, DomainClaim, KinkClaim, Largest, LimitClaim, Range } from "./claim.ts";

/** What is to be said of a derivative, a sentence each, in plain text. */
export function sentences(claims: readonly Claim[], by: string, name: string): readonly string[] {
  const largest = claims.find((claim) => claim.kind === "largest");
  const limits = claims.filter((claim) => claim.kind === "limit");
  const domain = claims.find((claim) => claim.kind === "domain");
  const period = claims.find((claim) => claim.kind === "period");
  return [
    ...(domain === undefined ? [] : [domainText(domain, by, name)]),
    ...(largest === undefined
      ? ["Its largest magnitude was not found."]
      : [largestText(largest.value, largest.basis, by)]),
    ...limitTexts(limits, by),
    ...(period === undefined ? [] : [`${name}(${by}) repeats itself every ${digits(period.period)}.`]),
    ...claims.flatMap((claim): readonly string[] => {
      if (claim.kind === "kink") return [kinkText(claim, by, period !== undefined)];
      if (claim.kind === "jump") {
        const { at, left, right } = claim;
        const again = period === undefined ? "" : ", and again every period";
        return [`A jump at ${by} ${equals(at)}${again}: ${name}(${by}) goes from ${digits(left)} to ${digits(right)}.`];
      }
      if (claim.kind === "open") {
        const [from, to] = claim.basis.foundOn;
        if (from === to) return ["Not every kink was looked for: the formula has too many conditions."];
        return [`Kinks were looked for on [${digits(from)}, ${digits(to)}] only.`];
      }
      return [];
    }),
  ];
}

function domainText({ ranges }: DomainClaim, by: string, name: string): string {
  const what = `${name}(${by})`;
  const [first, second] = ranges;
  if (first === undefined) return `${what} has no value for any ${by}.`;
  const gaps = ranges.slice(1).map(({ from }, i) => (ranges[i]?.to === from ? from : null));
  const isHoles = first.from === -Infinity && ranges.at(-1)?.to === Infinity && gaps.every((gap) => gap !== null);
  if (isHoles && second !== undefined)
    return `${what} has a value for every ${by} but ${listed(gaps.map((gap) => digits(gap ?? 0)))}.`;
  return `${what} has a value only for ${listed(
    ranges.map((range) => rangeText(range, by)),
    "or",
  )}.`;
}

function rangeText({ from, to, hasFrom, hasTo }: Range, by: string): string {
  if (from === to) return `${by} = ${digits(from)}`;
  if (to === Infinity) return `${by} ${hasFrom ? "≥" : ">"} ${digits(from)}`;
  if (from === -Infinity) return `${by} ${hasTo ? "≤" : "<"} ${digits(to)}`;
  return `${digits(from)} ${hasFrom ? "≤" : "<"} ${by} ${hasTo ? "≤" : "<"} ${digits(to)}`;
}

function largestText(largest: Largest, basis: Basis, by: string): string {
  if (basis !== "proved") {
    const [from, to] = basis.foundOn;
    const [at, size] = largest.kind === "points" ? [largest.at[0] ?? 0, largest.magnitude] : [0, 0];
    return `On [${digits(from)}, ${digits(to)}] the largest magnitude found is ${digits(size)}, at ${by} ≈ ${digits(at)}; elsewhere it may be larger.`;
  }
  if (largest.kind !== "unbounded" && largest.magnitude === 0) return "It is 0 wherever it has a value.";
  switch (largest.kind) {
    case "points": {
      const { at, isExact, magnitude } = largest;
      const places = listed(at.map((place) => `${by} ${equals(place, isExact)}`));
      return `Its magnitude is largest at ${places}: ${digits(magnitude)}.`;
    }
    case "many":
      return `Its magnitude is largest at more than one place, such as ${by} ${equals(largest.around)}: ${digits(largest.magnitude)}.`;
    case "approached":
      return `Its magnitude never exceeds ${digits(largest.magnitude)}, and comes as close to it as one likes ${toward(largest.toward, by)}.`;
    case "value":
      return `The largest magnitude is ${digits(largest.magnitude)}.`;
    case "unbounded":
      return `Its magnitude grows without bound ${toward(largest.toward, by)}.`;
  }
}

function toward(places: readonly (number | "minusInfinity" | "plusInfinity")[], by: string): string {
  const named = places.map((place) => {
    if (place === "minusInfinity") return `${by} → −∞`;
    return place === "plusInfinity" ? `${by} → ∞` : `${by} → ${digits(place)}`;
  });
  return `as ${listed(named)}`;
}

function limitTexts(limits: readonly LimitClaim[], by: string): readonly string[] {
  const clause = (side: LimitClaim["toward"]): string | null => {
    const found = limits.find((limit) => limit.toward === side);
    return found === undefined
      ? null
      : `as ${by} → ${side === "minusInfinity" ? "−∞" : "∞"} it ${limitText(found.value)}`;
  };
  const clauses = [clause("minusInfinity"), clause("plusInfinity")].filter((each) => each !== null);
  const missing = (["minusInfinity", "plusInfinity"] as const).filter(
    (side) => !limits.some((limit) => limit.toward === side),
  );
  const open = missing.map((side) => `${by} → ${side === "minusInfinity" ? "−∞" : "∞"}`);
  const isSmall = limits.length === 2 && limits.every(({ value }) => value === 0);
  return [
    ...(clauses.length === 0
      ? []
      : [`${capitalized(clauses.join(", "))}.${isSmall ? ` For large |${by}| its magnitude becomes small.` : ""}`]),
    ...(open.length === 0 ? [] : [`What it does as ${listed(open)} was not found.`]),
  ];
}

function limitText(value: LimitClaim["value"]): string {
  if (value === "oscillates") return "has no limit";
  if (value === "undefined") return "has no value";
  if (Number.isFinite(value)) return `tends to ${digits(value)}`;
  return value > 0 ? "grows without bound" : "falls without bound";
}

function kinkText({ at, isExact, left, right, used }: KinkClaim, by: string, isPeriodic: boolean): string {
  const place = `A kink at ${by} ${equals(at, isExact)}${isPeriodic ? ", and again every period" : ""}`;
  const sides = `the slope is ${digits(left)} on the left, ${digits(right)} on the right`;
  return used === null ? `${place}: ${sides}.` : `${place}: ${sides}; at the kink itself ${digits(used)} is used.`;
}

/** `a`, `a and b`, `a, b and c`. */
function listed(parts: readonly string[], word = "and"): string {
  const last = parts.at(-1) ?? "";
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(", ")} ${word} ${last}`;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `= 2`, or `≈ 1.41421` where six digits are not the whole number. */
function equals(value: number, isExact = true): string {
  return `${isExact && Number(value.toPrecision(6)) === value ? "=" : "≈"} ${digits(value)}`;
}

/** Six digits, with the minus sign of mathematics. */
function digits(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const isLong = Math.abs(value) >= 1e9;
  const text = isLong ? value.toExponential(5).replace(/\.?0*e\+/, "e") : String(Number(value.toPrecision(6)));
  return text.replaceAll("-", "−");
}
