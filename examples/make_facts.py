#!/usr/bin/env python3
"""Writes facts.jsonl: the facts of a few invented articles, marked by hand.

    python3 examples/make_facts.py > examples/facts.jsonl

The saved questions' answers (queries/*.tsv) are answers over that file. Words are named here and
their offsets found: "word" is the first place after the previous word of the same list, "word@2"
the second place in the text. The items are written in text order, whatever their order here.
"""

import copy
import json
import re
import sys

ARTICLES = []


class Article:
    def __init__(self, ident, published, title, publisher, text):
        self.text = " ".join(text.split())
        self.meta = {"id": ident, "text": self.text, "published": published, "title": title,
                     "url": f"https://news.example/{ident}", "publisher": publisher, "language": "en"}
        self.entities, self.times, self.quantities = {}, {}, {}
        self.events, self.relations, self.statements = {}, {}, {}
        ARTICLES.append(self)

    def at(self, words):
        """The span of some words, the nth place where they are followed by @n."""
        nth = 1
        if found := re.fullmatch(r"(.+)@(\d+)", words):
            words, nth = found[1], int(found[2])
        at = -1
        for _ in range(nth):
            at = self.text.index(words, at + 1)
        return [at, at + len(words)]

    def entity(self, key, kind, name, *mentions):
        """Mentions are words; =words is a nominal, ~words a pronoun."""
        forms = {"=": "nominal", "~": "pronoun"}
        spans = [{"span": self.at(m.lstrip("=~")), "form": forms.get(m[0], "name")} for m in mentions]
        self.entities[key] = {"type": kind, "name": name, "mentions": sorted(spans, key=lambda m: m["span"])}

    def time(self, key, words, kind, value, begin=None, end=None, mod=None):
        item = {"span": self.at(words), "type": kind, "value": value, "mod": mod, "begin": begin,
                "end": end or begin}
        self.times[key] = {k: v for k, v in item.items() if v is not None}

    def figure(self, key, words, value, modifier, of, unit="count", change=None):
        item = {"span": self.at(words), "modifier": modifier, "unit": unit}
        if isinstance(value, tuple):
            item["low"], item["high"] = value
        else:
            item["value"] = value
        if of:
            item["of"] = self.at(of)
        if change:
            item["change"] = change
        self.quantities[key] = item

    def event(self, key, kind, trigger, lemma, roles="", time=None, place=None, modality="asserted",
              polarity="positive", figures=(), same=None):
        roles = [r.split(":") for r in roles.split()]
        self.events[key] = {"type": kind, "trigger": self.at(trigger), "lemma": lemma,
                            "roles": [{"role": r, "ref": ref} for r, ref in roles], "time": time,
                            "place": place, "polarity": polarity, "modality": modality,
                            "quantities": list(figures), "same": same}

    def relation(self, key, subject, predicate, obj, words, modality="asserted"):
        if obj not in self.entities:
            obj = {"value": obj, "datatype": "xsd:string"}
        self.relations[key] = {"subject": subject, "predicate": predicate, "object": obj,
                               "span": self.at(words), "polarity": "positive", "modality": modality}

    def says(self, key, speaker, source, cue, content, mode, carries, time=None, relays=None,
             addressee=None, modality=None):
        content = [content] if isinstance(content, str) else content
        item = {"speaker": speaker, "source": source and self.at(source), "cue": cue and self.at(cue),
                "addressee": addressee, "content": sorted(map(self.at, content)), "mode": mode,
                "relays": relays, "carries": carries.split(), "time": time, "modality": modality}
        self.statements[key] = item

    def facts(self):
        """The contract's object: numbered ids, text order, no empty member."""
        first = {"e": lambda x: x["mentions"][0]["span"], "t": lambda x: x["span"],
                 "q": lambda x: x["span"], "v": lambda x: x["trigger"], "r": lambda x: x["span"],
                 "s": lambda x: x["content"][0]}
        arrays = {"e": self.entities, "t": self.times, "q": self.quantities, "v": self.events,
                  "r": self.relations, "s": self.statements}
        ids = {}
        order = {}
        for letter, items in arrays.items():
            assert not ids.keys() & items.keys(), f"one key for two items: {ids.keys() & items.keys()}"
            order[letter] = sorted(items, key=lambda k: first[letter](items[k]))
            ids |= {key: f"{letter}{i + 1}" for i, key in enumerate(order[letter])}

        def renamed(value, member=None):
            if isinstance(value, dict):
                literal = "datatype" in value
                return {k: v if literal else renamed(v, k) for k, v in value.items() if v is not None}
            if isinstance(value, list):
                return [renamed(v, member) for v in value]
            named = ("ref", "time", "place", "same", "subject", "object", "speaker", "addressee",
                     "relays", "carries", "quantities")
            return ids[value] if member in named else value

        def finish(letter, key):
            item = renamed(arrays[letter][key])
            for member in ("quantities", "carries", "roles"):
                if member in item and not item[member] and member == "quantities":
                    del item[member]
            return {"id": ids[key]} | item

        names = {"e": "entities", "t": "times", "q": "quantities", "v": "events", "r": "relations",
                 "s": "statements"}
        ends = [m.end() for m in re.finditer(r"[.!?]\"?(?= [A-Z\"]|$)", self.text)]
        begins = [0] + [end + 1 for end in ends[:-1]]
        out = {"schema": "newsgraph-facts/1", "article": self.meta,
               "sentences": [list(s) for s in zip(begins, ends)]}
        for letter, name in names.items():
            out[name] = [finish(letter, key) for key in order[letter]]
        return out


