import type { Draw } from "../random-answers.ts";

/** What a stranger may write where a name or a number is expected; each would run, forge or break something. */
export const hostileTexts: readonly string[] = [
  "<img src=x onerror=alert(1)>",
  '"><script>alert(1)</script>',
  "'\"><svg onload=alert(1)>",
  "</style></title></svg></math><script>fetch('https://hostile.test/')</script>",
  "</script><script>alert(1)</script>",
  "]]><iframe src=javascript:alert(1)></iframe>",
  '" onmouseover="alert(1)" autofocus onfocus="alert(1)" x="',
  "javascript:alert(1)",
  "<!--",
  "&lt;b&gt;&amp;&#60;script&#62;",
  '<meta http-equiv=refresh content="0;url=https://hostile.test/">',
  '<link rel=stylesheet href="https://hostile.test/a.css"><base href="https://hostile.test/">',
  "\u001b[2J\u001b]0;hostile\u0007\u009b31m",
  "a\nfalse row\r\nfalse row\u2028false row",
  "\u202egnp.exe\u2066\u200b\u200f\ufeff",
  "\ud800x\udc00",
  "\u0000",
  "",
  " ",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "x".repeat(20_000),
  "../../../../etc/passwd",
  "${alert(1)}{{7*7}}",
  "=HYPERLINK(1)",
  "\\input{/etc/passwd}$\\href{x}{y}$%",
  "NaN",
  "1e999",
  "٣",
];

const hostileNumbers: readonly number[] = [0, -0, -1, 1.5, 3, 1e-320, 1e300, -1e308, 2 ** 31, 2 ** 53, 2 ** 64];

/** Any of them. */
export function drawnText(draw: Draw): string {
  return hostileTexts[draw(hostileTexts.length)] ?? "";
}

/** A value of any kind of JSON. */
function drawnValue(draw: Draw): unknown {
  switch (draw(10)) {
    case 0:
      return null;
    case 1:
      return draw(2) === 0;
    case 2:
    case 3:
      return hostileNumbers[draw(hostileNumbers.length)];
    case 4:
      return [];
    case 5:
      return {};
    case 6:
      return [drawnText(draw)];
    case 7:
      return { toString: 1, [drawnText(draw) || "x"]: 2 };
    default:
      return drawnText(draw);
  }
}

/** Where a value stands in a tree: the object or list that holds it, and its key there. */
interface Spot {
  readonly holder: Record<string, unknown>;
  readonly key: string;
}

function spotsOf(value: unknown): readonly Spot[] {
  const spots: Spot[] = [];
  const visit = (each: unknown): void => {
    if (typeof each !== "object" || each === null) return;
    // Lists are changed by their indices as objects by their keys.
    const holder = each as Record<string, unknown>;
    for (const key of Object.keys(holder)) {
      spots.push({ holder, key });
      visit(holder[key]);
    }
  };
  visit(value);
  return spots;
}

/**
 * A text of JSON in which one to eight texts are others, and numbers slightly others: what a reader that looks at types alone
 * lets pass.
 */
export function sameKindsJson(json: unknown, draw: Draw): string {
  const copy: unknown = structuredClone(json);
  const spots = spotsOf(copy).filter(({ holder, key }) => ["string", "number"].includes(typeof holder[key]));
  const texts = spots.filter(({ holder, key }) => typeof holder[key] === "string");
  for (let changes = 1 + draw(8); changes > 0; changes -= 1) {
    const among = draw(4) === 0 ? spots : texts;
    const { holder, key } = among[draw(among.length)] ?? { holder: {}, key: "" };
    const value = holder[key];
    holder[key] = typeof value === "number" ? value * (0.5 + draw(4)) : drawnText(draw);
  }
  return JSON.stringify(copy);
}

/** A text of JSON with one to three changes: of a value, of a key, or of the text itself. */
export function changedJson(json: unknown, draw: Draw): string {
  const copy: unknown = structuredClone(json);
  for (let changes = 1 + draw(3) * draw(2); changes > 0; changes -= 1) {
    const spots = spotsOf(copy);
    const spot = spots[draw(spots.length)];
    if (spot === undefined) break;
    const { holder, key } = spot;
    const kind = draw(8);
    if (kind === 0 && !Array.isArray(holder)) Reflect.deleteProperty(holder, key);
    else if (kind === 1 && !Array.isArray(holder)) holder[drawnText(draw) || "more"] = drawnValue(draw);
    else if (kind === 2 && Array.isArray(holder)) holder.splice(Number(key), draw(2), drawnValue(draw));
    else holder[key] = drawnValue(draw);
  }
  const text = JSON.stringify(copy);
  switch (draw(20)) {
    case 0:
      return text.replace(/"(\w+)":/, (found: string, name: string) => `"${name}":1,${found}`);
    case 1:
      return text.replace("{", '{"__proto__":{"units":1},');
    case 2:
      return text.replace(/[:[]/, (sign) => `${sign}${"[".repeat(5000)}`);
    case 3:
      return changedText(text, draw);
    default:
      return text;
  }
}

/** A text with a few changes: pieces left out, doubled, moved or put in. */
export function changedText(text: string, draw: Draw): string {
  let changed = text;
  for (let changes = 1 + draw(3); changes > 0; changes -= 1) {
    const at = draw(changed.length + 1);
    const length = draw(12);
    const [before, piece, after] = [changed.slice(0, at), changed.slice(at, at + length), changed.slice(at + length)];
    const other = draw(changed.length + 1);
    const moved = changed.slice(other, other + 1 + draw(4));
    const put = [drawnText(draw), "", piece + piece, String.fromCharCode(draw(256)), moved, moved][draw(6)] ?? "";
    changed = before + put + (draw(2) === 0 ? piece : "") + after;
  }
  return changed;
}

/** A text in which one of its words, numbers or quoted texts is another. */
export function changedWord(text: string, draw: Draw): string {
  const words = [...text.matchAll(/"[^"\n]*"|[\w.^-]+/g)];
  const word = words[draw(words.length)];
  if (word === undefined) return changedText(text, draw);
  return text.slice(0, word.index) + drawnText(draw) + text.slice(word.index + word[0].length);
}

/** Bytes with a few changes. */
export function changedBytes(bytes: Uint8Array, draw: Draw): Uint8Array<ArrayBuffer> {
  const cut = draw(4) === 0 ? draw(bytes.length + 1) : bytes.length;
  const changed = Uint8Array.from(bytes.subarray(0, cut));
  for (let changes = 1 + draw(4); changes > 0 && changed.length > 0; changes -= 1) {
    // Headers are in front, and what they say counts most.
    const at = draw(2) === 0 ? draw(Math.min(64, changed.length)) : draw(changed.length);
    changed[at] = draw(3) === 0 ? 255 : draw(256);
  }
  return changed;
}
