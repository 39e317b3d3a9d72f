"""CPU time beside `nlp.pipe`: same model, same texts, alternating, one thread each.

    python training/speed.py MODEL_FOLDER texts.jsonl [--packed FILE] [--rounds 2]

spaCy runs with each batch size once and counts with its best; BLAS has one thread and its current kernel. CPU seconds, so that other work on the machine counts little;
still, only the ratio is to be believed.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import time

for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
    os.environ.pop(name, None)
for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ[name] = "1"

import spacy  # noqa: E402


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("model")
    parser.add_argument("texts")
    parser.add_argument("--packed")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--batches", type=int, nargs="+", default=[64, 256, 1024])
    parser.add_argument("--analyse", default="target/release/examples/analyse")
    args = parser.parse_args()
    texts = [json.loads(line) for line in open(args.texts, encoding="utf-8")]
    best = {"spaCy": 0.0, "first": 0.0, "second": 0.0}
    for _ in range(args.rounds):
        for size in args.batches:
            nlp = spacy.load(args.model)
            begun = time.process_time()
            tokens = sum(len(doc) for doc in nlp.pipe(texts, batch_size=size))
            rate = tokens / (time.process_time() - begun)
            print(f"spaCy, batch {size}: {rate:.0f} tokens/s", flush=True)
            best["spaCy"] = max(best["spaCy"], rate)
        with open(args.texts, encoding="utf-8") as texts_file:
            out = subprocess.run(
                [args.analyse, args.packed or args.model, "--time"],
                stdin=texts_file, capture_output=True, text=True, check=True,
            ).stdout
        print(out, end="", flush=True)
        for name, rate in re.findall(r"^(\w+) .*? (\d+) tokens/s$", out, re.M):
            if name in best:
                best[name] = max(best[name], float(rate))
    for name in ("first", "second"):
        print(f"{name} pass: {best[name] / best['spaCy']:.1f} × spaCy")


if __name__ == "__main__":
    sys.exit(main())