# The flood in Port Vell: plans, figures, a chain of words, who belongs to whom.
a = Article("flood-tuesday", "2031-05-06", "Ferries to bring relief teams to flooded port",
            "Meridian Post", """
Three ferries with relief teams will leave Corvane for Port Vell on Thursday, Transport Minister Ada
Voss said on Tuesday. The Littoral Union (LU) agreed on Monday to send the teams. Its members are
Meridia, Sarn and Toval. "The first boats sail the day after tomorrow," the Coast Agency quoted Voss
as saying. The river Ane burst its banks in Port Vell over the weekend. At least 40 people were
injured, Mayor Ben Okoro told the Coast Agency. The flood destroyed about 1,200 homes, according to
the aid group Red Lantern. Police arrested 15 people in the old town. Meridia has asked the Union to
station engineers in Port Vell.""")
a.entity("ferries", "Group", "Three ferries", "=Three ferries", "=The first boats")
a.entity("teams", "Group", "relief teams", "=relief teams", "=the teams")
a.entity("corvane", "Place", "Corvane", "Corvane")
a.entity("vell", "Place", "Port Vell", "Port Vell", "Port Vell@2", "Port Vell@3")
a.entity("voss", "Person", "Ada Voss", "Ada Voss", "Voss@2")
a.entity("lu", "Organization", "Littoral Union", "Littoral Union", "LU", "~Its", "Union@2")
a.entity("meridia", "Place", "Meridia", "Meridia", "Meridia@2")
a.entity("sarn", "Place", "Sarn", "Sarn")
a.entity("toval", "Place", "Toval", "Toval")
a.entity("agency", "Organization", "Coast Agency", "Coast Agency", "Coast Agency@2")
a.entity("ane", "Place", "Ane", "Ane")
a.entity("okoro", "Person", "Ben Okoro", "Ben Okoro")
a.entity("lantern", "Organization", "Red Lantern", "Red Lantern")
a.entity("police", "Organization", "Police", "=Police")
a.entity("engineers", "Group", "engineers", "=engineers")
a.time("thursday", "Thursday", "date", "2031-05-08", "2031-05-08")
a.time("tuesday", "Tuesday", "date", "2031-05-06", "2031-05-06")
a.time("monday", "Monday", "date", "2031-05-05", "2031-05-05")
a.time("after", "the day after tomorrow", "date", "2031-05-08", "2031-05-08")
a.time("weekend", "the weekend", "date", "2031-W18-WE", "2031-05-03", "2031-05-04")
a.figure("three", "Three", 3, "exact", "ferries")
a.figure("hurt", "At least 40", 40, "at_least", "people")
a.figure("homes", "about 1,200", 1200, "about", "homes")
a.figure("held", "15", 15, "exact", "people@2")
a.event("leave", "Move", "leave", "leave", "agent:ferries origin:corvane destination:vell", "thursday",
        modality="planned", figures=["three"])
