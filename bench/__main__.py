"""Run the benchmarks: `python -m bench [room ...]`. Exit 1 when a figure is below its floor.

Every other module here, but for fresh, is named after a room and has FLOORS (figure -> the least it may be;
higher is better) and measure() -> the figures. A floor may only rise.
"""

import importlib
import pkgutil
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main(rooms: list[str]) -> int:
    below = 0
    modules = {module.name for module in pkgutil.iter_modules([str(HERE)])}
    for room in rooms or sorted(modules - {"__main__", "fresh"}):
        module = importlib.import_module(f"bench.{room}")
        figures = module.measure()
        for name, floor in module.FLOORS.items():
            short = figures[name] < floor
            below += short
            print(f"{room:10} {name:44} {figures[name]:12.3f}   floor {floor:g}{'   BELOW' if short else ''}")
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
