#!/usr/bin/env python3
"""Scores the article bodies, titles and dates that newsgraph finds in web pages, beside trafilatura's.

    python3 training/html.py NEWSGRAPH PAGES GOLD SCORER

PAGES is a folder of `<id>.html` or `<id>.html.gz`, GOLD JSON Lines of `{"id", "body", "title"?, "published"?}`, SCORER
the program `score_html.py` of the gold sets. Needs: pip install trafilatura lxml_html_clean.
"""
import gzip, json, pathlib, subprocess, sys, tempfile


def page(path):
    data = path.read_bytes()
    return gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data


def theirs(pages, **options):
    import trafilatura
    for path in pages:
        html = page(path)
        found = trafilatura.bare_extraction(html, include_comments=False, **options)
        found = found.as_dict() if found else {}
        yield {"id": path.name.split(".")[0], "body": found.get("text") or "", "title": found.get("title"), "published": found.get("date")}


def main():
    newsgraph, folder, gold, scorer = sys.argv[1:]
    pages = sorted(p for p in pathlib.Path(folder).iterdir() if ".html" in p.name)
    with tempfile.TemporaryDirectory() as work:
        ours = pathlib.Path(work, "ours.jsonl")
        with ours.open("wb") as out:
            subprocess.run([newsgraph, "extract", "--lang", "all", "--from", "html", folder], stdout=out)
        runs = [("newsgraph", ours)]
        for name, options in [("trafilatura", {}), ("trafilatura, precision", {"favor_precision": True})]:
            path = pathlib.Path(work, name + ".jsonl")
            path.write_text("".join(json.dumps(p) + "\n" for p in theirs(pages, **options)), encoding="utf-8")
            runs.append((name, path))
        for name, path in runs:
            print(f"== {name}", flush=True)
            subprocess.run([sys.executable, scorer, gold, str(path)], check=True)


if __name__ == "__main__":
    main()
