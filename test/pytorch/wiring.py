"""wiring.json: networks with residual blocks and shared layers, each with z and delta of every layer and the gradients."""

import random

import torch
from torch import Tensor

from sampling import number
from torch_network import ACTIVATIONS, COSTS


def dense(rng: random.Random, units: int, inputs: int, activation: str, **further) -> dict:
    return {
        **further,
        "units": units,
        "activation": activation,
        "weights": [[number(rng, 1.0) for _ in range(inputs)] for _ in range(units)],
        "biases": [number(rng, 1.0) for _ in range(units)],
    }


def cases() -> list[tuple[str, dict]]:
    rng = random.Random(7)
    again = {"shared": "twice"}
    residual = {
        "inputs": 3,
        "cost": "meanSquaredError",
        "layers": [
            dense(rng, 4, 3, "tanh"),
            {"residual": [dense(rng, 5, 4, "relu"), dense(rng, 4, 5, "identity")], "activation": "relu"},
            dense(rng, 2, 4, "identity"),
        ],
    }
    nested = {
        "inputs": 4,
        "cost": "crossEntropy",
        "regularization": {"l2": 0.125},
        "layers": [
            {
                "residual": [
                    dense(rng, 4, 4, "sigmoid"),
                    {"residual": [dense(rng, 3, 4, "tanh"), dense(rng, 4, 3, "gelu")]},
                ]
            },
            dense(rng, 3, 4, "softmax"),
        ],
    }
    shared = {
        "inputs": 4,
        "cost": "quadratic",
        "regularization": {"l1": 0.0625, "l2": 0.25},
        "layers": [dense(rng, 4, 4, "tanh", shared="twice"), again, again, dense(rng, 2, 4, "sigmoid")],
    }
    both = {
        "inputs": 4,
        "cost": "binaryCrossEntropy",
        "layers": [
            {"residual": [dense(rng, 4, 4, "silu", shared="twice")]},
            {"residual": [again], "activation": "tanh"},
            dense(rng, 1, 4, "sigmoid"),
        ],
    }
    last = {
        "inputs": 3,
        "cost": "quadratic",
        "layers": [dense(rng, 3, 3, "tanh", shared="twice"), {"residual": [again]}],
    }
    named = [
        ("a residual block between dense layers", residual),
        ("a block within a block, with a penalty", nested),
        ("a layer at three places, with penalties", shared),
        ("a shared layer in two residual blocks", both),
        ("a block that is the last layer", last),
    ]
    for _, network in named:
        outputs = {"crossEntropy": 3, "meanSquaredError": 2, "binaryCrossEntropy": 1}.get(network["cost"])
        outputs = outputs or (2 if network is shared else 3)
        inputs = [[number(rng, 1.0) for _ in range(network["inputs"])] for _ in range(5)]
        if network["cost"] == "crossEntropy":
            targets: list = [rng.randrange(outputs) for _ in range(5)]
        else:
            targets = [[rng.choice([0.0, 0.25, 1.0]) for _ in range(outputs)] for _ in range(5)]
        network["examples"] = {"inputs": inputs, "targets": targets}
    return named


class Run:
    """One pass over the layers of a network, which keeps every z and lists every parameter once."""

    def __init__(self, network: dict) -> None:
        self.z: list[Tensor] = []
        self.parameters: list[tuple[str, Tensor]] = []
        self.shared: dict[str, dict] = {}
        self.network = network

    def tensors(self, layer: dict) -> dict:
        found = {}
        for name in ("weights", "biases"):
            tensor = torch.tensor(layer[name], requires_grad=True)
            self.parameters.append((name, tensor))
            found[name] = tensor
        return {"activation": layer["activation"], **found}

    def keep(self, z: Tensor) -> Tensor:
        z.retain_grad()
        self.z.append(z)
        return z

    def through(self, layers: list[dict], a: Tensor) -> Tensor:
        for layer in layers:
            a = self.one(layer, a)
        return a

    def one(self, layer: dict, a: Tensor) -> Tensor:
        if "residual" in layer:
            z = self.keep(self.through(layer["residual"], a) + a)
            return ACTIVATIONS[layer.get("activation", "identity")](z)
        name = layer.get("shared")
        tensors = self.shared[name] if name in self.shared else self.tensors(layer)
        if name is not None:
            self.shared[name] = tensors
        z = self.keep(a @ tensors["weights"].T + tensors["biases"])
        return ACTIVATIONS[tensors["activation"]](z)


def expected(network: dict) -> dict:
    run = Run(network)
    x = torch.tensor(network["examples"]["inputs"])
    t = torch.tensor(network["examples"]["targets"])
    a = run.through(network["layers"], x)
    costs = COSTS[network["cost"]](run.z[-1], a, t)
    costs.sum().backward(retain_graph=True)
    deltas = [z.grad.clone() for z in run.z]
    for _, tensor in run.parameters:
        tensor.grad = None
    regularization = network.get("regularization", {})
    weights = [tensor for name, tensor in run.parameters if name == "weights"]
    l1, l2 = regularization.get("l1", 0.0), regularization.get("l2", 0.0)
    penalty = sum(l1 * w.abs().sum() + l2 / 2 * (w**2).sum() for w in weights)
    cost = costs.mean() + penalty
    cost.backward()
    return {
        "cost": cost.item(),
        "layers": [{"z": z.detach(), "delta": delta} for z, delta in zip(run.z, deltas)],
        "parameters": [tensor.grad for _, tensor in run.parameters],
    }


def fixture() -> dict:
    return {"networks": [{"name": name, "network": net, "expected": expected(net)} for name, net in cases()]}
