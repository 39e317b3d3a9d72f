#!/usr/bin/env python3
"""What many articles cost, and what one more costs.

    python3 training/many.py NEWSGRAPH SET.jsonl [--articles 1000,5000,20000] [--jobs 1,2] [--sentences 12]

Makes articles of SET (training/many_articles.py), adds them to a new store, then adds five more one by one and takes the
middle one's time. Last it rebuilds the store and holds its derived graphs against those that grew. Standard library only.
"""
import json, os, statistics, subprocess, sys, tempfile, time


def option(name, default):
    return sys.argv[sys.argv.index(name) + 1] if name in sys.argv else default


def run(*command):
    """Seconds, peak memory in MB."""
    began = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    if status:
        sys.exit(f"{' '.join(command)}: ended with {os.waitstatus_to_exitcode(status)}")
    return time.monotonic() - began, usage.ru_maxrss / 1024


def main():
    newsgraph, source = os.path.realpath(sys.argv[1]), sys.argv[2]
    maker = os.path.join(os.path.dirname(os.path.abspath(__file__)), "many_articles.py")
    counts = [int(n) for n in option("--articles", "1000,5000,20000").split(",")]
    print(f"{'articles':>9} {'jobs':>5} {'seconds':>8} {'words/s':>9} {'ms/article':>11} {'peak MB':>8} {'one more, s':>12} {'peak MB':>8}  rebuilt")
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "articles.jsonl")
        made = [sys.executable, maker, str(max(counts) + 5), option("--sentences", "12"), source]
        lines = subprocess.run(made, check=True, stdout=subprocess.PIPE).stdout.splitlines(keepends=True)
        for count in counts:
            for jobs in option("--jobs", "1,2").split(","):
                store = os.path.join(folder, f"store-{count}-{jobs}")
                with open(path, "wb") as out:
                    out.writelines(lines[:count])
                words = sum(len(json.loads(line)["text"].split()) for line in lines[:count])
                seconds, peak = run(newsgraph, "--store", store, "add", "--jobs", jobs, path)
                more = []
                for line in lines[-5:]:
                    with open(path, "wb") as out:
                        out.write(line)
                    more.append(run(newsgraph, "--store", store, "add", "--jobs", jobs, path))
                grown = graphs(newsgraph, store, folder)
                run(newsgraph, "--store", store, "index", "--jobs", jobs)
                equal = "equal" if graphs(newsgraph, store, folder) == grown else "OTHER"
                one, most = statistics.median(s for s, _ in more), max(p for _, p in more)
                print(f"{count:>9,} {jobs:>5} {seconds:>8.1f} {words / seconds:>9,.0f} {seconds / count * 1000:>11.2f} {peak:>8.0f} {one:>12.2f} {most:>8.0f}  {equal}", flush=True)
                subprocess.run(["rm", "-rf", store], check=True)


def graphs(newsgraph, store, folder):
    """The hash of all that leaves the store."""
    command = f'"{newsgraph}" --store "{store}" export --format nquads | sha256sum'
    return subprocess.run(command, shell=True, check=True, stdout=subprocess.PIPE).stdout


if __name__ == "__main__":
    main()
