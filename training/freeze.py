"""Writes what spaCy says of the texts in tests/text/texts.jsonl: the sample that `cargo test` holds the built-in model to.

    python training/freeze.py MODEL_FOLDER < tests/text/texts.jsonl > tests/text/expected.jsonl
"""

import json
import sys

import spacy
from parity import expected

texts = [json.loads(line) for line in sys.stdin]
for tokens, names in expected(spacy.load(sys.argv[1]), texts):
    print(json.dumps({"tokens": tokens, "names": names}, ensure_ascii=False, separators=(",", ":")))
