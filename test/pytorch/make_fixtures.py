"""Writes the JSON fixtures of this folder, with PyTorch as the oracle. See README.md.

Run: /usr/bin/python3 test/pytorch/make_fixtures.py
"""

import os
import sys

# Before torch is imported: plain kernels and one thread, so that sums are taken in the same order on every machine.
os.environ["ATEN_CPU_CAPABILITY"] = "default"
os.environ["OMP_NUM_THREADS"] = "1"
sys.dont_write_bytecode = True

import torch  # noqa: E402

import networks  # noqa: E402
import schedules  # noqa: E402
import training  # noqa: E402
import update_rules  # noqa: E402
import wiring  # noqa: E402
from fixture_json import write_fixture  # noqa: E402


def main() -> None:
    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)
    write_fixture("networks.json", networks.fixture())
    write_fixture("update-rules.json", update_rules.fixture())
    write_fixture("schedules.json", schedules.fixture())
    write_fixture("training.json", training.fixture())
    write_fixture("wiring.json", wiring.fixture())


if __name__ == "__main__":
    main()
