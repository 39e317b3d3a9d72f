#!/usr/bin/env python3
"""Builds lang/en/event/{nouns,verbs}.tsv from open data.

    python3 training/event_lexicon.py DATA lang/en/event

DATA holds `oewn/` (Open English WordNet: senses, hypernyms, verb_nouns) and `cameo/` (PETRARCH2's verbs and patterns).
nouns.tsv: nouns that tell events, the verb they are derived from, and whether they do so in most contexts (strong) or
only with arguments of their own (weak). verbs.tsv: the default type of verbs that the tables written by hand leave out.
"""
import csv
import sys
from collections import defaultdict

# Where WordNet files events; an act is one only with a verb behind it.
EVENT_FILES = {"noun.event"}
ACT_FILES = {"noun.act", "noun.process", "noun.phenomenon"}
SPEECH_FILES = {"noun.communication"}
PERSON_ENDINGS = ("er", "or", "ist", "ee", "ant", "man", "woman")
# CAMEO's default codes of verbs with many senses, and of these types, misfire more often than they help.
LOOSE_TYPES = {"Cooperate", "Agree", "Concede", "Consult", "Support", "Accuse", "Reject", "Threaten", "Request", "Aid"}
MOST_SENSES = 3
# Verbs' lexicographer files that agree with a type of general news.
VERB_FILES = {"verb.motion": "Move", "verb.weather": "Disaster"}


def read(path):
    with open(path, encoding="utf-8") as f:
        return list(csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE))


def main():
    data, out = sys.argv[1:3]
    senses = defaultdict(list)
    for row in read(f"{data}/oewn/senses.tsv"):
        senses[row["lemma"], row["pos"]].append((int(row["sense"]), row["lexname"], row["synset"]))
    for rows in senses.values():
        rows.sort()
    verb_of = {}
    for row in read(f"{data}/oewn/verb_nouns.tsv"):
        noun, verb = row["noun"], row["verb"]
        if noun.endswith(PERSON_ENDINGS) and not any(f in EVENT_FILES | ACT_FILES for _, f, _ in senses.get((noun, "n"), [])[:1]):
            continue
        # The shortest verb, and among those the first: "agree" before "disagree" for "agreement".
        if noun not in verb_of or (len(verb), verb) < (len(verb_of[noun]), verb_of[noun]):
            verb_of[noun] = verb
    nouns = {}
    for (lemma, pos), rows in senses.items():
        if pos != "n" or lemma != lemma.lower() or any(c.isdigit() for c in lemma):
            continue
        files = [f for _, f, _ in rows]
        verb = verb_of.get(lemma, "")
        if files[0] in EVENT_FILES:
            nouns[lemma] = (verb, "strong" if verb or len(files) <= 6 else "weak")
        elif files[0] in ACT_FILES and (verb or lemma.endswith("ing")):
            nouns[lemma] = (verb, "strong")
        elif files[0] in SPEECH_FILES and verb:
            nouns[lemma] = (verb, "weak")
        elif verb and any(f in EVENT_FILES | ACT_FILES for f in files[:3]):
            nouns[lemma] = (verb, "weak")
        elif files[0] in ACT_FILES and " " not in lemma:
            nouns[lemma] = (verb, "weak")
    with open(f"{out}/nouns.tsv", "w", encoding="utf-8") as f:
        f.write("noun\tverb\tstrength\n")
        for noun in sorted(nouns):
            if noun.count(" ") > 1:
                continue
            f.write("%s\t%s\t%s\n" % (noun, *nouns[noun]))
    verbs = {}
    for row in read(f"{data}/cameo/verbs.tsv"):
        loose = row["plover"] in LOOSE_TYPES or len(senses.get((row["verb"], "v"), [])) > MOST_SENSES
        if row["plover"] and not loose and row["verb"] == row["verb"].lower():
            verbs.setdefault(row["verb"].replace("_", " ").strip(), row["plover"])
    for (lemma, pos), rows in senses.items():
        if pos == "v" and rows[0][1] in VERB_FILES and lemma == lemma.lower() and lemma.count(" ") < 2:
            verbs.setdefault(lemma, VERB_FILES[rows[0][1]])
    with open(f"{out}/verbs.tsv", "w", encoding="utf-8") as f:
        f.write("verb\ttype\n")
        for verb in sorted(verbs):
            f.write(f"{verb}\t{verbs[verb]}\n")


if __name__ == "__main__":
    main()
