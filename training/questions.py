#!/usr/bin/env python3
"""How long the saved questions take on a warm index, asked over HTTP.

    newsgraph serve --in facts.jsonl &
    python3 training/questions.py http://127.0.0.1:7878 [--times 20]

Each question is asked once as it is, over the whole store (or with the example of a parameter that has to be given); and where
it has a parameter for an entity or a day, so many times with entities or days of the store, drawn from the most told to the
least, each once unmeasured. Waits for the server to begin. Prints milliseconds: the middle, p95, the most; and the rows of the longest answer. Standard library only.
"""
import argparse
import csv
import io
import json
import time
import urllib.error
import urllib.parse
import urllib.request

INDIVIDUALS = "SELECT ?i (COUNT(*) AS ?n) { ?e ng:identifiedAs ?i . ?i ng:key ?key } GROUP BY ?i ORDER BY DESC(?n) ?i LIMIT 20000"
DAYS = "SELECT DISTINCT ?day { ?e sem:hasEarliestBeginTimeStamp ?day } ORDER BY ?day"


def get(url, **values):
    address = f"{url}?{urllib.parse.urlencode(values)}" if values else url
    request = urllib.request.Request(address, headers={"Accept": "text/csv"})
    began = time.perf_counter()
    try:
        with urllib.request.urlopen(request) as reply:
            text = reply.read().decode()
    except urllib.error.HTTPError as error:
        return None, f"{error.code}: {error.read().decode().strip()[:60]}"
    return (time.perf_counter() - began) * 1000, text


def column(text):
    return [row[0] for row in csv.reader(io.StringIO(text))][1:]


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("server")
    options.add_argument("--times", type=int, default=20)
    given = options.parse_args()
    server = given.server.rstrip("/")
    while True:
        try:
            get(f"{server}/")
            break
        except urllib.error.URLError:
            time.sleep(1)
    _, count = get(f"{server}/sparql", query="SELECT (COUNT(*) AS ?n) { ?article a schema:NewsArticle }")
    print(" ".join(column(count)) or count, "articles")
    spread = lambda found: [found[i * (len(found) - 1) // max(1, given.times - 1)] for i in range(given.times)] if found else []
    # Told often, told sometimes, told once: by the square of the place, so that the often told are not lost in the rest.
    individuals = column(get(f"{server}/sparql", query=INDIVIDUALS)[1])
    told = [individuals[int((i / max(1, given.times - 1)) ** 2 * (len(individuals) - 1))] for i in range(given.times)]
    values = {"entity": told, "date": spread(column(get(f"{server}/sparql", query=DAYS)[1]))}
    with urllib.request.urlopen(f"{server}/questions") as reply:
        questions = json.load(reply)
    print(f"{'question':18}{'asked by':24}{'p50':>9}{'p95':>9}{'most':>9}{'rows':>8}")
    for question in questions:
        for names, by in variants(question, values):
            line = f"{question['name']:18}{names:24}"
            took, rows, error = [], 0, None
            for value in by:
                address = f"{server}/questions/{question['name']}"
                get(address, **value)
                time_taken, text = get(address, **value)
                if time_taken is None:
                    error = text
                    break
                took.append(time_taken)
                rows = max(rows, text.count("\n") - 1)
            if error:
                print(line + error)
                continue
            took.sort()
            p95 = took[min(len(took) - 1, int(0.95 * len(took)))]
            print(f"{line}{took[len(took) // 2]:9.1f}{p95:9.1f}{took[-1]:9.1f}{rows:8}")


def variants(question, values):
    """What each row of the table asks: the parameters' names, and the values of each time."""
    by_kind = lambda *kinds: [p["name"] for p in question["parameters"] if p["type"] in kinds]
    entities, days = by_kind("entity"), by_kind("date")
    required = {p["name"]: p["example"] for p in question["parameters"] if p["required"]}
    if not any(name in required for name in entities):
        yield "whole store" + "".join(f" {n}={v}" for n, v in required.items()), [required]
    for name in entities:
        yield name, [{**required, name: value} for value in values["entity"]]
    if days:
        yield " ".join(days), [{**required, **{name: value for name in days}} for value in values["date"]]


if __name__ == "__main__":
    main()
