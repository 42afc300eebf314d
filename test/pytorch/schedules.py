"""schedules.json: the learning rate of steps 0 … 39 from PyTorch's schedulers."""

import random
from typing import Any

import torch
from torch.optim import lr_scheduler

STEPS = 40

# (schedule, base learning rate, PyTorch's class, its arguments)
CASES: list[tuple[str, float, str, dict]] = [
    ("step", 0.1, "StepLR", {"step_size": 7, "gamma": 0.5}),
    ("exponential", 0.1, "ExponentialLR", {"gamma": 0.9}),
    ("cosine", 0.1, "CosineAnnealingLR", {"T_max": 39, "eta_min": 0.001}),
    ("cosine", 0.1, "CosineAnnealingLR", {"T_max": 39, "eta_min": 0.0}),
    ("cosineRestarts", 0.1, "CosineAnnealingWarmRestarts", {"T_0": 5, "T_mult": 2, "eta_min": 0.001}),
    ("cosineRestarts", 0.1, "CosineAnnealingWarmRestarts", {"T_0": 8, "T_mult": 1, "eta_min": 0.0}),
    # With 0.1 and 9 the rate of step t is (t + 1)/10 of the base rate, up to step 9.
    ("linearWarmUp", 0.2, "LinearLR", {"start_factor": 0.1, "end_factor": 1.0, "total_iters": 9}),
    ("linearWarmUp", 0.2, "LinearLR", {"start_factor": 0.25, "end_factor": 1.0, "total_iters": 20}),
    (
        "oneCycle",
        0.1,
        "OneCycleLR",
        {
            "max_lr": 0.1,
            "total_steps": STEPS,
            "pct_start": 0.3,
            "anneal_strategy": "cos",
            "div_factor": 25.0,
            "final_div_factor": 10000.0,
            "three_phase": False,
        },
    ),
    (
        "oneCycle",
        0.1,
        "OneCycleLR",
        {
            "max_lr": 0.1,
            "total_steps": STEPS,
            "pct_start": 0.25,
            "anneal_strategy": "linear",
            "div_factor": 10.0,
            "final_div_factor": 100.0,
            "three_phase": False,
        },
    ),
    (
        "reduceOnPlateau",
        0.1,
        "ReduceLROnPlateau",
        {
            "mode": "min",
            "factor": 0.1,
            "patience": 10,
            "threshold": 1e-4,
            "threshold_mode": "rel",
            "cooldown": 0,
            "min_lr": 0.0,
            "eps": 1e-8,
        },
    ),
    (
        "reduceOnPlateau",
        0.1,
        "ReduceLROnPlateau",
        {
            "mode": "min",
            "factor": 0.5,
            "patience": 2,
            "threshold": 0.01,
            "threshold_mode": "rel",
            "cooldown": 3,
            "min_lr": 0.01,
            "eps": 1e-8,
        },
    ),
    (
        "reduceOnPlateau",
        0.1,
        "ReduceLROnPlateau",
        {
            "mode": "max",
            "factor": 0.5,
            "patience": 3,
            "threshold": 0.0,
            "threshold_mode": "abs",
            "cooldown": 0,
            "min_lr": 0.02,
            "eps": 1e-8,
        },
    ),
]


def metric_sequence(mode: str) -> list[float]:
    """A cost that falls, rests, falls again and then rests for good, in multiples of 1/64 (mode "max": its negative)."""
    rng = random.Random("plateau")
    falling = [3 - step / 4 for step in range(8)]
    resting = [1.5 + rng.randrange(16) / 64 for _ in range(10)]
    again = [1.25, 1.0]
    end = [1.0 + rng.randrange(16) / 64 for _ in range(STEPS - 20)]
    return [value if mode == "min" else -value for value in falling + resting + again + end]


def learning_rates(base: float, scheduler_name: str, arguments: dict) -> tuple[list[float], Any]:
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=base)
    further = {"cycle_momentum": False} if scheduler_name == "OneCycleLR" else {}
    scheduler = getattr(lr_scheduler, scheduler_name)(optimizer, **arguments, **further)
    metrics = metric_sequence(arguments["mode"]) if scheduler_name == "ReduceLROnPlateau" else None
    rates = []
    for step in range(STEPS):
        rates.append(float(optimizer.param_groups[0]["lr"]))
        if step == STEPS - 1:
            break
        optimizer.step()
        if metrics is None:
            scheduler.step()
        else:
            scheduler.step(metrics[step])
    return rates, metrics


def fixture() -> dict:
    cases = []
    for schedule, base, scheduler_name, arguments in CASES:
        rates, metrics = learning_rates(base, scheduler_name, arguments)
        case: dict[str, Any] = {
            "schedule": schedule,
            "learningRate": base,
            "torch": scheduler_name,
            "arguments": arguments,
            "learningRates": rates,
        }
        if metrics is not None:
            case["metrics"] = metrics
        cases.append(case)
    return {"cases": cases}
