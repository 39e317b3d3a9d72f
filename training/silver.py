"""Training texts for `train_on.py` from what the extractor makes of openly licensed articles.

    newsgraph extract ARTICLES.jsonl > FACTS.jsonl
    python training/silver.py MODEL_FOLDER FACTS.jsonl --kb kb --names lang/en/name --out DIR [--copies 2] [--seed 1]

The names of FACTS are those of the parser after gazetteers, titles and the rest of the article have corrected them, so they teach it what the
document and the world know. Each paragraph is written `--copies` times more with people, places and organisations exchanged for others of the tables and of the Faker package, the
same one throughout an article (a place for one of its size, an organisation of several words for another such): the span and the type of an exchanged name are certain, and a name met once is learnt from its context.
Demonyms, which the contract counts to their place, are left to the parser, whose scheme has a label of their own for them.
Writes DIR/gold.spacy and DIR/dev.spacy, DocBins with entities of the types PER, ORG, LOC; dev is every tenth article, never exchanged.
"""

import argparse
import csv
import importlib
import json
import pathlib
import random
import re
import zlib

import spacy
from spacy.tokens import DocBin
from spacy.util import filter_spans

TYPES = {"Person": "PER", "Organization": "ORG", "Place": "LOC", "Facility": "LOC"}


COUNTRIES = """en_US en_US en_US en_GB en_IN de_DE fr_FR es_ES es_MX it_IT pt_BR nl_NL sv_SE fi_FI da_DK no_NO cs_CZ hr_HR hu_HU id_ID yo_NG zu_ZA sk_SK
sl_SI lt_LT lv_LV et_EE az_AZ""".split()


class Names:
    """Draws names of the tables, one for each name of an article."""

    def __init__(self, kb, rng):
        self.places = {"large": [], "small": []}
        for row in table(kb / "places.tsv"):
            self.places[size(row)].append(row["name"])
        self.size = {name: group for group, names in self.places.items() for name in names}
        bodies = [row["name"] for row in table(kb / "organizations.tsv") if row["kind"] not in ("product", "group")]
        self.organizations = [name for name in bodies if name.istitle() and len(name.split()) > 1]
        self.people = list(people())
        self.rng = rng
        self.forget()

    def forget(self):
        """Begins another article: its people are of one country."""
        self.given = {}
        self.country = self.rng.choice(self.people)

    def other(self, name, kind):
        if name not in self.given:
            self.given[name] = self.draw(name, kind)
        return self.given[name]

    def draw(self, name, kind):
        words = name.split()
        if kind == "LOC":
            return self.rng.choice(self.places[self.size[name]]) if name in self.size else name
        if kind == "ORG":
            return self.rng.choice(self.organizations) if len(words) > 1 and name.istitle() else name
        if len(words) > 2 or name.isupper() or not name.replace(" ", "").isalpha():
            return name
        firsts, lasts = self.country
        if len(words) == 1:
            return self.rng.choice(lasts)
        return f"{self.rng.choice(firsts)} {self.other(words[1], kind)}"


def people():
    """First and last names, country by country, of those that are one capitalised word of Latin letters."""

    def plain(provider, kind):
        listed = [getattr(provider, f"{kind}_names{of}", None) or () for of in ("", "_male", "_female")]
        return sorted({name for names in listed for name in names if re.fullmatch(r"[A-Z][^\W\d_]+", name)})

    for country in COUNTRIES:
        provider = importlib.import_module(f"faker.providers.person.{country}").Provider
        yield plain(provider, "first"), plain(provider, "last")


def size(place):
    """Whether everybody knows a place (countries, capitals, first divisions, cities of 300,000 people)."""
    known = place["kind"] in ("country", "capital", "region", "admin1") or int(place["population"] or 0) >= 300_000
    return "large" if known else "small"


def table(path):
    with open(path, encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def paragraphs(article, demonyms):
    """Each paragraph's text with its names as (start, end, type), offsets in the paragraph."""
    text = article["article"]["text"]
    names = [
        (*mention["span"], TYPES[entity["type"]])
        for entity in article.get("entities", [])
        if entity["type"] in TYPES
        for mention in entity["mentions"]
        if mention.get("form") == "name" and text[slice(*mention["span"])] not in demonyms
    ]
    for match in re.finditer(r"\S(?:.|\n(?!\s*\n))*", text):
        start, end = match.span()
        inside = sorted((a - start, b - start, kind) for a, b, kind in names if start <= a and b <= end)
        yield match.group(), inside


def exchanged(text, names, draw):
    """The paragraph with its names drawn anew, and where they stand now."""
    out, spans, last = "", [], 0
    for start, end, kind in names:
        if start < last:
            continue
        out += text[last:start]
        name = draw.other(text[start:end], kind)
        spans.append((len(out), len(out) + len(name), kind))
        out, last = out + name, end
    return out + text[last:], spans


def document(nlp, text, names):
    """The names on tokens; one that does not end where tokens end is left out."""
    doc = nlp.make_doc(text)
    spans = [doc.char_span(start, end, label=kind) for start, end, kind in names]
    doc.set_ents(filter_spans([span for span in spans if span is not None]))
    return doc


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("model")
    parser.add_argument("facts")
    parser.add_argument("--kb", required=True, type=pathlib.Path)
    parser.add_argument("--names", required=True, type=pathlib.Path)
    parser.add_argument("--out", required=True, type=pathlib.Path)
    parser.add_argument("--copies", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    nlp = spacy.load(args.model)
    draw = Names(args.kb, random.Random(args.seed))
    demonyms = {row["demonym"] for row in table(args.names / "demonyms.tsv")}
    gold, dev = DocBin(), DocBin()
    for line in open(args.facts, encoding="utf-8"):
        article = json.loads(line)
        held_back = zlib.crc32(article["article"]["id"].encode()) % 10 == 0
        for text, names in paragraphs(article, demonyms):
            (dev if held_back else gold).add(document(nlp, text, names))
        for _ in range(0 if held_back else args.copies):
            draw.forget()
            for text, names in paragraphs(article, demonyms):
                if names:
                    gold.add(document(nlp, *exchanged(text, names, draw)))
    args.out.mkdir(parents=True, exist_ok=True)
    gold.to_disk(args.out / "gold.spacy")
    dev.to_disk(args.out / "dev.spacy")
    print(f"{len(gold)} paragraphs to learn from, {len(dev)} held back")


if __name__ == "__main__":
    main()