a.event("agreed", "Agree", "agreed", "agree", "agent:lu topic:send", "monday")
a.event("send", "Aid", "send", "send", "agent:lu patient:teams", modality="planned")
a.event("sail", "Move", "sail", "sail", "agent:ferries", "after", modality="planned", same="leave")
a.event("burst", "Disaster", "burst", "burst", "agent:ane", "weekend", "vell")
a.event("injured", "Injure", "injured", "injure", "patient:hurt", figures=["hurt"])
a.event("flood", "Disaster", "flood", "flood", same="burst")
a.event("destroyed", "Disaster", "destroyed", "destroy", "cause:flood patient:homes", figures=["homes"])
a.event("arrested", "Arrest", "arrested", "arrest", "agent:police patient:held", place="vell",
        figures=["held"])
a.event("asked", "Request", "asked", "ask", "agent:meridia recipient:lu topic:station")
a.event("station", "Mobilize", "station", "station", "agent:lu patient:engineers destination:vell",
        modality="requested")
a.relation("minister", "voss", "holdsOffice", "Transport Minister", "Transport Minister Ada Voss")
a.relation("short", "lu", "shortNameOf", "Littoral Union", "Littoral Union (LU)")
a.relation("m1", "meridia", "memberOf", "lu", "Its members are Meridia")
a.relation("m2", "sarn", "memberOf", "lu", "Its members are Meridia, Sarn")
a.relation("m3", "toval", "memberOf", "lu", "Its members are Meridia, Sarn and Toval")
a.relation("mayor", "okoro", "holdsOffice", "Mayor", "Mayor Ben Okoro")
a.relation("kind", "lantern", "instanceOf", "aid group", "aid group Red Lantern")
a.says("s1", "voss", "Transport Minister Ada Voss", "said",
       "Three ferries with relief teams will leave Corvane for Port Vell on Thursday", "indirect",
       "leave three", "tuesday")
a.says("s2", "voss", "Voss@2", "saying", "The first boats sail the day after tomorrow", "direct", "sail")
a.says("s3", "agency", "the Coast Agency", "quoted", "The first boats sail the day after tomorrow",
       "direct", "sail", relays="s2")
a.says("s4", "okoro", "Mayor Ben Okoro", "told", "At least 40 people were injured", "indirect",
       "injured hurt", addressee="agency")
a.says("s5", "lantern", "the aid group Red Lantern", "according to",
       "The flood destroyed about 1,200 homes", "indirect", "flood destroyed homes")

