"""Draws links, merges or relations of extracted facts at random, with their context, for reading by hand.

    newsgraph extract --from jsonl ARTICLES.jsonl > facts.jsonl
    python3 training/draw_identity.py facts.jsonl --seed 1 --number 100 --what links      # or merges, relations

A link is one entity with its IRIs, shown at one of its names; a merge is a mention with the one of the same entity before it;
a relation is shown with the words that tell it. With --verdicts FILE the draw is set beside what was found by hand, a line
each (number, article, what was drawn, verdict: right, wrong or unclear, why), and counted; a line that the draw does not give any more is an error.
"""
import argparse
import collections
import json
import random
import sys


def context(text, span, width=70):
    a, b = span
    return "%s[%s]%s" % (text[max(0, a - width):a], text[a:b], text[b:b + width])


def count(path, drawn):
    """Counts the verdicts on a draw; exits with 1 where they are on another draw."""
    found = collections.Counter()
    with open(path, encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines if not line.startswith("#")]
    for (number, article, head, verdict, why), drawn_ in zip(rows, drawn):
        if (article, head) != (drawn_[0], drawn_[1]):
            sys.exit("%s: %s: not what is drawn here: %s %s" % (path, number, drawn_[0], drawn_[1]))
        found[verdict] += 1
        if verdict != "right":
            print("%s\t%s\t%s\t%s" % (number, head, verdict, why))
    print(", ".join("%s %d" % item for item in sorted(found.items())))


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("facts")
    a.add_argument("--seed", type=int, required=True)
    a.add_argument("--number", type=int, default=100)
    a.add_argument("--what", choices=["links", "merges", "relations"], required=True)
    a.add_argument("--predicates", help="only relations of these predicates, separated by commas")
    a.add_argument("--verdicts", help="what was found by hand")
    o = a.parse_args()
    items = []
    for line in open(o.facts, encoding="utf-8"):
        f = json.loads(line)
        text = f["article"]["text"]
        names = {e["id"]: e["name"] for e in f["entities"]}
        for r in f["relations"] if o.what == "relations" else ():
            if o.predicates is None or r["predicate"] in o.predicates.split(","):
                value = r["object"] if isinstance(r["object"], str) else r["object"]["value"]
                items.append((f["article"]["id"], "%s %s %s" % (names[r["subject"]], r["predicate"], names.get(value, value)), [context(text, r["span"])]))
        for e in f["entities"]:
            if o.what == "links" and e.get("links"):
                at = next((m for m in e["mentions"] if m["form"] == "name"), e["mentions"][0])
                items.append((f["article"]["id"], "%s = %s %s" % (e["name"], " ".join(x["iri"] for x in e["links"]), e["links"][0].get("score")), [context(text, at["span"])]))
            if o.what == "merges":
                for m, n in zip(e["mentions"], e["mentions"][1:]):
                    items.append((f["article"]["id"], "%s %s" % (e["type"], e["name"]), [context(text, m["span"]), context(text, n["span"])]))
    drawn = random.Random(o.seed).sample(items, min(o.number, len(items)))
    if o.verdicts:
        return count(o.verdicts, drawn)
    for k, (article, head, shown) in enumerate(drawn, 1):
        print("%d. %s · %s" % (k, article, head))
        for words in shown:
            print("     " + " ".join(words.split()))


if __name__ == "__main__":
    main()
