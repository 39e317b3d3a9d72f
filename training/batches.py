"""The steps of a training run, the same for every script here."""

import random

from spacy.training import Example


def batch(nlp, draw, words):
    """Examples of at least `words` tokens; `draw` gives an annotated document each time."""
    examples, tokens = [], 0
    while tokens < words:
        doc = draw()
        if len(doc):
            examples.append(Example(nlp.make_doc(doc.text), doc))
            tokens += len(doc)
    return examples
