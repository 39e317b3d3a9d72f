#!/usr/bin/env python3
"""Shows the conflicts of a store with their sentences, to be judged by hand, or scores what was judged.

    newsgraph export --lean --format nquads > store.nq
    python3 training/draw_conflicts.py store.nq                                  # to read: one conflict after the other
    python3 training/draw_conflicts.py store.nq --verdicts training/draws/conflicts.tsv   # precision of those judged

A verdict is a line of the TSV: measure, article, value, article, value, real or the class of the error. The articles are those
of the sets that were put into the store; none of their text stands there. Standard library only.
"""
import argparse
import collections
import re

NG = "https://w3id.org/newsgraph/ns#"
LINE = re.compile(r'^<([^>]*)> <([^>]*)> (<[^>]*>|"(?:[^"\\]|\\.)*"\S*) <[^>]*> \.$')
WANTED = {
    "conflictsWith", "subject", "object", "evidence", "inSentence", "anchorOf", "label", "counts", "modifier",
    "attributedTo", "identifier", "datePublished", "eventType",
}


def read(path):
    nodes = collections.defaultdict(lambda: collections.defaultdict(list))
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            start = line.find("> <")
            property_ = re.split("[#/]", line[start + 3 : line.find("> ", start + 3)])[-1]
            found = LINE.match(line.rstrip("\n")) if property_ in WANTED else None
            if found:
                value = found[3]
                value = value[1:-1] if value[0] == "<" else value[1 : value.rfind('"')].replace('\\"', '"').replace("\\n", " ")
                nodes[found[1]][property_].append(value)
    return nodes


def conflicts(nodes):
    one = lambda node, name: nodes[node][name][0] if node in nodes and nodes[node].get(name) else ""
    pairs = {tuple(sorted((a, b))) for a in list(nodes) for b in nodes[a].get("conflictsWith", [])}

    def side(claim):
        figure, event, span = one(claim, "object"), one(claim, "subject"), one(claim, "evidence")
        article = span.split("#")[0]
        return dict(
            measure=one(event, "eventType").split("#")[-1],
            value=one(figure, "label"),
            modifier=one(figure, "modifier").split("#")[-1],
            counts=one(figure, "counts"),
            by="; ".join(sorted(one(s, "label") for s in nodes[claim].get("attributedTo", []))) or "own voice",
            article=one(article, "identifier"),
            published=one(article, "datePublished"),
            sentence=" ".join(one(one(span, "inSentence"), "anchorOf").split()),
        )

    order = lambda s: (s["published"] or "9", s["article"], s["value"])
    rows = [sorted(map(side, pair), key=order) for pair in pairs]
    return sorted(rows, key=lambda row: (order(row[0]), row[0]["measure"], order(row[1])))


def key(row):
    first, second = row
    return (first["measure"], first["article"], first["value"], second["article"], second["value"])


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("quads")
    options.add_argument("--verdicts")
    options.add_argument("--first", type=int, default=50)
    given = options.parse_args()
    rows = conflicts(read(given.quads))
    if given.verdicts:
        with open(given.verdicts, encoding="utf-8") as lines:
            verdicts = {tuple(line.rstrip("\n").split("\t")[:5]): line.rstrip("\n").split("\t")[5] for line in lines if line[0] != "#"}
        first = rows[: given.first]
        judged = [verdicts[key(row)] for row in first if key(row) in verdicts]
        print(f"{len(rows)} conflicts, {len(first)} looked at, {len(judged)} judged, {judged.count('real')} real")
        for verdict, count in collections.Counter(judged).most_common():
            print(f"{count:5} {verdict}")
        return
    for number, row in enumerate(rows[: given.first], 1):
        print(f"{number}\t" + "\t".join(key(row)))
        for s in row:
            print(f"  {s['value']} ({s['modifier']}) of «{s['counts']}» by {s['by']}, {s['published'] or 'undated'}: {s['sentence'][:400]}")


if __name__ == "__main__":
    main()
