"""Tries one shared tok2vec: the entity recogniser listens to the one of tagger and parser instead of its own.

    python training/share.py MODEL_FOLDER --silver TEXTS.jsonl --out DIR [--head 500] [--joint 1000] [--seed 1]

TEXTS holds JSON strings, a paragraph a line, which the pipeline annotates itself (the teacher); every tenth is held back. First a new recogniser
learns on the frozen tok2vec (`--head` steps), then everything learns together (`--joint` steps). Prints, on the held-back paragraphs, how many heads
with labels, tags and names are the teacher's; writes the averaged weights to DIR.
"""

import argparse
import json
import random
import zlib

import spacy
from batches import batch
from spacy.training import Example


def alike(nlp, held_back):
    """Shares of heads with labels and of tags, and the F of names, beside the teacher's."""
    tokens = heads = tags = found = wanted = right = 0
    for said, doc in zip(held_back, nlp.pipe(doc.text for doc in held_back), strict=True):
        tokens += len(said)
        heads += sum(a.head.i == b.head.i and a.dep_ == b.dep_ for a, b in zip(said, doc, strict=True))
        tags += sum(a.tag_ == b.tag_ for a, b in zip(said, doc, strict=True))
        want, got = ({(e.start, e.end, e.label_) for e in d.ents} for d in (said, doc))
        found, wanted, right = found + len(got), wanted + len(want), right + len(want & got)
    return f"heads and labels {100 * heads / tokens:.2f} %, tags {100 * tags / tokens:.2f} %, names F {200 * right / (found + wanted):.2f}"


def listening(nlp):
    """A recogniser of the same shape on the shared tok2vec, in the place of the old one."""
    model = dict(nlp.config["components"]["ner"]["model"])
    width = nlp.get_pipe("tok2vec").model.get_dim("nO")
    model["tok2vec"] = {"@architectures": "spacy.Tok2VecListener.v1", "width": width, "upstream": "tok2vec"}
    where = nlp.pipe_names.index("ner")
    nlp.remove_pipe("ner")
    return nlp.add_pipe("ner", config={"model": model}, before=where)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("model")
    parser.add_argument("--silver", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--head", type=int, default=500)
    parser.add_argument("--joint", type=int, default=1000)
    parser.add_argument("--every", type=int, default=250)
    parser.add_argument("--words", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    random.seed(args.seed)
    spacy.util.fix_random_seed(args.seed)
    nlp = spacy.load(args.model)
    teacher = spacy.load(args.model)
    texts = [json.loads(line) for line in open(args.silver, encoding="utf-8")]
    silver, held_back = [], []
    for doc in teacher.pipe(texts):
        (held_back if zlib.crc32(doc.text.encode()) % 10 == 0 else silver).append(doc)
    examples = [Example(nlp.make_doc(doc.text), doc) for doc in silver[:200]]
    listening(nlp).initialize(lambda: examples, nlp=nlp)
    nlp._link_components()
    optimizer = nlp.resume_training()
    others = [name for name in nlp.pipe_names if name not in ("tok2vec", "tagger", "parser", "ner")]
    frozen = ["tok2vec", "tagger", "parser"]
    for phase, steps, rate, exclude, annotates in (("head", args.head, 1e-3, [*others, *frozen], ["tok2vec"]), ("joint", args.joint, 3e-4, others, [])):
        optimizer.learn_rate = rate
        for step in range(1, steps + 1):
            examples = batch(nlp, lambda: random.choice(silver), args.words)
            nlp.update(examples, sgd=optimizer, drop=0.1, exclude=exclude, annotates=annotates)
            if step % args.every == 0 or step == steps:
                with nlp.use_params(optimizer.averages):
                    print(f"{phase}, step {step}: {alike(nlp, held_back)}", flush=True)
    with nlp.use_params(optimizer.averages):
        nlp.to_disk(args.out)


if __name__ == "__main__":
    main()
