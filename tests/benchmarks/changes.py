"""What changing a graph costs: one article more, ten more, ten less, a build that is killed, the audit.

    python tests/benchmarks/changes.py FOLDER [--kg PATH] [--held N]

FOLDER holds articles; all but eleven are built into a graph (or --kg names one that already holds them, and is copied),
then the rest comes and goes. Printed are seconds on the clock and of the processor, and whether the export is, byte for
byte, what it was before. Not part of the tests: it takes as long as the articles are many.
"""

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import resource
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from kg.audit import audit
from kg.building import build, remove
from kg.graph import Graph

_MORE, _KILLS = 11, 5


def timed(name: str, what: Callable[[], object]) -> float:
    """Do something, print what it took; the seconds on the clock."""
    clock, spent = time.perf_counter(), time.process_time() + _children()
    what()
    took, used = time.perf_counter() - clock, time.process_time() + _children() - spent
    print(f"{name:<34}{took:8.2f} s{used:8.2f} s of the processor", flush=True)
    return took


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def digest(path: Path) -> str:
    """A digest of all quads of a graph, whatever order they come in; the export is these quads, sorted."""
    total = count = 0
    with Graph.open(path) as graph:
        for quad in graph.quads():
            total ^= int.from_bytes(hashlib.blake2b(str(quad).encode(), digest_size=16).digest())
            count += 1
    return f"{count} {total:032x}"


def _killed(path: Path, sources: list[Path], after: float) -> bool:
    """Begin a build and kill it; whether it was still at work."""
    process = multiprocessing.get_context("fork").Process(target=build, args=(sources, path))
    process.start()
    process.join(after)
    alive = process.is_alive()
    process.kill()
    process.join()
    return alive


def main() -> None:
    """Measure, as the arguments say."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kg", type=Path, help="a graph that holds the articles, all or all but eleven")
    parser.add_argument("--held", type=int, help="how many articles to begin with  [default: all but eleven]")
    given = parser.parse_args()
    sources = sorted(file for file in given.folder.iterdir() if file.is_file())
    more = sources[len(sources) // 2 :][:_MORE]
    held = [source for source in sources if source not in more][: given.held]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.kg"
        if given.kg:
            shutil.copytree(given.kg, path)
            with Graph.open(path) as graph:
                there = [source.stem for source in more if source.stem in graph.sources()]
            timed("settle", lambda: remove(there, path) if there else build([], path))
        else:
            timed(f"build {len(held)} sources", lambda: build(held, path))
        before = digest(path)
        one, ten = more[0], more[1:]
        build([one], path)  # the pipeline is loaded, as it is in a program that goes on
        remove([one.stem], path)
        print("as before:", digest(path) == before)
        took = timed("add one", lambda: build([one], path))
        after = digest(path)
        timed("remove it", lambda: remove([one.stem], path))
        print("as before:", digest(path) == before)
        for number in range(1, _KILLS + 1):
            alive = _killed(path, [one], took * number / _KILLS)
            state = {before: "before", after: "after"}.get(digest(path), "BROKEN")
            print(
                f"killed at {number}/{_KILLS} of an addition: {'killed' if alive else 'done'}, holds {state}"
            )
        build([one], path)
        print("resumed, as if never killed:", digest(path) == after)
        remove([one.stem], path)
        timed("add ten", lambda: build(ten, path))
        timed("remove ten", lambda: remove([source.stem for source in ten], path))
        print("as before:", digest(path) == before)
        with Graph.open(path) as graph:
            timed("audit", lambda: print(f"  {len(audit(graph))} findings"))


if __name__ == "__main__":
    main()
