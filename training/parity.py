"""Compares spaCy with the engine, layer by layer.

    python training/parity.py MODEL_FOLDER texts.jsonl [--packed FILE] [--limit N]

Reads JSON strings, one paragraph a line; runs the pipeline in MODEL_FOLDER with spaCy and the
`analyse` example on the same folder (or on FILE), and counts tokens that differ in each layer.
Ends with 1 where anything differs, unless --packed is given.
"""

import argparse
import json
import subprocess
import sys

import spacy

LAYERS = ["start", "text", "tag", "pos", "morph", "lemma", "head", "dep", "sentence"]


def expected(nlp, texts):
    for doc in nlp.pipe(texts, batch_size=64):
        tokens = [
            [t.idx, t.text, t.tag_, t.pos_, str(t.morph), t.lemma_, t.head.i, t.dep_, bool(t.is_sent_start)]
            for t in doc
        ]
        yield tokens, [[e.start, e.end, e.label_] for e in doc.ents]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("model")
    parser.add_argument("texts")
    parser.add_argument("--packed")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--isa")
    parser.add_argument("--show", type=int, default=5)
    parser.add_argument("--analyse", default="target/release/examples/analyse")
    args = parser.parse_args()
    texts = [json.loads(line) for line in open(args.texts, encoding="utf-8")][: args.limit]
    command = [args.analyse, args.packed or args.model] + (["--isa", args.isa] if args.isa else [])
    lines = subprocess.run(
        command, input="".join(json.dumps(t) + "\n" for t in texts), capture_output=True, text=True, check=True
    ).stdout.splitlines()
    ours = [json.loads(line) for line in lines]
    nlp = spacy.load(args.model)
    tokens = same_paragraphs = same_arcs = shown = 0
    differ = dict.fromkeys(LAYERS, 0)
    split = names = names_ours = names_same = 0
    for text, (want, want_names), got in zip(texts, expected(nlp, texts), ours, strict=True):
        tokens += len(want)
        names += len(want_names)
        names_ours += len(got["names"])
        names_same += len({tuple(n) for n in want_names} & {tuple(n) for n in got["names"]})
        same = want == got["tokens"] and want_names == got["names"]
        same_paragraphs += same
        if [t[0:2] for t in want] != [t[0:2] for t in got["tokens"]]:
            split += 1
        else:
            for a, b in zip(want, got["tokens"]):
                same_arcs += a[6:8] == b[6:8]
                for layer, x, y in zip(LAYERS, a, b):
                    differ[layer] += x != y
        if not same and shown < args.show:
            shown += 1
            print(repr(text[:200]))
            for a, b in zip(want, got["tokens"]):
                if a != b:
                    print("   spaCy", a, "\n   ours ", b)
                    break
            if want_names != got["names"]:
                print("   names", want_names, got["names"])
    print(f"{args.model}: {len(texts)} paragraphs, {tokens} tokens")
    print(f"paragraphs identical in every layer: {same_paragraphs}; tokenised otherwise: {split}")
    print("tokens that differ:", differ)
    print(f"heads and labels alike: {100 * same_arcs / max(tokens, 1):.3f} %")
    print(f"entities: spaCy {names}, ours {names_ours}, alike {names_same} = {100 * names_same / max(names, 1):.3f} %")
    sys.exit(0 if args.packed or same_paragraphs == len(texts) else 1)


if __name__ == "__main__":
    main()
