"""Derives the polynomials of elementary.ts: near-minimax fits (mpmath's Chebyshev fit), printed as AssemblyScript.

Run with Debian's python3-mpmath: /usr/bin/python3 kernels/coefficients.py
Each line says the function that is fitted, the interval, and the largest absolute error of the fit before rounding.
"""

from mpmath import mp, mpf, chebyfit, cos, erf, erfc, exp, expm1, log, log1p, pi, sin, sqrt, tanh, taylor, nstr

mp.prec = 120


def removable(f, order=24):
    """f with its removable singularity at 0 bridged, for chebyfit samples close to it."""
    return lambda x: f(x if abs(x) > mpf(10) ** -9 else mpf(10) ** -9)


def fit(name, text, f, low, high, terms):
    coefficients, error = chebyfit(removable(f), [mpf(low), mpf(high)], terms, error=True)
    print(f"// {text} on [{nstr(mpf(low), 5)}, {nstr(mpf(high), 5)}], fit error {nstr(error, 2)}")
    for power, c in zip(range(terms - 1, -1, -1), coefficients):
        print(f"const {name}_{power}: f64 = {nstr(c, 17)};")
    print()


half_ln2 = log(2) / 2
fit("EXP", "(e^r - 1 - r) / r^2", lambda r: (expm1(r) - r) / r**2, -half_ln2, half_ln2, 6)
fit("EXPM1", "(e^r - 1 - r) / r^2", lambda r: (expm1(r) - r) / r**2, "-0.29", "0.41", 6)
fit("LOG", "(log(1+f) - f + f^2/2) / f^3", lambda f: (log1p(f) - f + f * f / 2) / f**3, sqrt(mpf(1) / 2) - 1, sqrt(mpf(2)) - 1, 9)
fit("TANH", "(tanh(sqrt s) / sqrt s - 1) / s", lambda s: (tanh(sqrt(s)) / sqrt(s) - 1) / s, "0", "0.390625", 6)
fit("ERF", "erf(sqrt s) / sqrt s - 1", lambda s: erf(sqrt(s)) / sqrt(s) - 1, "0", "1", 8)
fit("ERFC", "-log(erfc x)", lambda x: -log(erfc(x)), "1", "4", 9)
fit("SIN", "(sin(sqrt s) / sqrt s - 1) / s", lambda s: (sin(sqrt(s)) / sqrt(s) - 1) / s, "0", (pi / 4) ** 2, 5)
fit("COS", "(cos(sqrt s) - 1) / s", lambda s: (cos(sqrt(s)) - 1) / s, "0", (pi / 4) ** 2, 6)
