"""Which networks are compared. Widths within a network and its batch size all differ, so that no transposed matrix passes."""

from typing import Any, Optional

STEEP = {"name": "leakyRelu", "slope": 0.2}
HALF_HUBER = {"name": "huber", "delta": 0.5}


def case(
    widths: list[int],
    activations: list,
    cost: Any,
    batch: int,
    targets: Optional[str] = None,
    without_bias: tuple[int, ...] = (),
    regularization: Optional[dict] = None,
) -> dict:
    """`widths`: inputs, then units of layers 1 … L. `without_bias`: layers counted from 1. `targets`: see sampling.py."""
    if len(set(widths + [batch])) != len(widths) + 1 or len(activations) != len(widths) - 1:
        raise ValueError(f"widths {widths} and batch {batch} must differ, one activation per layer")
    return {
        "widths": widths,
        "activations": activations,
        "cost": cost,
        "batch": batch,
        "targets": targets,
        "without_bias": without_bias,
        "regularization": regularization,
    }


CASES = [
    # One layer: every activation as an output.
    case([3, 2], ["identity"], "quadratic", 5),
    case([4, 3], ["sigmoid"], "binaryCrossEntropy", 6),
    case([5, 3], ["softmax"], "crossEntropy", 7, "labels"),
    case([2, 4], ["softmax"], "crossEntropy", 3, "probabilities", without_bias=(1,)),
    case([7, 2], ["tanh"], "meanSquaredError", 4),
    case([6, 5], ["softplus"], "poisson", 3),
    case([17, 3], ["identity"], "meanAbsoluteError", 4),
    case([3, 2], ["identity"], "hinge", 7),
    case([2, 3], ["softmax"], "quadratic", 4),
    case([3, 2], ["relu"], "meanSquaredError", 6),
    case([4, 2], ["leakyRelu"], "huber", 5),
    case([1, 3], [STEEP], "logCosh", 4),
    case([2, 5], ["elu"], "meanAbsoluteError", 3),
    case([5, 2], ["selu"], "logCosh", 4),
    case([3, 4], ["celu"], "quadratic", 2),
    case([4, 3], ["gelu"], "meanSquaredError", 5),
    case([3, 2], ["geluTanh"], "quadratic", 4),
    case([2, 3], ["silu"], HALF_HUBER, 6, without_bias=(1,)),
    case([5, 3], ["mish"], "logCosh", 2),
    case([4, 2], ["softsign"], "meanAbsoluteError", 5),
    case([3, 4], ["hardSigmoid"], "quadratic", 5),
    case([2, 4], ["hardTanh"], "meanSquaredError", 3),
    case([4, 3], ["relu6"], "huber", 5),
    # Two layers: every activation in front of another layer.
    case([2, 3, 1], ["sigmoid", "sigmoid"], "quadratic", 4),
    case([4, 6, 3], ["relu", "softmax"], "crossEntropy", 5, "labels"),
    case([3, 5, 2], ["leakyRelu", "identity"], "huber", 6),
    case([5, 4, 2], [STEEP, "sigmoid"], "binaryCrossEntropy", 7),
    case([6, 3, 4], ["elu", "identity"], HALF_HUBER, 5, without_bias=(1,)),
    case([2, 7, 3], ["selu", "identity"], "logCosh", 4),
    case([9, 4, 2], ["celu", "softplus"], "poisson", 3),
    case([3, 8, 5], ["gelu", "softmax"], "crossEntropy", 4, "probabilities"),
    case([5, 9, 4], ["geluTanh", "identity"], "meanSquaredError", 2),
    case([4, 5, 7], ["silu", "identity"], "meanAbsoluteError", 3, without_bias=(2,)),
    case([8, 2, 3], ["mish", "softmax"], "crossEntropy", 6, "labels", regularization={"l2": 0.02}),
    case([7, 6, 1], ["softplus", "identity"], "quadratic", 4),
    case([1, 4, 6], ["softsign", "tanh"], "logCosh", 5),
    case([3, 6, 2], ["hardSigmoid", "identity"], "meanSquaredError", 7),
    case([6, 7, 3], ["hardTanh", "identity"], "hinge", 5),
    case([2, 5, 4], ["relu6", "identity"], "meanAbsoluteError", 6),
    case([4, 13, 3], ["tanh", "softmax"], "crossEntropy", 5, "labels", regularization={"l1": 0.01}),
    # Three layers.
    case([3, 5, 4, 2], ["relu", "tanh", "identity"], "huber", 6),
    case([5, 7, 3, 2], ["gelu", "silu", "sigmoid"], "binaryCrossEntropy", 4, "probabilities"),
    case([2, 6, 5, 3], ["sigmoid", "sigmoid", "softmax"], "meanSquaredError", 4),
    case([4, 8, 6, 3], ["tanh", "hardTanh", "identity"], "hinge", 5, regularization={"l1": 0.01, "l2": 0.02}),
    case([6, 1, 4, 5], ["softsign", "elu", "softplus"], "poisson", 3, without_bias=(1, 3)),
    case([9, 5, 2, 4], ["mish", "celu", "softmax"], "crossEntropy", 7, "probabilities"),
    case([3, 7, 2, 6], ["selu", "geluTanh", "hardSigmoid"], "meanSquaredError", 4),
    case([8, 5, 4, 2], ["identity", "identity", "identity"], "quadratic", 3, without_bias=(1, 2, 3)),
    # Four layers.
    case([4, 6, 5, 3, 2], ["relu", "relu", "relu", "softmax"], "crossEntropy", 7, "labels", without_bias=(2,)),
    case([2, 5, 7, 4, 3], ["sigmoid", "sigmoid", "sigmoid", "sigmoid"], "binaryCrossEntropy", 6),
    case([3, 4, 6, 5, 2], ["softplus", "mish", "relu6", "identity"], "logCosh", 7),
    case([7, 3, 5, 2, 4], [STEEP, "elu", "gelu", "identity"], "meanAbsoluteError", 6),
    # Five layers, twice with a batch of one.
    case([2, 4, 6, 5, 3, 1], ["tanh", "tanh", "tanh", "tanh", "sigmoid"], "quadratic", 7),
    case([5, 3, 7, 4, 6, 2], ["relu", "leakyRelu", "selu", "silu", "softmax"], "crossEntropy", 1, "labels"),
    case([3, 6, 4, 7, 5, 2], ["hardSigmoid", "softsign", "celu", "hardTanh", "identity"], "huber", 1),
    case(
        [1, 2, 3, 4, 5, 6],
        ["relu6", "geluTanh", "softplus", "sigmoid", "softplus"],
        "poisson",
        7,
        regularization={"l1": 0.005, "l2": 0.1},
    ),
]
