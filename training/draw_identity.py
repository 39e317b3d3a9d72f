"""Draws links and merges of extracted facts at random, with their context, for reading by hand.

    newsgraph extract --from jsonl ARTICLES.jsonl > facts.jsonl
    python3 training/draw_identity.py facts.jsonl --seed 1 --number 100 --what links      # or merges

A link is one entity with its IRIs, shown at one of its names; a merge is a mention with the one of the same entity before it.
"""
import argparse
import json
import random


def context(text, span, width=70):
    a, b = span
    return "%s[%s]%s" % (text[max(0, a - width):a], text[a:b], text[b:b + width])


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("facts")
    a.add_argument("--seed", type=int, required=True)
    a.add_argument("--number", type=int, default=100)
    a.add_argument("--what", choices=["links", "merges"], required=True)
    o = a.parse_args()
    items = []
    for line in open(o.facts, encoding="utf-8"):
        f = json.loads(line)
        text = f["article"]["text"]
        for e in f["entities"]:
            if o.what == "links" and e.get("links"):
                at = next((m for m in e["mentions"] if m["form"] == "name"), e["mentions"][0])
                items.append((f["article"]["id"], "%s = %s %s" % (e["name"], " ".join(x["iri"] for x in e["links"]), e["links"][0].get("score")), [context(text, at["span"])]))
            if o.what == "merges":
                for m, n in zip(e["mentions"], e["mentions"][1:]):
                    items.append((f["article"]["id"], "%s %s" % (e["type"], e["name"]), [context(text, m["span"]), context(text, n["span"])]))
    for k, (article, head, shown) in enumerate(random.Random(o.seed).sample(items, min(o.number, len(items))), 1):
        print("%d. %s · %s" % (k, article, head))
        for words in shown:
            print("     " + " ".join(words.split()))


if __name__ == "__main__":
    main()
