"""update-rules.json: 20 steps of every update rule, all with the same listed gradients."""

import random
from typing import Any, Callable

import torch

from sampling import number

STEPS = 20
SIZE = 7

# What PyTorch calls a hyperparameter, where it differs from our name.
TORCH_NAMES = {
    "RMSprop": {"learningRate": "lr", "decay": "alpha", "epsilon": "eps", "weightDecay": "weight_decay"},
    "Adadelta": {"learningRate": "lr", "decay": "rho", "epsilon": "eps", "weightDecay": "weight_decay"},
}
OTHER_TORCH_NAMES = {
    "learningRate": "lr",
    "epsilon": "eps",
    "weightDecay": "weight_decay",
    "momentumDecay": "momentum_decay",
}

ADAM = {"learningRate": 0.001, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}
# With an epsilon this large, and short memories, its place in the equation shows even in float32.
ROUGH_ADAM = {"learningRate": 0.0625, "beta1": 0.75, "beta2": 0.875, "epsilon": 0.125}
LION = {"learningRate": 0.0001, "beta1": 0.9, "beta2": 0.99, "weightDecay": 0.0}

# (rule, hyperparameters under our names, PyTorch's optimizer, its further arguments). PyTorch's defaults where it has one
# (SGD has none for the learning rate); the second entry of a rule departs from them.
CASES: list[tuple[str, dict, str, dict]] = [
    ("sgd", {"learningRate": 0.1}, "SGD", {}),
    ("sgd", {"learningRate": 0.1, "weightDecay": 0.05}, "SGD", {}),
    ("momentum", {"learningRate": 0.1, "momentum": 0.9}, "SGD", {}),
    ("nesterov", {"learningRate": 0.1, "momentum": 0.9}, "SGD", {"nesterov": True}),
    ("rmsprop", {"learningRate": 0.01, "decay": 0.99, "epsilon": 1e-8}, "RMSprop", {}),
    ("rmsprop", {"learningRate": 0.0625, "decay": 0.75, "epsilon": 0.125}, "RMSprop", {}),
    ("rmsprop", {"learningRate": 0.01, "decay": 0.99, "epsilon": 1e-8, "momentum": 0.9}, "RMSprop", {}),
    ("adagrad", {"learningRate": 0.01, "epsilon": 1e-10}, "Adagrad", {}),
    ("adagrad", {"learningRate": 0.25, "epsilon": 0.125}, "Adagrad", {}),
    ("adadelta", {"learningRate": 1.0, "decay": 0.9, "epsilon": 1e-6}, "Adadelta", {}),
    ("adadelta", {"learningRate": 0.5, "decay": 0.75, "epsilon": 0.125}, "Adadelta", {}),
    ("adam", ADAM, "Adam", {}),
    ("adam", ROUGH_ADAM, "Adam", {}),
    ("adam", {**ADAM, "weightDecay": 0.05}, "Adam", {}),
    ("adamw", {**ADAM, "weightDecay": 0.01}, "AdamW", {}),
    ("adamw", {**ROUGH_ADAM, "weightDecay": 0.25}, "AdamW", {}),
    ("nadam", {**ADAM, "learningRate": 0.002, "momentumDecay": 0.004}, "NAdam", {}),
    ("nadam", {**ROUGH_ADAM, "momentumDecay": 0.125}, "NAdam", {}),
    ("amsgrad", ADAM, "Adam", {"amsgrad": True}),
    ("amsgrad", ROUGH_ADAM, "Adam", {"amsgrad": True}),
    ("lion", LION, "", {}),
    ("lion", {**LION, "learningRate": 0.0625, "weightDecay": 0.25}, "", {}),
]


def torch_arguments(optimizer: str, hyperparameters: dict, further: dict) -> dict:
    names = TORCH_NAMES.get(optimizer, OTHER_TORCH_NAMES)
    arguments: dict[str, Any] = {}
    for ours, value in hyperparameters.items():
        if ours not in ("beta1", "beta2"):
            arguments[names.get(ours, ours)] = value
    if "beta1" in hyperparameters:
        arguments["betas"] = (hyperparameters["beta1"], hyperparameters["beta2"])
    return {**arguments, **further}


class Lion:
    """PyTorch 1.13 has none: Chen et al., "Symbolic Discovery of Optimization Algorithms" (2023), algorithm 2.

    c = beta1 m + (1 - beta1) g;  w <- w - eta (sign(c) + lambda w);  m <- beta2 m + (1 - beta2) g
    """

    def __init__(self, w: torch.Tensor, learningRate: float, beta1: float, beta2: float, weightDecay: float) -> None:
        self.w, self.eta, self.beta1, self.beta2, self.decay = w, learningRate, beta1, beta2, weightDecay
        self.m = torch.zeros_like(w)

    @torch.no_grad()
    def step(self) -> None:
        g = self.w.grad
        c = self.beta1 * self.m + (1 - self.beta1) * g
        self.w -= self.eta * (torch.sign(c) + self.decay * self.w)
        self.m = self.beta2 * self.m + (1 - self.beta2) * g


def trajectory(make: Callable[[torch.Tensor], Any], initial: list, gradients: list) -> list:
    w = torch.tensor(initial, dtype=torch.float64, requires_grad=True)
    optimizer = make(w)
    steps = []
    for gradient in gradients:
        w.grad = torch.tensor(gradient, dtype=torch.float64)
        optimizer.step()
        steps.append(w.detach().tolist())
    return steps


def title(rule: str, hyperparameters: dict) -> str:
    return rule + ": " + ", ".join(f"{key} {value:g}" for key, value in hyperparameters.items())


def fixture() -> dict:
    rng = random.Random("update rules")
    initial = [number(rng, 2.0) for _ in range(SIZE)]
    gradients = [[number(rng, 2.0) for _ in range(SIZE)] for _ in range(STEPS)]
    # One parameter that is idle at first and at the end: divisions by a state that is still 0, momentum without gradient.
    # One whose gradients shrink, so that the largest second moment (AMSGrad) is not the last.
    for step in range(STEPS):
        if step < 3 or step >= 17:
            gradients[step][6] = 0.0
        gradients[step][5] /= 1 if step < 5 else 8
    cases = []
    for rule, hyperparameters, optimizer, further in CASES:
        if rule == "lion":
            oracle: dict[str, Any] = {"name": "algorithm 2 of Chen et al. 2023", "arguments": {}}
            steps = trajectory(lambda w: Lion(w, **hyperparameters), initial, gradients)
        else:
            arguments = torch_arguments(optimizer, hyperparameters, further)
            oracle = {"name": f"torch.optim.{optimizer}", "arguments": arguments}
            steps = trajectory(lambda w: getattr(torch.optim, optimizer)([w], **arguments), initial, gradients)
        cases.append(
            {
                "name": title(rule, hyperparameters),
                "rule": rule,
                "hyperparameters": hyperparameters,
                "oracle": oracle,
                "parameters": steps,
            }
        )
    return {"initial": initial, "gradients": gradients, "cases": cases}
