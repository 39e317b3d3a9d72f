#!/usr/bin/env python3
"""Draws articles and claims at random for judging by hand.

    python3 training/draw.py INPUT.jsonl FACTS.jsonl --seed N [--articles 20] [--claims 200] [--kind event,role,relation,statement]
    python3 training/draw.py INPUT.jsonl FACTS.jsonl --seed N --list claims.tsv    also writes the list to put the verdicts in
    python3 training/draw.py --count claims.tsv                                    precision and the classes of error of a judged list

INPUT is JSON Lines with `id`; FACTS what `newsgraph extract INPUT` wrote. Prints the ids drawn, then one claim a line with
its sentence: number, article, kind, what is claimed, whose word. The same seed draws the same articles and, from the same facts,
the same claims. A list has a row a claim: number, article, offsets (Unicode scalar values), the claim's id in the facts, verdict
(`ok` or `wrong`), class of error; no words of the article. Standard library only.
"""
import argparse
import collections
import json
import random


def claims_of(facts, kinds):
    text = facts["article"]["text"]
    words = lambda s: " ".join(text[s[0]:s[1]].split())
    name = {e["id"]: e["name"] for e in facts["entities"]}
    for q in facts["quantities"]:
        name[q["id"]] = words(q["span"]) + (" " + words(q["of"]) if q.get("of") else "")
    name.update({t["id"]: f'{words(t["span"])}={t["value"]}' for t in facts["times"]})
    name.update({e["id"]: "«" + words(e["trigger"]) + "»" for e in facts["events"]})
    voice = {}
    for s in facts["statements"]:
        for c in s["carries"]:
            speaker = name.get(s.get("speaker")) or (words(s["source"]) if s.get("source") else "?")
            voice.setdefault(c, []).append(speaker + (" (denied)" if s.get("modality") else ""))

    def sentence(at):
        return next((words(s) for s in facts["sentences"] if s[0] <= at < s[1]), "")

    def row(kind, span, what, id, key=None):
        voices = voice.get(key, ["own voice"])
        return dict(article=facts["article"]["id"], kind=kind, what=what, voice=voices, sentence=sentence(span[0]), span=span, id=id)

    for e in facts["events"]:
        manner = f'{e["polarity"]}/{e["modality"]}'
        at = e["trigger"]
        if "event" in kinds:
            when = f' time {name[e["time"]]}' if e.get("time") else ""
            same = f' same as {name[e["same"]]}' if e.get("same") else ""
            yield row("event", at, f'{e["type"]} «{words(e["trigger"])}» {manner}{when}{same}', e["id"], e["id"])
        if "role" in kinds:
            for r in e["roles"]:
                yield row("role", at, f'«{words(e["trigger"])}» {r["role"]} = {name[r["ref"]]}', f'{e["id"]}/{r["role"]}={r["ref"]}', e["id"])
            if e.get("place"):
                yield row("role", at, f'«{words(e["trigger"])}» place = {name[e["place"]]}', f'{e["id"]}/place={e["place"]}', e["id"])
    if "relation" in kinds:
        for r in facts["relations"]:
            o = r["object"]
            o = o["value"] if isinstance(o, dict) else name[o]
            yield row("relation", r["span"], f'{name[r["subject"]]} {r["predicate"]} {o} {r["polarity"]}', r["id"], r["id"])
    if "statement" in kinds:
        for s in facts["statements"]:
            said = " … ".join(words(c) for c in s["content"])
            who = name.get(s.get("speaker")) or (words(s["source"]) if s.get("source") else "nobody named")
            denied = f' ({s["modality"]})' if s.get("modality") else ""
            yield row("statement", s["content"][0], f"{who}: {said}{denied}", s["id"])


def count(path):
    """Prints the shares of a judged list."""
    rows = [line.rstrip("\n").split("\t") for line in open(path, encoding="utf-8") if not line.startswith("#")][1:]
    classes = collections.Counter(r[6] for r in rows if r[5] == "wrong")
    unjudged = [r[0] for r in rows if r[5] not in ("ok", "wrong")]
    if unjudged:
        raise SystemExit(f"{path}: no verdict for {' '.join(unjudged)}")
    right = sum(r[5] == "ok" for r in rows)
    print(f"{len(rows)} claims, {right} right: {100 * right / len(rows):.1f} %")
    for name, n in classes.most_common():
        print(f"  {name:12} {n:3}  {100 * n / len(rows):.1f} %")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("input", nargs="?")
    ap.add_argument("facts", nargs="?")
    ap.add_argument("--seed", type=int)
    ap.add_argument("--list")
    ap.add_argument("--count")
    ap.add_argument("--articles", type=int, default=20)
    ap.add_argument("--claims", type=int, default=200)
    ap.add_argument("--kind", default="event,role,relation,statement")
    a = ap.parse_args()
    if a.count:
        return count(a.count)
    if a.seed is None or not a.facts:
        ap.error("INPUT, FACTS and --seed are needed")
    ids = sorted(json.loads(line)["id"] for line in open(a.input, encoding="utf-8"))
    dice = random.Random(a.seed)
    drawn = sorted(dice.sample(ids, min(a.articles, len(ids))))
    print("articles:", " ".join(drawn))
    claims = []
    for line in open(a.facts, encoding="utf-8"):
        facts = json.loads(line)
        if facts["article"]["id"] in drawn:
            claims.extend(claims_of(facts, a.kind.split(",")))
    claims = dice.sample(claims, min(a.claims, len(claims)))
    claims.sort(key=lambda c: (c["article"], c["sentence"]))
    if a.list:
        with open(a.list, "w", encoding="utf-8") as out:
            out.write("number\tarticle\tbegin\tend\tclaim\tverdict\tclass\n")
            for n, c in enumerate(claims, 1):
                out.write(f'{n}\t{c["article"]}\t{c["span"][0]}\t{c["span"][1]}\t{c["id"]}\t\t\n')
    last = None
    for n, c in enumerate(claims, 1):
        if c["sentence"] != last:
            print(f'\n[{c["article"]}] {c["sentence"]}')
            last = c["sentence"]
        print(f'  {n:3} {c["kind"]}: {c["what"]}   — {", ".join(c["voice"])}')


if __name__ == "__main__":
    main()
