"""How well the extractor finds names, beside spaCy, on the same gold sets in one run.

    python3 training/names_beside_spacy.py SCORE.py GOLD.jsonl... [--spacy en_core_web_sm]

SCORE.py is the scorer of the facts contract (`score.py`); beside each NAME.gold.jsonl lies
NAME.input.jsonl. spaCy's names lose their article and possessive ending, as the contract says, so
that spans are not what tells the two apart. Gold of places alone has no types to compare.
"""

import argparse
import json
import subprocess
import sys
import tempfile

import spacy

from mentions import facts


def analysis(doc):
    """A spaCy document as `examples/analyse` would print it."""
    names = [[e.start, e.end, e.label_] for e in doc.ents]
    return {"tokens": [[t.idx, t.text] for t in doc], "names": names}


def score(command, gold, lines):
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as predicted:
        predicted.write(lines)
        predicted.flush()
        run = [sys.executable, command, gold, predicted.name, "--layers", "mentions", "--json"]
        out = subprocess.run(run, capture_output=True, text=True, check=True).stdout
    figures = json.loads(out)["layers"]["mentions"]["figures"]
    return [figures[name]["f1"] for name in ("strict_span", "typed")]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("score")
    parser.add_argument("gold", nargs="+")
    parser.add_argument("--spacy", default="en_core_web_sm")
    parser.add_argument("--newsgraph", default="target/release/newsgraph")
    args = parser.parse_args()
    nlp = spacy.load(args.spacy)
    print(f"{'':<14}{'newsgraph':>18}{args.spacy:>18}{'difference':>18}")
    print(f"{'':<14}" + 3 * f"{'strict':>10}{'typed':>8}")
    for gold in args.gold:
        articles = gold.replace(".gold.jsonl", ".input.jsonl")
        run = [args.newsgraph, "extract", "--quiet", "--from", "jsonl", articles]
        ours = score(args.score, gold, subprocess.run(run, capture_output=True, text=True, check=True).stdout)
        with open(articles, encoding="utf-8") as lines:
            read = [json.loads(line) for line in lines]
        docs = nlp.pipe(article["text"] for article in read)
        theirs = "".join(json.dumps(facts(a, analysis(d))) + "\n" for a, d in zip(read, docs, strict=True))
        theirs = score(args.score, gold, theirs)
        cells = "".join(f"{s:>10.1f}{t:>8.1f}" for s, t in (ours, theirs))
        cells += "".join(f"{a - b:>+{w}.1f}" for a, b, w in zip(ours, theirs, (10, 8), strict=True))
        print(f"{gold.rsplit('/', 1)[-1].split('.')[0]:<14}{cells}", flush=True)


if __name__ == "__main__":
    main()