# Three days later: the plan has come true, two figures have moved, one thing is denied.
b = Article("flood-friday", "2031-05-09", "Relief teams reach Port Vell", "Harbour Gazette", """
The three ferries left Corvane on Thursday, the Littoral Union said. Ben Okoro, the mayor of Port
Vell, now says that 52 people were injured. The Interior Ministry put the number of homes destroyed at
800, far below the 1,200 or so that Red Lantern had reported. Ada Voss denied that the LU would send
soldiers. A second convoy could leave next week, the union's spokesman Ilan Dray told the Harbour
Gazette. Lena Marsh, chief executive of Coast Bank, gave $250,000 to Red Lantern.""")
b.entity("ferries", "Group", "The three ferries", "=The three ferries")
b.entity("corvane", "Place", "Corvane", "Corvane")
b.entity("lu", "Organization", "Littoral Union", "Littoral Union", "LU", "=the union")
b.entity("okoro", "Person", "Ben Okoro", "Ben Okoro")
b.entity("vell", "Place", "Port Vell", "Port Vell")
b.entity("ministry", "Organization", "Interior Ministry", "Interior Ministry")
b.entity("lantern", "Organization", "Red Lantern", "Red Lantern", "Red Lantern@2")
b.entity("voss", "Person", "Ada Voss", "Ada Voss")
b.entity("soldiers", "Group", "soldiers", "=soldiers")
b.entity("convoy", "Group", "A second convoy", "=A second convoy")
b.entity("dray", "Person", "Ilan Dray", "Ilan Dray")
b.entity("gazette", "Organization", "Harbour Gazette", "Harbour Gazette")
b.entity("marsh", "Person", "Lena Marsh", "Lena Marsh")
b.entity("bank", "Organization", "Coast Bank", "Coast Bank")
b.time("thursday", "Thursday", "date", "2031-05-08", "2031-05-08")
b.time("next", "next week", "date", "2031-W20", "2031-05-12", "2031-05-18")
b.figure("three", "three", 3, "exact", "ferries")
b.figure("hurt", "52", 52, "exact", "people")
b.figure("homes", "800", 800, "exact", "homes", change="total")
b.figure("more", "1,200 or so", 1200, "about", "homes", change="total")
b.figure("gift", "$250,000", 250000, "exact", None, unit="USD")
b.event("left", "Move", "left", "leave", "agent:ferries origin:corvane", "thursday", figures=["three"])
b.event("injured", "Injure", "injured", "injure", "patient:hurt", figures=["hurt"])
b.event("destroyed", "Disaster", "destroyed", "destroy", figures=["homes", "more"])
b.event("send", "Mobilize", "send", "send", "agent:lu patient:soldiers", modality="denied")
b.event("leave", "Move", "leave", "leave", "agent:convoy", "next", modality="possible")
b.event("gave", "Aid", "gave", "give", "agent:marsh recipient:lantern", figures=["gift"])
b.relation("mayor", "okoro", "holdsOffice", "mayor", "Ben Okoro, the mayor of Port Vell")
b.relation("leads", "okoro", "leads", "vell", "Ben Okoro, the mayor of Port Vell")
b.relation("spokesman", "dray", "holdsOffice", "spokesman", "the union's spokesman Ilan Dray")
b.relation("works", "dray", "worksFor", "lu", "the union's spokesman Ilan Dray")
b.relation("chief", "marsh", "holdsOffice", "chief executive", "Lena Marsh, chief executive of Coast Bank")
b.relation("heads", "marsh", "leads", "bank", "Lena Marsh, chief executive of Coast Bank")
b.says("s1", "lu", "the Littoral Union", "said", "The three ferries left Corvane on Thursday", "indirect",
       "left three")
b.says("s2", "okoro", "Ben Okoro, the mayor of Port Vell", "says", "52 people were injured", "indirect",
       "injured hurt")
b.says("s3", "ministry", "The Interior Ministry", "put", "the number of homes destroyed at 800",
       "indirect", "destroyed homes")
b.says("s4", "lantern", "Red Lantern", "reported", "1,200 or so", "indirect", "more")
b.says("s5", "voss", "Ada Voss", "denied", "the LU would send soldiers", "indirect", "send",
       modality="denied")
b.says("s6", "dray", "the union's spokesman Ilan Dray", "told", "A second convoy could leave next week",
       "indirect", "leave", addressee="gazette")

