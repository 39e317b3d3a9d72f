#!/usr/bin/env python3
"""Inputs made to hurt: each has to end within bounds, as facts or as one error line.

    python3 tests/hard/hostile.py NEWSGRAPH [SECONDS [MIB]] [--only WORD]

Prints a table: what it is, how large, how it ended, seconds, peak memory. Fails where one takes more than SECONDS
(default 90) or MIB (default 1024), crashes, or takes the good article beside it along. Standard library only.
"""
import gzip, os, resource, subprocess, sys, tempfile, time

GOOD = '{"id": "good", "published": "2031-05-07", "text": "Mira Dunn resigned as mayor of Velm on Monday, the council said."}\n'
MB = 1 << 20


def line(text):
    return ('{"id": "bad", "text": "%s"}\n' % text).encode()


def page(body):
    return ("<html><head><title>Page</title></head><body>%s</body></html>" % body).encode()


def cases():
    """Name, file name, parts of its content."""
    yield "60,000 plain words, no full stop", "a.jsonl", [line("harbour " * 60_000)]
    yield "60,000 mixed words, no full stop", "a.jsonl", [line(" ".join("the dockers of Velm said that ships were sold to them and".split()[i % 11] for i in range(60_000)))]
    yield "20,000 names, no full stop", "a.jsonl", [line(" ".join("Ada%s Quill" % chr(97 + i % 26) for i in range(20_000)))]
    yield "30,000 open quotes", "a.jsonl", [line("\\u201cships sailed " * 30_000)]
    yield "30,000 straight quotes", "a.jsonl", [line('\\"yes\\" he said ' * 15_000)]
    yield "40,000 sentences of one name", "a.jsonl", [line("Mira Dunn left. " * 40_000)]
    yield "20,000 sentences, he and she", "a.jsonl", [line("He said she left. " * 20_000)]
    yield "50,000 figures", "a.jsonl", [line("12,000 " * 50_000)]
    yield "50,000 dates", "a.jsonl", [line("on 5 May 2031 " * 50_000)]
    yield "one word of 5 MB", "a.jsonl", [line("a" * 5 * MB)]
    yield "backtracking bait: dots and dashes", "a.jsonl", [line("a.-" * 200_000), line("(" * 200_000), line("1,1" * 200_000)]
    yield "combining marks, 1 MB", "a.jsonl", [line("e" + "\\u0301" * 180_000)]
    yield "190,000 <p>", "a.html", [page("<p>Ships sailed from Velm on Monday.</p>" * 190_000)]
    yield "190,000 empty <p>", "a.html", [page("<p>" * 190_000)]
    yield "1,000,000 nested tags", "a.html", [page("<div>" * 1_000_000)]
    yield "entity flood, 10 MB", "a.html", [page("<p>" + "&amp;&nbsp;&#x41;" * 600_000 + "</p>")]
    yield "100,000 attributes", "a.html", [page("<p %s>Ships sailed.</p>" % " ".join("a%d=1" % i for i in range(100_000)))]
    yield "100,000 unclosed tables", "a.html", [page("<table><tr><td>" * 100_000)]
    yield "100,000 unclosed <a><b>", "a.html", [page("<a><b>x" * 100_000)]
    yield "JSON nested 1,000,000 deep", "a.jsonl", [b'{"id": "bad", "text": ' + b"[" * 1_000_000 + b"\n"]
    yield "XML entities that multiply", "a.xml", [('<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha">%s]><rss version="2.0"><channel><title>&x20;</title></channel></rss>' % "".join('<!ENTITY x%d "&x%d;&x%d;">' % (i, i - 1, i - 1) for i in range(1, 21))).encode()]
    yield "gzip bomb, 4 GB in 4 MB", "a.jsonl.gz", "bomb"
    yield "a line of 1 GB", "-", "long line"


def bomb(path):
    with gzip.open(path, "wb", compresslevel=9) as out:
        for _ in range(4096):
            out.write(b"a" * MB)


def run(newsgraph, path, feed, seconds):
    command = [newsgraph, "extract", "--jobs", "2", "--from", "jsonl" if path == "-" else "auto", path]
    if path != "-":
        command.append(os.path.join(os.path.dirname(path), "good.jsonl"))
    began = time.monotonic()
    child = subprocess.Popen(command, stdin=subprocess.PIPE if feed else subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if feed:
        try:
            for part in feed():
                child.stdin.write(part)
            child.stdin.close()
        except BrokenPipeError:
            pass
        child.stdin = None
    try:
        out, err = child.communicate(timeout=seconds + 60)
    except subprocess.TimeoutExpired:
        child.kill()
        out, err = child.communicate()
    return child.returncode, out, err.decode(errors="replace"), time.monotonic() - began


def main():
    words = [a for a in sys.argv[1:] if not a.startswith("--")]
    only = sys.argv[sys.argv.index("--only") + 1] if "--only" in sys.argv else ""
    words = [w for w in words if w != only]
    newsgraph, seconds, mib = os.path.realpath(words[0]), float((words[1:] or [90])[0]), float((words[2:] or [1024])[0])
    failed = []
    print(f"{'input':38} {'size':>9} {'ended':24} {'seconds':>8} {'peak MB':>8}")
    for name, file, parts in cases():
        if only not in name:
            continue
        with tempfile.TemporaryDirectory() as folder:
            open(os.path.join(folder, "good.jsonl"), "w").write(GOOD)
            path, feed, size = os.path.join(folder, file), None, 0
            if parts == "bomb":
                bomb(path)
            elif parts == "long line":
                path = "-"
                feed = lambda: [b'{"id": "bad", "text": "'] + [b"a" * MB] * 1024 + [b'"}\n', GOOD.encode()]
                size = 1024 * MB
            else:
                with open(path, "wb") as out:
                    for part in parts:
                        out.write(part)
            size = size or os.path.getsize(path)
            # One child for each, so that its peak is its own: a fork that only reports.
            reader, writer = os.pipe()
            pid = os.fork()
            if pid == 0:
                code, out, err, took = run(newsgraph, path, feed, seconds)
                peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
                good = b'"good"' in out
                errors = [e for e in err.splitlines() if e.startswith("newsgraph:")]
                how = "facts" if code == 0 else f"{len(errors)} error line" + ("s" if len(errors) != 1 else "")
                if code not in (0, 3):
                    how = f"exit {code}"
                if not good:
                    how += ", good one lost"
                bad = took > seconds or peak > mib or code not in (0, 3) or not good
                os.write(writer, f"{how}\t{took:.1f}\t{peak:.0f}\t{int(bad)}\t{(errors or [''])[0][:150]}".encode())
                os._exit(0)
            os.close(writer)
            told = b""
            while piece := os.read(reader, 4096):
                told += piece
            os.waitpid(pid, 0)
            how, took, peak, bad, error = told.decode().split("\t")
            print(f"{name:38} {size / 1e6:>6.1f} MB {how:24} {took:>8} {peak:>8}{'  FAILED' if bad == '1' else ''}", flush=True)
            if error:
                print(f"    {error}", flush=True)
            if bad == "1":
                failed.append(name)
    if failed:
        sys.exit(f"{len(failed)} out of bounds: {'; '.join(failed)}")


if __name__ == "__main__":
    main()
