"""Writes elementary.csv: values of the elementary functions at float32 arguments, to 17 digits, from mpmath.

Run with Debian's python3-mpmath: /usr/bin/python3 kernels/elementary.py > kernels/elementary.csv
Each line: function, argument as the hexadecimal bits of a float32 (for pow two, joined by "^"), value as a float64.
"""

import random
import struct

from mpmath import mp, mpf, cos, erf, exp, expm1, log, log1p, nstr, pi, sin, tanh

mp.prec = 300
random.seed(1)


def rounded(x):
    return struct.unpack("<f", struct.pack("<f", x))[0]


def bits(x):
    return format(struct.unpack("<I", struct.pack("<f", x))[0], "08x")


def of_bits(b):
    return struct.unpack("<f", struct.pack("<I", b))[0]


def sigmoid(x):
    return 1 / (1 + exp(-x))


def logarithmic(low, high, count):
    """Of either sign, evenly spread over the powers of two from 2^low to 2^high."""
    sizes = [rounded(2 ** random.uniform(low, high)) for _ in range(count)]
    return sizes + [-x for x in sizes]


def uniform(low, high, count):
    return [rounded(random.uniform(low, high)) for _ in range(count)]


def near(center, count=12):
    """The float32 neighbors of a number on both sides."""
    b = struct.unpack("<I", struct.pack("<f", center))[0]
    return [of_bits(b + d) for d in range(-count // 2, count // 2 + 1)]


denormal = [of_bits(b) for b in (1, 2, 3, 0x7FFFF, 0x7FFFFF, 0x800000, 0x800001)]
tiny = denormal + [-x for x in denormal]

points = {
    "exp": (exp, logarithmic(-30, 7, 60) + uniform(-104, 89, 200) + uniform(-0.4, 0.4, 60) + near(-87.33655) + near(88.72284) + near(-103.97208) + tiny),
    "expm1": (expm1, logarithmic(-30, 6.4, 100) + uniform(-20, 88, 60) + uniform(-1.1, 1.1, 150) + near(-0.29) + near(0.41) + tiny),
    "log": (log, [abs(x) for x in logarithmic(-149, 128, 60)] + uniform(0.4, 2.2, 200) + near(1.0, 40) + near(0.70710678) + near(1.41421356) + denormal + near(3.4028234e38, 0)),
    "log1p": (log1p, logarithmic(-30, -1, 80) + [abs(x) for x in logarithmic(-2, 128, 40)] + uniform(-0.999, 3, 150) + near(-0.99999) + tiny),
    "sin": (sin, logarithmic(-30, 13.2, 80) + uniform(-10000, 10000, 100) + [y for n in (1, 2, 3, 4, 355, 710, 1065, 3183) for y in near(float(n * pi), 4)] + tiny),
    "cos": (cos, logarithmic(-30, 13.2, 80) + uniform(-10000, 10000, 100) + [y for n in (1, 3, 5, 7, 355, 711, 2131) for y in near(float(n * pi / 2), 4)] + tiny),
    "tanh": (tanh, logarithmic(-30, 4, 100) + uniform(-10, 10, 150) + uniform(-1, 1, 80) + near(0.625) + near(9.01) + tiny),
    "sigmoid": (sigmoid, logarithmic(-30, 6.6, 100) + uniform(-104, 30, 150) + uniform(-18, 2, 200) + near(-16.6, 60) + near(-87.3) + tiny),
    "erf": (erf, logarithmic(-30, 2, 100) + uniform(-4.2, 4.2, 200) + near(1.0) + near(3.92) + tiny),
}

for name, (function, arguments) in points.items():
    for x in arguments:
        value = function(mpf(x))
        print(f"{name},{bits(x)},{nstr(value, 17, min_fixed=0, max_fixed=0)}")

bases = [abs(x) for x in logarithmic(-20, 20, 40)] + uniform(0.5, 2, 80) + near(1.0, 10) + [rounded(0.9), rounded(0.999), 2.0, 10.0]
for base in bases:
    limit = min(abs(100 / log(mpf(base))), mpf(2) ** 30) if base != 1 else mpf(1000)
    for exponent in (rounded(float(random.uniform(-1, 1) * limit)), rounded(random.uniform(-3, 3))):
        value = mpf(base) ** mpf(exponent)
        if 1e-45 < value < 3.4e38:
            print(f"pow,{bits(base)}^{bits(exponent)},{nstr(value, 17, min_fixed=0, max_fixed=0)}")
for base, exponent in ((-2.0, 3.0), (-3.0, 4.0), (-1.5, -7.0), (-0.5, 149.0), (-10.0, 37.0)):
    print(f"pow,{bits(base)}^{bits(exponent)},{nstr(mpf(base) ** int(exponent), 17, min_fixed=0, max_fixed=0)}")
