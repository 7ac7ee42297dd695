"""Run the benchmarks: `python -m bench [--ratios] [room ...]`. Exit 1 when a figure is below its floor.

Every other module here, but for fresh, is named after a room and has measure() -> the figures, and FLOORS
(figure -> the least it may be; higher is better). A floor may only rise. With --ratios only those figures
count that another or a busy machine changes little: RATIOS of the module, by default all its FLOORS, and
only when they are below by more than NOISE. A module that says which programs it NEEDS is skipped where one
is absent.
"""

import importlib
import pkgutil
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).parent
#: By how much two runs of the same code differ on a machine that others use too (0.664 and 0.718 seen).
NOISE = 0.08


def main(rooms: list[str], ratios: bool) -> int:
    modules = {module.name for module in pkgutil.iter_modules([str(HERE)])}
    below = [room for room in rooms or sorted(modules - {"__main__", "fresh"}) if _below(room, ratios)]
    return 1 if below else 0


def _below(room: str, ratios: bool) -> bool:
    """Measure a room and print its figures; True when one that counts is below its floor."""
    module = importlib.import_module(f"bench.{room}")
    if absent := [program for program in getattr(module, "NEEDS", ()) if not shutil.which(program)]:
        print(f"{room:10} skipped: {', '.join(absent)} not installed")
        return False
    figures = module.measure()
    counted = getattr(module, "RATIOS", module.FLOORS) if ratios else module.FLOORS
    below = {name for name, floor in module.FLOORS.items() if figures[name] < floor}
    for name, floor in module.FLOORS.items():
        says = "" if name not in below else "   BELOW" if name in counted else "   below, not counted"
        print(f"{room:10} {name:48} {figures[name]:12.3f}   floor {floor:g}{says}", flush=True)
    least = 1 - NOISE if ratios else 1.0
    return any(figures[name] < module.FLOORS[name] * least for name in counted)


if __name__ == "__main__":
    flags = sys.argv[1:]
    sys.exit(main([flag for flag in flags if flag != "--ratios"], "--ratios" in flags))
