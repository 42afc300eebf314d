"""Checks what `derive` claims of functions against mpmath with 50 digits and, with --sympy, against SymPy's limits.

Reads a JSON list of {"seed", "text", "claims"} from standard input; prints one JSON object with the number of claims checked
and everything that contradicts one. The derivative is that of central differences of the function itself.
"""

import json
import signal
import sys

from mpmath import mp, mpf

mp.dps = 50
H = mpf(10) ** -20


class Undefined(Exception):
    pass


class TooLarge(Undefined):
    """A value that takes too long to compute; there is one all the same."""


def real(value):
    if isinstance(value, bool) or isinstance(value, int):
        return mpf(value)
    if not isinstance(value, mpf):
        raise Undefined
    if mp.isnan(value) or mp.isinf(value):
        raise Undefined
    return value


def exp(u):
    if abs(u) > 1e7:
        raise TooLarge
    return mp.exp(u)


def log(u):
    if u <= 0:
        raise Undefined
    return mp.log(u)


def sqrt(u):
    if u < 0:
        raise Undefined
    return mp.sqrt(u)


def sign(u):
    return mpf((u > 0) - (u < 0))


def power(u, v):
    if v == int(v) and abs(v) < 1e9:
        if u == 0 and v < 0:
            raise Undefined
        return u ** int(v)
    if u < 0 or (u == 0 and v < 0):
        raise Undefined
    if u == 0:
        return mpf(0)
    return exp(v * mp.log(u))


def divide(u, v):
    if v == 0:
        raise Undefined
    return u / v


def sigmoid(u):
    return 1 / (1 + exp(-u))


def softplus(u):
    if u > 1e6:
        return u
    return u + mp.log1p(mp.exp(-u)) if u > 0 else mp.log1p(exp(u))


def logcosh(u):
    a = abs(u)
    return a + mp.log1p(mp.exp(max(-2 * a, mpf(-1000000)))) - mp.log(2)


def clamp(u):
    if abs(u) > 1e7:
        raise TooLarge
    return u


def waved(f):
    def g(u):
        if abs(u) > mpf(10) ** 30:
            raise TooLarge
        return f(u)

    return g


NAMES = {
    "exp": exp, "log": log, "sqrt": sqrt, "abs": abs, "sin": waved(mp.sin), "cos": waved(mp.cos),
    "tanh": lambda u: mp.tanh(u) if abs(u) < 1e6 else sign(u), "sigmoid": sigmoid, "softplus": softplus,
    "relu": lambda u: max(u, mpf(0)), "erf": lambda u: mp.erf(u) if abs(u) < 1e4 else sign(u),
    "cosh": lambda u: mp.cosh(clamp(u)), "sinh": lambda u: mp.sinh(clamp(u)), "sign": sign, "logcosh": logcosh,
    "expm1": lambda u: mp.expm1(clamp(u)), "log1p": lambda u: log(1 + u), "max": max, "min": min,
    "power": power, "divide": divide, "mpf": mpf, "e": +mp.e, "pi": +mp.pi, "exponential": exp,
}


def negative_overflow_guard(f):
    def g(z):
        try:
            return real(f(z))
        except (OverflowError, ValueError, ZeroDivisionError, TypeError, MemoryError):
            raise Undefined

    return g


def compiled(source):
    return negative_overflow_guard(eval("lambda z: " + source, dict(NAMES)))


def slope(f, z, h=None):
    h = H * max(1, abs(z)) if h is None else h
    return (f(z + h) - f(z - h)) / (2 * h)


def tried(compute):
    try:
        return compute()
    except Undefined:
        return None


def number(value):
    return {"Infinity": mp.inf, "-Infinity": -mp.inf}.get(value, value) if isinstance(value, str) else mpf(value)


def samples(seed):
    state = seed & 0xFFFFFFFF
    points = []
    for i in range(200):
        state = (1664525 * state + 1013904223) & 0xFFFFFFFF
        u = mpf(state) / 2**32
        if i < 80:
            z = -25 + 50 * u
        elif i < 180:
            z = (1 if i % 2 else -1) * mpf(10) ** (-6 + 12 * u)
        else:
            z = (1 if i % 2 else -1) * (mpf(10) ** 6) * u
        points.append(z)
    return points


