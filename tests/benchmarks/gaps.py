"""How long the gaps of all zones and places of a graph take, and those of single ones.

    python tests/benchmarks/gaps.py reports.kg
    python tests/benchmarks/gaps.py reports.kg --zone 左云经开区 --zone 太原市

Prints wall and processor seconds from the graph that is open to gaps that have their scores and candidates; the second
of two runs each, so that the disk is warm. Reports and evidence are not counted.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import kg
from kg.chains import Landscape
from kg.chains.rating import chosen, levels_of, rated, related_by_level
from kg.graph import Queryable
from kg.query import find


def gaps_of(graph: Queryable, container: str | None) -> tuple[int, float, float]:
    """How many gaps were rated, and the wall and processor seconds that it took."""
    wall, processor = time.perf_counter(), time.process_time()
    landscape = Landscape(graph)
    chains, everywhere = chosen(landscape, container)
    related = related_by_level(landscape, levels_of(landscape, chains))
    count = len(rated(landscape, chains, everywhere, related))
    return count, time.perf_counter() - wall, time.process_time() - processor


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("graph", type=Path)
    parser.add_argument("--zone", action="append", default=[], metavar="NAME")
    asked = parser.parse_args()
    with kg.open(asked.graph) as graph:
        for name in (None, *asked.zone):
            container = find(graph, name).iri if name else None
            gaps_of(graph, container)
            count, wall, processor = gaps_of(graph, container)
            print(f"{name or 'all'}: {count} segments, {wall:.2f} s, of the processor {processor:.2f} s")


if __name__ == "__main__":
    main()
