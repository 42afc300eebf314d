"""A network in the library's JSON format, computed by PyTorch in float64: cost, z, a, delta, dw and db."""

import math
from typing import Any, Callable

import torch
import torch.nn.functional as F
from torch import Tensor

# hardSigmoid: PyTorch documents relu6(z + 3)/6; its own backward pass rounds the 1/6 to float32, off by 3e-8.
# softplus: PyTorch returns z itself above a threshold, by default 20, which is off by e^-20; e^-40 is below half an ulp.
ACTIVATIONS: dict[str, Callable[..., Tensor]] = {
    "identity": lambda z: z,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": F.relu,
    "leakyRelu": lambda z, slope=0.01: F.leaky_relu(z, negative_slope=slope),
    "elu": F.elu,
    "selu": F.selu,
    "celu": F.celu,
    "gelu": F.gelu,
    "geluTanh": lambda z: F.gelu(z, approximate="tanh"),
    "silu": F.silu,
    "mish": F.mish,
    "softplus": lambda z: F.softplus(z, threshold=40),
    "softsign": F.softsign,
    "hardSigmoid": lambda z: F.relu6(z + 3) / 6,
    "hardTanh": F.hardtanh,
    "relu6": F.relu6,
    "softmax": lambda z: F.softmax(z, dim=1),
}


def quadratic(z: Tensor, a: Tensor, t: Tensor) -> Tensor:
    return (0.5 * (a - t) ** 2).sum(1)


def mean_squared_error(z: Tensor, a: Tensor, t: Tensor) -> Tensor:
    return F.mse_loss(a, t, reduction="none").mean(1)


def mean_absolute_error(z: Tensor, a: Tensor, t: Tensor) -> Tensor:
    return F.l1_loss(a, t, reduction="none").mean(1)


def huber(z: Tensor, a: Tensor, t: Tensor, delta: float = 1.0) -> Tensor:
    return F.huber_loss(a, t, reduction="none", delta=delta).mean(1)


def log_cosh(z: Tensor, a: Tensor, t: Tensor) -> Tensor:
    # PyTorch has none. log cosh d = |d| + log(1 + e^(-2|d|)) - log 2, which does not overflow.
    d = (a - t).abs()
    return (d + torch.log1p(torch.exp(-2 * d)) - math.log(2)).mean(1)


def cross_entropy(z: Tensor, a: Tensor, t: Tensor) -> Tensor:
    # From the weighted inputs of the softmax; t holds class labels (integers) or probabilities.
    return F.cross_entropy(z, t, reduction="none")


def binary_cross_entropy(z: Tensor, a: Tensor, t: Tensor) -> Tensor:
    return F.binary_cross_entropy_with_logits(z, t, reduction="none").sum(1)


def poisson(z: Tensor, a: Tensor, t: Tensor) -> Tensor:
    return F.poisson_nll_loss(a, t, log_input=False, full=False, eps=0, reduction="none").mean(1)


def hinge(z: Tensor, a: Tensor, t: Tensor) -> Tensor:
    return F.relu(1 - t * a).mean(1)


# Each gives C_x for every example, shape [examples], from the last layer's z and a, and the targets t.
COSTS: dict[str, Callable[..., Tensor]] = {
    "quadratic": quadratic,
    "meanSquaredError": mean_squared_error,
    "meanAbsoluteError": mean_absolute_error,
    "huber": huber,
    "logCosh": log_cosh,
    "crossEntropy": cross_entropy,
    "binaryCrossEntropy": binary_cross_entropy,
    "poisson": poisson,
    "hinge": hinge,
}


def name_and_options(choice: Any) -> tuple[str, dict]:
    """`"relu"` or `{"name": "leakyRelu", "slope": 0.2}` as a name and the options beside it."""
    if isinstance(choice, str):
        return choice, {}
    return choice["name"], {key: value for key, value in choice.items() if key != "name"}


def parameters(network: dict) -> tuple[list[Tensor], list[Any]]:
    """The weights and the biases (None without) of every layer, as leaves of the autograd graph."""
    weights = [torch.tensor(layer["weights"], dtype=torch.float64).requires_grad_() for layer in network["layers"]]
    biases = [
        torch.tensor(layer["biases"], dtype=torch.float64).requires_grad_() if layer.get("bias", True) else None
        for layer in network["layers"]
    ]
    return weights, biases


def forward(network: dict, weights: list, biases: list, inputs: Tensor) -> tuple[list[Tensor], list[Tensor]]:
    """z and a of layers 1 … L, each [examples, units]."""
    zs, activations = [], []
    a = inputs
    for layer, w, b in zip(network["layers"], weights, biases):
        # A sum of products instead of `a @ w.T`, because a BLAS adds in an order that depends on the processor.
        z = (w[None, :, :] * a[:, None, :]).sum(2)
        z = z if b is None else z + b
        name, options = name_and_options(layer["activation"])
        a = ACTIVATIONS[name](z, **options)
        zs.append(z)
        activations.append(a)
    return zs, activations


def example_costs(network: dict, z: Tensor, a: Tensor, targets: list) -> Tensor:
    """C_x of every example, without regularization."""
    name, options = name_and_options(network["cost"])
    is_labels = not isinstance(targets[0], list)
    t = torch.tensor(targets, dtype=torch.int64 if is_labels else torch.float64)
    return COSTS[name](z, a, t, **options)


def penalty(network: dict, weights: list[Tensor]) -> Any:
    """l1 Σ|w| + l2/2 Σw² over the weights of all layers; biases are not penalized."""
    rates = network.get("regularization", {})
    return sum(rates.get("l1", 0) * w.abs().sum() + rates.get("l2", 0) / 2 * (w**2).sum() for w in weights)


def evaluate(network: dict) -> dict:
    """What the library must give for the network's own examples."""
    weights, biases = parameters(network)
    inputs = torch.tensor(network["examples"]["inputs"], dtype=torch.float64)
    zs, activations = forward(network, weights, biases, inputs)
    costs = example_costs(network, zs[-1], activations[-1], network["examples"]["targets"])
    # C_x depends on no other example's z, so the gradient of the sum holds every example's own error.
    deltas = torch.autograd.grad(costs.sum(), zs, retain_graph=True)
    cost = costs.mean() + penalty(network, weights)
    cost.backward()
    return {
        "cost": cost.item(),
        "layers": [
            {"z": z.detach(), "a": a.detach(), "delta": delta, "dw": w.grad, "db": None if b is None else b.grad}
            for z, a, delta, w, b in zip(zs, activations, deltas, weights, biases)
        ],
    }