def far(f, side):
    found = []
    for k in (2, 3, 4, 5, 6, 8, 10, 14, 20, 30, 50, 100, 300):
        z = side * mpf(10) ** k * mpf("1.37")
        # The step must be small for waves and large against the last digit.
        mp.dps = 50 + 2 * k
        g = tried(lambda: slope(f, z, mpf(10) ** -(25 + k // 2)))
        mp.dps = 50
        if g is not None and abs(f(z)) < mpf(10) ** 40 * max(1, abs(g)):
            found.append((z, g))
    return found


def check_limit(f, claim, wrong):
    side = 1 if claim["toward"] == "plusInfinity" else -1
    value = claim["value"]
    found = far(f, side)
    if value == "undefined":
        if tried(lambda: f(side * mpf(10) ** 6 * mpf("1.37"))) is not None and tried(lambda: f(side * mpf(10) ** 9)) is not None:
            wrong.append(f"limit {claim}: has values")
        return
    if len(found) < 2:
        return
    if value == "oscillates":
        values = [g for g in (tried(lambda: slope(f, side * (mpf(10) ** 5 + mpf(j) * mpf("0.37")))) for j in range(120)) if g is not None]
        if len(values) > 10 and max(values) - min(values) <= mpf("1e-9") * max(abs(v) for v in values):
            wrong.append(f"limit {claim}: does not vary")
        return
    goal = number(value)
    (_, before), (z, last) = found[-2], found[-1]
    if mp.isinf(goal):
        if sign(last) != sign(goal) or not abs(last) >= abs(before):
            wrong.append(f"limit {claim}: {mp.nstr(before, 8)}, {mp.nstr(last, 8)} at {mp.nstr(z, 5)}")
        return
    distance, earlier = abs(last - goal), abs(before - goal)
    if distance > mpf("1e-6") * max(1, abs(goal)) and not distance < earlier:
        wrong.append(f"limit {claim}: {mp.nstr(last, 12)} at {mp.nstr(z, 5)}")


def has_digits(f, z):
    """Whether the function's own size leaves digits for a difference: e^1000000 + z does not."""
    value = tried(lambda: f(z))
    return value is not None and abs(value) < mpf(10) ** 12


def check_largest(f, claim, points, wrong):
    value, basis = claim["value"], claim["basis"]
    if value["kind"] == "unbounded":
        for place in value["toward"]:
            if isinstance(place, str):
                side = 1 if place == "plusInfinity" else -1
                sizes = [max([abs(g) for g in (tried(lambda: slope(f, side * (mpf(10) ** k + mpf(j) * mpf("0.37")))) for j in range(60)) if g is not None] or [None]) for k in (2, 4, 6)]
                known = [s for s in sizes if s is not None]
                if len(known) > 1 and not known[-1] > known[0]:
                    wrong.append(f"unbounded toward {place}: {[mp.nstr(s, 6) for s in known]}")
            else:
                sizes = []
                for k in (3, 6, 9):
                    close = [abs(g) for j in range(40) for s in (1, -1) for g in [tried(lambda: slope(f, mpf(place) + s * mpf(10) ** -k * (1 + mpf(j) / 40), mpf(10) ** -25))] if g is not None]
                    if close:
                        sizes.append(max(close))
                if len(sizes) > 1 and not sizes[-1] > sizes[0]:
                    wrong.append(f"unbounded toward {place}: {[mp.nstr(s, 6) for s in sizes]}")
        return
    low, high = (number(b) for b in value["bounds"])
    size = mpf(value["magnitude"])
    if basis != "proved":
        for at in value["at"]:
            g = tried(lambda: slope(f, mpf(at)))
            if g is not None and abs(abs(g) - size) > mpf("1e-4") * max(size, mpf("1e-300")) and size < 1e9:
                wrong.append(f"found {claim}: {mp.nstr(g, 10)}")
        return
    for z in points:
        g = tried(lambda: slope(f, z)) if has_digits(f, z) else None
        if g is not None and abs(g) > high * (1 + mpf("1e-8")) + mpf("1e-25"):
            # A difference over a jump is no slope.
            closer = tried(lambda: slope(f, z, mpf(10) ** -30))
            if closer is not None and abs(closer) > high * (1 + mpf("1e-8")) + mpf("1e-25"):
                wrong.append(f"largest {claim}: {mp.nstr(g, 12)} at {mp.nstr(z, 12)}")
                break
    near = value.get("at", [value["around"]] if "around" in value else [t for t in value.get("toward", []) if not isinstance(t, str)])
    for at in near:
        sizes = [abs(g) for d in (0, mpf("1e-9"), -mpf("1e-9"), mpf("1e-7"), -mpf("1e-7")) for g in [tried(lambda: slope(f, mpf(at) + d * max(1, abs(mpf(at)))))] if g is not None]
        if sizes and has_digits(f, mpf(at)) and max(sizes) < low * (1 - mpf("1e-4")):
            wrong.append(f"largest {claim}: only {mp.nstr(max(sizes), 12)} near {at}")


def check_kink(f, claim, wrong):
    at = mpf(claim["at"])
    h = mpf("1e-8") * (abs(at) if at != 0 else 1)
    for side, key in ((-1, "left"), (1, "right")):
        told = number(claim[key])
        if claim["kind"] == "jump":
            got = tried(lambda: f(at + side * h))
        else:
            got = tried(lambda: slope(f, at + side * h, h / 1000))
        if got is None:
            wrong.append(f"{claim}: no value {key}")
        elif mp.isinf(told):
            if abs(got) < 100:
                wrong.append(f"{claim}: {key} {mp.nstr(got, 8)}")
        elif abs(got - told) > mpf("1e-3") * max(abs(told), mpf("1e-2") if told == 0 else abs(told)):
            closer = tried(lambda: f(at + side * h / 10**4) if claim["kind"] == "jump" else slope(f, at + side * h / 10**4, h / 10**8))
            if closer is None or abs(closer - told) > abs(got - told) / 2:
                wrong.append(f"{claim}: {key} {mp.nstr(got, 10)}")


def check_missed_kinks(f, claims, wrong):
    """Where slopes a tiny way apart differ, a kink, a jump, a pole or an end of the domain should be told."""
    if any(c["kind"] in ("open", "period") for c in claims):
        return 0
    told = [mpf(c["at"]) for c in claims if c["kind"] in ("kink", "jump")]
    checked = 0
    grid = [mpf(j) / 2 + mpf("0.0137") for j in range(-50, 51)] + [mpf(s) * mpf(x) for s in (1, -1) for x in (49.3, 60, 99, 400, 999.2, 1001.7, 1e4, 9e5, 1.1e6)]
    grid.sort()
    for a, b in zip(grid, grid[1:]):
        ga, gb = tried(lambda: slope(f, a)), tried(lambda: slope(f, b))
        if ga is None or gb is None or ga == gb:
            continue
        low, high, gl, gh = a, b, ga, gb
        for _ in range(70):
            m = (low + high) / 2
            gm = tried(lambda: slope(f, m, mpf(10) ** -22 * max(1, abs(m))))
            if gm is None:
                break
            if abs(gm - gl) > abs(gh - gm):
                high, gh = m, gm
            else:
                low, gl = m, gm
            if high - low < mpf(10) ** -16 * max(1, abs(low)):
                break
        else:
            continue
        if tried(lambda: f(low)) is None or high - low > mpf("1e-10") * max(1, abs(low)):
            continue
        checked += 1
        if abs(gh - gl) <= mpf("1e-6") * max(abs(gh), abs(gl)) or max(abs(gh), abs(gl)) > 1e12 or max(abs(gh), abs(gl)) < mpf("1e-12"):
            continue
        if not any(abs(t - low) <= mpf("1e-6") * max(1, abs(low)) for t in told):
            wrong.append(f"missed kink at {mp.nstr(low, 12)}: slopes {mp.nstr(gl, 8)}, {mp.nstr(gh, 8)}")
    return checked


def check_domain(f, claim, points, wrong):
    ranges = [(number(r["from"]), number(r["to"])) for r in claim["ranges"]]
    for z in points:
        inside = any(a < z < b for a, b in ranges)
        try:
            has_value = f(z) is not None
        except TooLarge:
            continue
        except Undefined:
            has_value = False
        if inside != has_value and abs(z) < 100:
            wrong.append(f"domain {claim}: {mp.nstr(z, 12)}")
            return


class Late(Exception):
    pass


def late(*_):
    raise Late


def sympy_limit(source, side):
    import sympy

    z = sympy.Symbol("z", real=True)
    names = {name: getattr(sympy, name) for name in ("exp", "log", "sqrt", "sin", "cos", "tanh", "erf", "cosh", "sinh", "sign")}
    names |= {"abs": sympy.Abs, "max": sympy.Max, "min": sympy.Min, "e": sympy.E, "pi": sympy.pi, "z": z}
    names |= {"power": lambda u, v: u**v, "divide": lambda u, v: u / v, "mpf": sympy.Rational, "exponential": sympy.exp}
    names |= {"sigmoid": lambda u: 1 / (1 + sympy.exp(-u)), "softplus": lambda u: sympy.log(1 + sympy.exp(u))}
    names |= {"relu": lambda u: sympy.Max(0, u), "logcosh": lambda u: sympy.log(sympy.cosh(u)), "log1p": lambda u: sympy.log(1 + u)}
    f = eval(source, names)
    return sympy.limit(sympy.diff(f, z), z, sympy.oo if side > 0 else -sympy.oo)


def check_sympy(source, claim, wrong):
    """1 when SymPy gave a verdict, 0 when it did not within its time."""
    if " if " in source or claim["value"] in ("undefined", "oscillates"):
        return 0
    signal.signal(signal.SIGALRM, late)
    signal.alarm(6)
    try:
        found = sympy_limit(source, 1 if claim["toward"] == "plusInfinity" else -1)
        value = complex(found) if found.is_finite else (float("inf") if str(found) == "oo" else float("-inf") if str(found) == "-oo" else None)
    except (Late, Exception):
        return 0
    finally:
        signal.alarm(0)
    if value is None or (isinstance(value, complex) and (value.imag != 0 or value.real != value.real)):
        return 0
    told = float(number(claim["value"]))
    got = value.real if isinstance(value, complex) else value
    if got != told and not abs(got - told) <= 1e-6 * max(1, abs(told)):
        wrong.append(f"sympy: {claim} is {got}")
    return 1


def main():
    counts = {"functions": 0, "claims": {}, "proved": 0, "sympy": 0, "kinkSearches": 0, "late": 0}
    wrong = []
    for item in json.load(sys.stdin):
        counts["functions"] += 1
        f = compiled(item["python"])
        points = samples(item["seed"])
        mine = []
        for claim in item["claims"]:
            kind = claim["kind"]
            counts["claims"][kind] = counts["claims"].get(kind, 0) + 1
            counts["proved"] += claim["basis"] == "proved"
            if kind == "limit" and "--sympy" in sys.argv:
                counts["sympy"] += check_sympy(item["python"], claim, mine)
        signal.signal(signal.SIGVTALRM, late)
        signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
        try:
            check_claims(f, item["claims"], points, mine)
            if "--kinks" in sys.argv:
                counts["kinkSearches"] += check_missed_kinks(f, item["claims"], mine)
        except Late:
            counts["late"] += 1
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        if mine:
            wrong.append({"seed": item["seed"], "text": item["text"], "wrong": mine})
    print(json.dumps({"counts": counts, "wrong": wrong}))


def check_claims(f, claims, points, mine):
    for claim in claims:
        kind = claim["kind"]
        if kind == "limit":
            check_limit(f, claim, mine)
        elif kind == "largest":
            check_largest(f, claim, points, mine)
        elif kind in ("kink", "jump"):
            check_kink(f, claim, mine)
        elif kind == "domain":
            check_domain(f, claim, points, mine)
        elif kind == "period":
            for z in points[:20]:
                a, b = tried(lambda: f(z)), tried(lambda: f(z + mpf(claim["period"])))
                if a is not None and b is not None and abs(a - b) > mpf("1e-6") * max(1, abs(a)):
                    mine.append(f"period {claim}: {mp.nstr(z, 8)}")
                    break


# Some functions take minutes with hundreds of digits; what was checked until then counts.
SECONDS = 8

main()
