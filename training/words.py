"""Writes the words whose vectors a packed model keeps, one a line, the most frequent first.

    python training/words.py MODEL_FOLDER > words.txt

The order is an estimate: frequency of the lower-cased word in wordfreq's large English list
(the Python package wordfreq, data CC BY-SA 4.0) times a factor for its case; signs first.
Only words for which the model has a vector are written.
"""

import json
import sys

import srsly
from spacy.strings import hash_string
from spacy.symbols import IDS
from wordfreq import get_frequency_dict, word_frequency


def main(folder):
    rows = srsly.read_msgpack(f"{folder}/vocab/key2row")
    strings = json.load(open(f"{folder}/vocab/strings.json", encoding="utf-8"))
    frequencies = get_frequency_dict("en", "large")
    scored = []
    for text in strings:
        if IDS.get(text, hash_string(text)) not in rows or text.split() != [text]:
            continue
        if not any(c.isalnum() for c in text):
            frequency = 10 ** -len(text)
        elif not any(c.isalpha() for c in text):
            frequency = word_frequency(text, "en") / 3 ** text.count(".")
        else:
            frequency = frequencies.get(text.lower().replace("’", "'"), 0.0)
            if text.startswith(("'", "’")):
                frequency = max(frequency, 1e-5)
            if text != text.lower():
                frequency *= 0.3 if text[1:] == text[1:].lower() else 0.05
        scored.append((-frequency, text))
    for _, text in sorted(scored):
        print(text)


if __name__ == "__main__":
    main(sys.argv[1])
