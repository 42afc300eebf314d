"""How fixtures are written: every float64 in full, one line per element of a top-level list."""

import json
import math
import os
from typing import Any

FOLDER = os.path.dirname(os.path.abspath(__file__))


def plain(value: Any) -> Any:
    """Tensors become lists; -0.0 becomes 0, so that no test can depend on the sign of a zero; 2.0 becomes 2."""
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    if isinstance(value, dict):
        return {key: plain(member) for key, member in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(member) for member in value]
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError(f"a fixture must be finite, got {value}")
        return int(value) if value.is_integer() and abs(value) < 2**53 else value
    return value


def write_fixture(name: str, fixture: dict) -> None:
    """Writes `fixture` beside this file. Lists at the top level get one line per element, so that diffs can be read."""
    members = []
    for key, value in plain(fixture).items():
        if isinstance(value, list):
            lines = ",\n".join(json.dumps(element, separators=(",", ":")) for element in value)
            members.append(f"{json.dumps(key)}:[\n{lines}\n]")
        else:
            members.append(f"{json.dumps(key)}:{json.dumps(value, separators=(',', ':'))}")
    text = "{\n" + ",\n".join(members) + "\n}\n"
    path = os.path.join(FOLDER, name)
    with open(path + ".new", "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(path + ".new", path)
    print(f"{name}: {len(text)} bytes")
