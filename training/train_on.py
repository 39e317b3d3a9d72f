"""Trains the entity recogniser of a pipeline on from its weights; the rest stays as it is.

    python training/train_on.py MODEL_FOLDER --gold GOLD.spacy --silver TEXTS.jsonl --dev DEV.spacy --out DIR [--steps 500] [--seed 1]

GOLD and DEV are spaCy DocBins with entities of the types PER, ORG, LOC; TEXTS holds JSON strings, a paragraph a line, which the pipeline annotates itself
(silver). Each batch is 30 % gold. Gold names take the teacher's label where it found a name of that type that overlaps (else PER → PERSON, LOC → GPE), and its
span where that has but an article or a possessive ending more; its dates, numbers and other labels stay. Prints the F of both on DEV at each evaluation; writes the averaged weights to DIR.
"""

import argparse
import json
import random
import re

import spacy
from batches import batch
from spacy.tokens import DocBin, Span
from spacy.util import filter_spans

LABELS = {"PER": "PERSON", "LOC": "GPE", "ORG": "ORG"}
COARSE = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}


def trimmed(name):
    """A name without article and possessive ending, which the contract leaves out and the parser's scheme keeps."""
    return re.sub(r"(?:['’]s|['’])$", "", re.sub(r"^(?:the|an?)\s+", "", name.text, flags=re.I))


def bounds(name):
    start = name.start_char + name.text.find(trimmed(name))
    return start, start + len(trimmed(name))


def merged(teacher, gold):
    """The gold document with the teacher's labels where gold has none."""
    said = teacher(gold.text)
    spans = []
    for name in gold.ents:
        overlap = [e for e in said.ents if e.start < name.end and name.start < e.end and COARSE.get(e.label_) == name.label_]
        label = overlap[0].label_ if overlap else LABELS.get(name.label_, name.label_)
        start, end = name.start, name.end
        if overlap and trimmed(overlap[0]) == name.text:
            start, end = overlap[0].start, overlap[0].end
        spans.append(Span(gold, start, end, label=label))
    for e in said.ents:
        if e.label_ not in COARSE:
            other = gold.char_span(e.start_char, e.end_char, label=e.label_)
            if other is not None:
                spans.append(other)
    # Gold names come first, so they win over what overlaps them.
    gold_spans = spans[: len(gold.ents)]
    rest = [s for s in spans[len(gold.ents) :] if not any(s.start < g.end and g.start < s.end for g in gold_spans)]
    gold.set_ents(filter_spans(gold_spans + rest))
    return gold


def f_score(nlp, dev):
    found = right = wanted = 0
    for doc in dev:
        want = {(e.start_char, e.end_char, e.label_) for e in doc.ents}
        got = {(*bounds(e), COARSE[e.label_]) for e in nlp(doc.text).ents if e.label_ in COARSE}
        found, wanted, right = found + len(got), wanted + len(want), right + len(got & want)
    return 200 * right / max(found + wanted, 1)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("model")
    parser.add_argument("--gold", required=True)
    parser.add_argument("--silver", required=True)
    parser.add_argument("--dev", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--steps", type=int, default=500)
    parser.add_argument("--every", type=int, default=100)
    parser.add_argument("--words", type=int, default=1000)
    parser.add_argument("--share", type=float, default=0.3)
    parser.add_argument("--rate", type=float, default=4e-4)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    random.seed(args.seed)
    spacy.util.fix_random_seed(args.seed)
    nlp = spacy.load(args.model)
    teacher = spacy.load(args.model)
    gold = [merged(teacher, doc) for doc in DocBin().from_disk(args.gold).get_docs(nlp.vocab)]
    dev = list(DocBin().from_disk(args.dev).get_docs(nlp.vocab))
    silver = list(teacher.pipe(json.loads(line) for line in open(args.silver, encoding="utf-8")))
    print(f"{len(gold)} gold, {len(silver)} silver, {len(dev)} held back; before: F {f_score(nlp, dev):.2f}", flush=True)
    optimizer = nlp.resume_training()
    optimizer.learn_rate = args.rate
    with nlp.select_pipes(enable=["ner"]):
        for step in range(1, args.steps + 1):
            examples = batch(nlp, lambda: random.choice(gold if random.random() < args.share else silver), args.words)
            losses = {}
            nlp.update(examples, sgd=optimizer, drop=0.1, losses=losses)
            if step % args.every == 0 or step == args.steps:
                with nlp.use_params(optimizer.averages):
                    print(f"step {step}: loss {losses['ner']:.1f}, F {f_score(nlp, dev):.2f}", flush=True)
    with nlp.use_params(optimizer.averages):
        nlp.to_disk(args.out)


if __name__ == "__main__":
    main()
