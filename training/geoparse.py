"""How far off the places are: accuracy within 161 km (100 miles), beside a most-populous baseline in the same run.

    python3 training/geoparse.py GOLD.jsonl FACTS.jsonl

GOLD has links from spans to pages of the English Wikipedia (`links` of the gold format), FACTS is what
`newsgraph extract` made of the same articles. The gold set has no coordinates: a page stands where the row of
`kb/places.tsv` with that page stands; a country or division without a position of its own stands in the middle of its
towns, weighted by population. Gold spans whose page no row has are left out of the count and told. The baseline gives each gold span the
most populous row that bears its words: it is told where the names are, newsgraph has to find them. A gold span that is not linked counts as wrong.
"""
import csv
import json
import math
import sys
from collections import defaultdict
from pathlib import Path
from urllib.parse import unquote

sys.path.insert(0, str(Path(__file__).parent))
from kb import fold  # noqa: E402

LIMIT = 161.0


def kilometres(a, b):
    la, lb = math.radians(a[0]), math.radians(b[0])
    h = math.sin((lb - la) / 2) ** 2 + math.cos(la) * math.cos(lb) * math.sin(math.radians(b[1] - a[1]) / 2) ** 2
    return 2 * 6371 * math.asin(min(1.0, math.sqrt(h)))


def places():
    with open(Path(__file__).parent.parent / "kb/places.tsv", encoding="utf-8", newline="") as f:
        table = list(csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE))
    sums = defaultdict(lambda: [0.0, 0.0, 0.0])
    for r in table:
        if r["lat"] and r["kind"] in ("city", "capital"):
            w = float(r["population"] or 1)
            for key in ((r["country"], ""), (r["country"], r["admin1"])):
                s = sums[key]
                s[0] += w * float(r["lat"])
                s[1] += w * float(r["lon"])
                s[2] += w
    for r in table:
        r["at"] = (float(r["lat"]), float(r["lon"])) if r["lat"] else None
        if not r["at"] and r["kind"] in ("country", "admin1"):
            s = sums.get((r["country"], r["admin1"] if r["kind"] == "admin1" else ""))
            r["at"] = (s[0] / s[2], s[1] / s[2]) if s else None
    return table


def main():
    gold, facts = sys.argv[1:3]
    pages, names = {}, defaultdict(list)
    for r in places():
        pages.setdefault((r["page"] or r["name"]).replace(" ", "_"), r)
        for n in [r["name"], *r["aliases"].split("|")]:
            if n:
                names[fold(n)].append(r)
    ours = {}
    for line in open(facts, encoding="utf-8"):
        f = json.loads(line)
        at = []
        for e in f["entities"]:
            page = next((unquote(x["iri"].rsplit("/", 1)[1]) for x in e.get("links", []) if "wikipedia.org" in x["iri"]), None)
            at += [(m["span"], page) for m in e["mentions"] if m["form"] == "name"]
        ours[f["article"]["id"]] = (f["article"]["text"], at)
    n = unknown = linked = right = base = base_linked = base_same = 0
    for line in open(gold, encoding="utf-8"):
        g = json.loads(line)
        text, at = ours.get(g["id"], ("", []))
        for k in g["gold"].get("links", []):
            row = pages.get(unquote(k["iri"].rsplit("/", 1)[1])) if k.get("iri") else None
            if not row or not row["at"]:
                unknown += 1
                continue
            n += 1
            a, b = k["span"]
            page = next((p for (s, e), p in at if s < b and a < e and p), None)
            mine = pages.get(page, {}).get("at") if page else None
            if mine:
                linked += 1
                right += kilometres(mine, row["at"]) <= LIMIT
            same = False
            rivals = [r for r in names.get(fold(text[a:b]), []) if r["at"]]
            if rivals:
                base_linked += 1
                best = max(rivals, key=lambda r: float(r["population"] or 0))
                same = kilometres(best["at"], row["at"]) <= LIMIT
                base += same
            base_same += bool(mine) and same
    print("%d gold spans with a place known to the table, %d others left out" % (n, unknown))
    print("newsgraph      within 161 km: %5.1f %% of all, %5.1f %% of the %d linked" % (100 * right / n, 100 * right / max(1, linked), linked))
    print("most populous  on those same spans: %5.1f %%" % (100 * base_same / max(1, linked)))
    print("most populous  within 161 km: %5.1f %% of all, %5.1f %% of the %d found" % (100 * base / n, 100 * base / max(1, base_linked), base_linked))


if __name__ == "__main__":
    main()
