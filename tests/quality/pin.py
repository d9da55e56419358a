"""Pin the floors: `python -m tests.quality.pin` raises them to what holds now; `--lower` is needed to let one fall."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.quality.corpus import corpus_hash, own_pages, read, score_own, score_shared, shared_pages

FLOORS = Path(__file__).with_name("floors.json")
LESS_IS_BETTER = ("left", "empty", "title in body", "invented")


def measured() -> dict[str, dict[str, object]]:
    """Corpus hash and figures of every set that is present."""
    own = own_pages()
    found: dict[str, dict[str, object]] = {
        "own": {"corpus": corpus_hash(own), **score_own({name: read(url, body) for name, url, body in own})}
    }
    if shared := shared_pages():
        scores = score_shared({name: read(url, body) for name, url, body in shared})
        found |= {name: {"corpus": corpus_hash(shared), **means} for name, means in scores.items()}
    return found


def worse(field: str, floor: float, value: float) -> bool:
    """Has a figure fallen below its floor (risen, where less is better)?"""
    return value > floor + 0.05 if field.endswith(LESS_IS_BETTER) else value < floor - 0.05


def main() -> int:
    pinned = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    now = measured()
    for name, figures in now.items():
        for field, value in figures.items():
            floor = pinned.get(name, {}).get(field)
            if field != "corpus" and floor is not None and worse(field, floor, float(str(value))) and "--lower" not in sys.argv:
                print(f"{name}: {field} would fall from {floor} to {value}; say --lower if that is meant", file=sys.stderr)
                return 1
    rounded = {
        name: {field: value if field == "corpus" else round(float(str(value)), 1) for field, value in figures.items()}
        for name, figures in (pinned | now).items()
    }
    FLOORS.write_text(json.dumps(rounded, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
