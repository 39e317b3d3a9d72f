#!/usr/bin/env python3
"""Makes many articles of few, to see what a large store costs.

    python3 training/many_articles.py COUNT SENTENCES SET.jsonl... > articles.jsonl

Each SET holds articles as JSON Lines (`{"text", …}`); take openly licensed ones. An article made here has SENTENCES sentences
of three of theirs, in a new order, with other numbers, weekdays, months and years, and with each name of a few
words replaced by another name of the sets, the same throughout the article. The same arguments give the same bytes.
Standard library only.
"""
import json, random, re, sys

SENTENCE = re.compile(r"(?<=[.!?][\"”]) +(?=[A-Z\"“])|(?<=[a-z0-9][.!?]) +(?=[A-Z\"“])|\n+")
NAME = re.compile(r"(?<=[a-z,] )(?:[A-Z][a-z]{2,}(?: [A-Z][a-z]{2,}){1,2})")
NUMBER = re.compile(r"\b\d{1,3}(?:,\d{3})*\b(?!\.\d)")
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April May June July August September October November December".split()
DAY, MONTH = re.compile(r"\b(?:%s)\b" % "|".join(DAYS)), re.compile(r"\b(?:%s)\b(?= \d)|(?<=\d )\b(?:%s)\b" % ("|".join(MONTHS), "|".join(MONTHS)))


def main():
    count, length, paths = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
    texts = [json.loads(line)["text"] for path in paths for line in open(path, encoding="utf-8")]
    texts = [[s.strip() for s in SENTENCE.split(t) if 40 < len(s.strip()) < 350] for t in texts]
    texts = [t for t in texts if len(t) >= 4]
    names = sorted({n for t in texts for s in t for n in NAME.findall(s)})
    for nth in range(count):
        rng = random.Random(nth)
        pool = [s for t in rng.sample(texts, 3) for s in rng.sample(t, min(len(t), length))]
        rng.shuffle(pool)
        new = {}
        name = lambda m: new.setdefault(m[0], rng.choice(names))
        number = lambda m: f"{max(2, int(int(m[0].replace(',', '')) * rng.uniform(0.4, 2.5))):,}" if len(m[0]) != 4 else str(rng.randint(1995, 2025))
        out = []
        for s in pool[:length]:
            s = MONTH.sub(lambda m: rng.choice(MONTHS), DAY.sub(lambda m: rng.choice(DAYS), NUMBER.sub(number, NAME.sub(name, s))))
            out.append(s)
        day = f"20{rng.randint(10, 25)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        print(json.dumps({"id": f"made-{nth:06}", "published": day, "publisher": rng.choice(names), "title": out[0][:60], "text": " ".join(out)}, ensure_ascii=False))


if __name__ == "__main__":
    main()
