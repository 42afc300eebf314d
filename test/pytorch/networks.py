"""networks.json: forward pass, errors and gradients of many networks, and of extreme ones."""

from typing import Any

from network_cases import CASES
from sampling import sample
from torch_network import ACTIVATIONS, evaluate, name_and_options


def title(choice: Any) -> str:
    name, options = name_and_options(choice)
    return name + "".join(f" {key} {value}" for key, value in options.items())


def case_name(case: dict) -> str:
    widths = "-".join(str(width) for width in case["widths"])
    activations = ", ".join(title(activation) for activation in case["activations"])
    kind = f" ({case['targets']})" if case["targets"] is not None else ""
    return f"{widths}: {activations}; {title(case['cost'])}{kind}; batch of {case['batch']}"


def textbook_network() -> dict:
    """One input, a relu and a sigmoid neuron, one example: small enough to compute by hand."""
    network = {
        "inputs": 1,
        "cost": "quadratic",
        "layers": [
            {"units": 1, "activation": "relu", "bias": False, "weights": [[0.01]]},
            {"units": 1, "activation": "sigmoid", "weights": [[-5.0]], "biases": [-1.0]},
        ],
        "examples": {"inputs": [[3.0]], "targets": [[1.0]]},
    }
    return {"name": "two neurons by hand", "network": network, "expected": evaluate(network)}


def extreme(name: str, layer: dict, cost: Any, inputs: list, targets: list) -> dict:
    network = {"inputs": len(inputs[0]), "cost": cost, "layers": [layer], "examples": {"inputs": inputs, "targets": targets}}
    return {"name": name, "network": network, "expected": evaluate(network)}


def extremes() -> list[dict]:
    """Weighted inputs of ±1000, where a formula that is not in its stable form gives NaN, Infinity or a false 0."""
    softmax = {"units": 3, "activation": "softmax", "bias": False, "weights": [[1000.0], [-1000.0], [0.0]]}
    sigmoid = {"units": 2, "activation": "sigmoid", "weights": [[1000.0], [-1000.0]], "biases": [0.0, 0.0]}
    identity = {"units": 2, "activation": "identity", "weights": [[1000.0], [-1000.0]], "biases": [0.0, 0.0]}
    both_signs = [[1.0], [-1.0], [1.0], [-1.0]]
    soft = [[0.25, 0.5, 0.25], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]
    hard = [[1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 0.5]]
    wide = [[0.0, 1.0], [-500.0, 2.0], [3.0, 3.0], [0.0, -1.0]]
    signs = [[1.0, -1.0], [1.0, 1.0], [-1.0, 1.0], [-1.0, -1.0]]
    cases = [
        extreme("softmax, crossEntropy (labels) at ±1000", softmax, "crossEntropy", both_signs, [0, 0, 1, 2]),
        extreme("softmax, crossEntropy (probabilities) at ±1000", softmax, "crossEntropy", both_signs, soft),
        extreme("sigmoid, binaryCrossEntropy at ±1000", sigmoid, "binaryCrossEntropy", both_signs, hard),
    ]
    for cost in ("quadratic", "meanSquaredError", "meanAbsoluteError", "huber", "logCosh"):
        cases.append(extreme(f"identity, {cost} at ±1000", identity, cost, both_signs, wide))
    cases.append(extreme("identity, hinge at ±1000", identity, "hinge", both_signs, signs))
    for activation in ACTIVATIONS:
        if activation != "identity":
            layer = {**(softmax if activation == "softmax" else sigmoid), "activation": activation}
            targets = soft if activation == "softmax" else wide
            cases.append(extreme(f"{activation}, quadratic at ±1000", layer, "quadratic", both_signs, targets))
    return cases


def fixture() -> dict:
    networks = [textbook_network(), *(sample(case_name(case), case) for case in CASES)]
    return {"networks": networks, "extremes": extremes()}
