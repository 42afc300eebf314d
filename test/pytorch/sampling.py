"""Turns a case into a network with numbers: weights, biases, inputs and targets.

Numbers are multiples of 1/64, which float32 holds exactly: an engine that computes in float32 starts from the same network
as PyTorch in float64, and only its arithmetic is compared.
"""

import math
import random
from typing import Any

import torch

from torch_network import evaluate, name_and_options

# The equations change here. A smooth activation is still to be probed on both sides of 0.
KINKS = {"identity": [], "softmax": [], "hardSigmoid": [-3.0, 3.0], "hardTanh": [-1.0, 1.0], "relu6": [0.0, 6.0]}
# How far the weighted inputs must spread to reach every piece.
SPREAD = {"hardSigmoid": 4.0, "hardTanh": 2.0, "relu6": 7.0}
# float32 arithmetic on numbers of size 10 errs by about 1e-5: it stays on the side of the kink that float64 is on.
KINK_MARGIN = 1e-3
# Below this a layer is dead (all its relus off, or saturated) and its gradient shows nothing.
LEAST_GRADIENT = 1e-3
MOST_ATTEMPTS = 20_000


def number(rng: random.Random, limit: float) -> float:
    """A multiple of 1/64 in [-limit, limit], never 0 (|w| has a kink there)."""
    most = max(1, round(64 * limit))
    value = rng.randrange(1, most + 1) / 64
    return value if rng.randrange(2) == 1 else -value


def matrix(rng: random.Random, rows: int, columns: int, limit: float) -> list[list[float]]:
    return [[number(rng, limit) for _ in range(columns)] for _ in range(rows)]


def probabilities(rng: random.Random, size: int) -> list[float]:
    """Multiples of 1/64 that sum to 1, some of them 0."""
    cuts = sorted(rng.randrange(65) for _ in range(size - 1))
    return [(high - low) / 64 for low, high in zip([0, *cuts], [*cuts, 64])]


def targets(rng: random.Random, case: dict) -> list:
    cost, _ = name_and_options(case["cost"])
    rows, width = case["batch"], case["widths"][-1]
    if cost == "crossEntropy":
        if case["targets"] == "labels":
            return [rng.randrange(width) for _ in range(rows)]
        return [probabilities(rng, width) for _ in range(rows)]
    if cost == "binaryCrossEntropy":
        # "probabilities": each output has its own, anywhere from 0 to 1; otherwise it is 0 or 1.
        step = 1 if case["targets"] == "probabilities" else 64
        return [[rng.randrange(0, 65, step) / 64 for _ in range(width)] for _ in range(rows)]
    if cost == "poisson":
        return [[float(rng.randrange(5)) for _ in range(width)] for _ in range(rows)]
    if cost == "hinge":
        return [[float(2 * rng.randrange(2) - 1) for _ in range(width)] for _ in range(rows)]
    return matrix(rng, rows, width, 2.0)


def draw(rng: random.Random, case: dict) -> dict:
    layers = []
    widths = case["widths"]
    for number_of_layer, (fan_in, units, activation) in enumerate(zip(widths, widths[1:], case["activations"]), start=1):
        spread = SPREAD.get(name_and_options(activation)[0], 1.0)
        has_bias = number_of_layer not in case["without_bias"]
        layer: dict[str, Any] = {"units": units, "activation": activation}
        if not has_bias:
            layer["bias"] = False
        layer["weights"] = matrix(rng, units, fan_in, spread * 2 / math.sqrt(fan_in))
        if has_bias:
            layer["biases"] = [number(rng, spread) for _ in range(units)]
        layers.append(layer)
    network: dict[str, Any] = {"inputs": widths[0], "cost": case["cost"]}
    if case["regularization"] is not None:
        network["regularization"] = case["regularization"]
    network["layers"] = layers
    network["examples"] = {"inputs": matrix(rng, case["batch"], widths[0], 2.0), "targets": targets(rng, case)}
    return network


def reaches_every_piece(values: torch.Tensor, kinks: list[float]) -> bool:
    """True when values lie in every piece between the kinks, none within KINK_MARGIN of one."""
    if any((values - kink).abs().min() < KINK_MARGIN for kink in kinks):
        return False
    ends = [-math.inf, *kinks, math.inf]
    return all(((values > low) & (values < high)).any() for low, high in zip(ends, ends[1:]))


def cost_is_probed(network: dict, a: torch.Tensor) -> bool:
    """As for activations: the difference a - t of absolute error and Huber, the margin t·a of hinge."""
    name, options = name_and_options(network["cost"])
    if name not in ("meanAbsoluteError", "huber", "hinge"):
        return True
    t = torch.tensor(network["examples"]["targets"], dtype=torch.float64)
    if name == "hinge":
        return reaches_every_piece(t * a, [1.0])
    delta = options.get("delta", 1.0)
    if name == "huber":
        # On |a - t|: a batch of one with two outputs cannot reach all three pieces, but it can lie inside and outside.
        return reaches_every_piece((a - t).abs(), [delta])
    return reaches_every_piece(a - t, [0.0])


def is_telling(network: dict, expected: dict) -> bool:
    for layer, values in zip(network["layers"], expected["layers"]):
        name, _ = name_and_options(layer["activation"])
        if not reaches_every_piece(values["z"], KINKS.get(name, [0.0])):
            return False
        if values["delta"].abs().max() < LEAST_GRADIENT:
            return False
    return cost_is_probed(network, expected["layers"][-1]["a"])


def sample(name: str, case: dict) -> dict:
    """The first network that probes every piece of its functions; seeded by the name, so cases do not affect each other."""
    rng = random.Random(name)
    for _ in range(MOST_ATTEMPTS):
        network = draw(rng, case)
        expected = evaluate(network)
        if is_telling(network, expected):
            return {"name": name, "network": network, "expected": expected}
    raise RuntimeError(f"{name}: no network in {MOST_ATTEMPTS} attempts probes every piece; widen SPREAD or the layers")
