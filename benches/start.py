"""What the command costs before it says its first word, and at most: wall and processor time of `extract` on a short article, peak memory over many.

    python3 benches/start.py NEWSGRAPH ARTICLES... [--runs 20] [--jobs 2]

Milliseconds are the median of the runs, each a process of its own; MiB are the highest resident set of one process (getrusage).
"""

import argparse
import resource
import statistics
import subprocess
import time

SHORT = "date: 2026-05-04\n\nThe mayor of Lyon said on Monday that 12 people were hurt when a bus hit a wall.\n"


def run(command, **options):
    """Seconds of wall and of processor that one process took."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True, **options)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.monotonic() - start, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def peak():
    """The highest resident set, in MiB, of all processes run so far."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("newsgraph")
    parser.add_argument("articles", nargs="*")
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args()
    times = [run([args.newsgraph, "extract", "-"], input=SHORT.encode()) for _ in range(args.runs)]
    wall, processor = (1000 * statistics.median(column) for column in zip(*times, strict=True))
    print(f"a short article: {wall:.0f} ms of wall, {processor:.0f} ms of processor, {peak():.0f} MiB")
    if args.articles:
        wall, processor = run([args.newsgraph, "extract", "--jobs", str(args.jobs), *args.articles])
        print(f"all articles, {args.jobs} jobs: {wall:.1f} s of wall, {processor:.1f} s of processor, {peak():.0f} MiB")


if __name__ == "__main__":
    main()
