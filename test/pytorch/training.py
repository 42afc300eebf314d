"""training.json: ten steps of a 5-4-3 network on listed batches: the whole of forward, backward and update at once."""

import random

import torch

from sampling import matrix, number
from torch_network import example_costs, forward, parameters

STEPS = 10
BATCH = 6
RUNS = [
    ("sgd", {"learningRate": 0.25}, lambda w: torch.optim.SGD(w, lr=0.25)),
    (
        "adam",
        {"learningRate": 0.015625, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8},
        lambda w: torch.optim.Adam(w, lr=0.015625, betas=(0.9, 0.999), eps=1e-8),
    ),
]


def network(rng: random.Random) -> dict:
    return {
        "inputs": 5,
        "cost": "crossEntropy",
        "layers": [
            {
                "units": 4,
                "activation": "tanh",
                "weights": matrix(rng, 4, 5, 0.75),
                "biases": [number(rng, 0.5) for _ in range(4)],
            },
            {
                "units": 3,
                "activation": "softmax",
                "weights": matrix(rng, 3, 4, 0.75),
                "biases": [number(rng, 0.5) for _ in range(3)],
            },
        ],
    }


def batches(rng: random.Random) -> list[dict]:
    """Labels that can be learned: which of the first three inputs is the largest."""
    result = []
    for _ in range(STEPS):
        inputs = matrix(rng, BATCH, 5, 2.0)
        result.append({"inputs": inputs, "targets": [max(range(3), key=row.__getitem__) for row in inputs]})
    return result


def train(definition: dict, examples: list[dict], make_optimizer) -> dict:
    weights, biases = parameters(definition)
    optimizer = make_optimizer([*weights, *biases])
    costs = []
    for batch in examples:
        zs, activations = forward(definition, weights, biases, torch.tensor(batch["inputs"], dtype=torch.float64))
        cost = example_costs(definition, zs[-1], activations[-1], batch["targets"]).mean()
        optimizer.zero_grad()
        cost.backward()
        optimizer.step()
        costs.append(cost.item())
    layers = [{"weights": w.detach(), "biases": b.detach()} for w, b in zip(weights, biases)]
    return {"costs": costs, "layers": layers}


def fixture() -> dict:
    rng = random.Random("training")
    definition = network(rng)
    examples = batches(rng)
    runs = [
        {"rule": rule, "hyperparameters": hyperparameters, **train(definition, examples, make_optimizer)}
        for rule, hyperparameters, make_optimizer in RUNS
    ]
    return {"network": definition, "batches": examples, "runs": runs}
