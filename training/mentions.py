"""How well two models find names, beside gold: mention F1 of their raw names, in one run.

    python training/mentions.py SCORE.py MODEL OTHER_MODEL GOLD.jsonl...

SCORE.py is the scorer of the facts contract (`score.py`); a model is a packed file or a package
folder; beside each NAME.gold.jsonl lies NAME.input.jsonl with `id` and `text`. Both models run in
the engine, so nothing but the weights differs. Names lose their article and possessive ending, as
the contract says, and stay as they are otherwise: no gazetteer, no rule of the extractor.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile

TYPES = {
    "PERSON": "Person", "ORG": "Organization", "NORP": "Group", "GPE": "Place", "LOC": "Place", "FAC": "Facility",
    "PRODUCT": "Product", "EVENT": "NamedEvent", "WORK_OF_ART": "Work", "LAW": "Law", "LANGUAGE": "Language",
}  # fmt: skip
ARTICLE = re.compile(r"(?:the|an?)\s+", re.I)
POSSESSIVE = re.compile(r"(?:['’]s|['’])$", re.I)


def facts(article, analysis):
    """The names of one article as facts, one entity a name."""
    text, entities = article["text"], []
    for first, end, label in analysis["names"]:
        if label not in TYPES:
            continue
        last = analysis["tokens"][end - 1]
        start, stop = analysis["tokens"][first][0], last[0] + len(last[1])
        article_ = ARTICLE.match(text[start:stop])
        start += len(article_.group()) if article_ else 0
        ending = POSSESSIVE.search(text[start:stop])
        stop -= len(ending.group()) if ending else 0
        if start < stop:
            mention = {"span": [start, stop], "form": "name"}
            entities.append({"id": f"e{len(entities)}", "type": TYPES[label], "name": text[start:stop], "mentions": [mention]})
    return {"article": {"id": article["id"], "text": text}, "entities": entities}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("score")
    parser.add_argument("models", nargs=2)
    parser.add_argument("gold", nargs="+")
    parser.add_argument("--analyse", default="target/release/examples/analyse")
    args = parser.parse_args()
    table = []
    for gold in args.gold:
        with open(gold.replace(".gold.jsonl", ".input.jsonl"), encoding="utf-8") as lines:
            articles = [json.loads(line) for line in lines]
        row = []
        for model in args.models:
            texts = "".join(json.dumps(article["text"]) + "\n" for article in articles)
            run = subprocess.run([args.analyse, model], input=texts, capture_output=True, text=True, check=True)
            analyses = [json.loads(line) for line in run.stdout.splitlines()]
            with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as predicted:
                for article, analysis in zip(articles, analyses, strict=True):
                    predicted.write(json.dumps(facts(article, analysis)) + "\n")
                predicted.flush()
                command = [sys.executable, args.score, gold, predicted.name, "--layers", "mentions", "--json"]
                out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            figures = json.loads(out)["layers"]["mentions"]["figures"]
            row.append([figures[name]["f1"] for name in ("strict_span", "typed")])
        table.append(row)
        name = gold.rsplit("/", 1)[-1].split(".")[0]
        print(f"{name:<12}" + "   ".join(f"{m}: strict {r[0]:.1f} typed {r[1]:.1f}" for m, r in zip("AB", row)), flush=True)
    for i, name in enumerate(("strict", "typed")):
        a, b = (sum(row[m][i] for row in table) / len(table) for m in (0, 1))
        print(f"mean, {name}: {a:.2f} against {b:.2f} = {a - b:+.2f}")


if __name__ == "__main__":
    main()