# Another story: a company, a court, a vote, and a figure between two bounds.
c = Article("ferry-line", "2031-05-10", "Court lets ferry line sell its harbour", "Meridian Post", """
A court in Corvane ruled on Friday that Sarn Ferries may sell its harbour to Coast Bank. The price lies
between 40 million and 45 million euros, the Coast Agency quoted a person close to the talks as saying. "Nobody will lose a job,"
Lena Marsh told reporters. Marsh, 48, was named chief executive in March 2029. The line's shares rose
3.5 percent. Sarn's parliament had rejected the sale in April, by 61 votes to 58. Dock workers in Port
Vell did not strike.""")
c.entity("court", "Organization", "A court", "=A court")
c.entity("corvane", "Place", "Corvane", "Corvane")
c.entity("line", "Organization", "Sarn Ferries", "Sarn Ferries", "~its", "=The line")
c.entity("harbour", "Facility", "its harbour", "=its harbour")
c.entity("bank", "Organization", "Coast Bank", "Coast Bank")
c.entity("agency", "Organization", "Coast Agency", "Coast Agency")
c.entity("person", "Person", "a person", "=a person")
c.entity("marsh", "Person", "Lena Marsh", "Lena Marsh", "Marsh@2")
c.entity("parliament", "Organization", "Sarn's parliament", "=Sarn's parliament")
c.entity("sarn", "Place", "Sarn", "Sarn@2")
c.entity("workers", "Group", "Dock workers", "=Dock workers")
c.entity("vell", "Place", "Port Vell", "Port Vell")
c.time("friday", "Friday", "date", "2031-05-09", "2031-05-09")
c.time("march", "March 2029", "date", "2029-03", "2029-03-01", "2029-03-31")
c.time("april", "April", "date", "2031-04", "2031-04-01", "2031-04-30")
c.figure("cost", "between 40 million and 45 million euros", (40000000, 45000000), "between", None,
         unit="EUR")
c.figure("rise", "3.5 percent", 3.5, "exact", "shares", unit="percent", change="increment")
c.figure("ayes", "61", 61, "exact", "votes")
c.event("ruled", "Trial", "ruled", "rule", "agent:court topic:sell", "friday", "corvane")
c.event("sell", "Transact", "sell", "sell", "agent:line patient:harbour recipient:bank",
        modality="possible")
c.event("price", "Transact", "price", "price", figures=["cost"], same="sell")
c.event("lose", "Other", "lose", "lose", modality="planned", polarity="negative")
c.event("named", "Appoint", "named", "name", "patient:marsh", "march")
c.event("rose", "ChangeValue", "rose", "rise", "patient:line", figures=["rise"])
c.event("rejected", "Reject", "rejected", "reject", "agent:parliament topic:sale", "april",
        figures=["ayes"])
c.event("sale", "Transact", "sale", "sale", same="sell", modality="possible")
c.event("strike", "Protest", "strike", "strike", "agent:workers", place="vell", polarity="negative")
c.relation("age", "marsh", "hasAge", "48", "Marsh, 48")
c.relation("chief", "marsh", "holdsOffice", "chief executive", "Marsh, 48, was named chief executive")
c.says("s1", "court", "A court", "ruled", "Sarn Ferries may sell its harbour to Coast Bank", "indirect",
       "sell")
c.says("s2", "person", "a person close to the talks", "saying",
       "The price lies between 40 million and 45 million euros", "indirect", "price")
c.says("s4", "agency", "the Coast Agency", "quoted",
       "The price lies between 40 million and 45 million euros", "indirect", "price", relays="s2")
c.says("s3", "marsh", "Lena Marsh", "told", "Nobody will lose a job", "direct", "lose")

# The same text in another paper on the next day: no further source.
d = copy.deepcopy(c)
d.meta |= {"id": "ferry-line-again", "published": "2031-05-11", "publisher": "Toval Observer",
           "url": "https://news.example/ferry-line-again"}
ARTICLES.append(d)

for article in ARTICLES:
    json.dump(article.facts(), sys.stdout, ensure_ascii=False, separators=(",", ":"))
    print()
