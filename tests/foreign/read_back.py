#!/usr/bin/env python3
"""Other people's readers judge what newsgraph writes.

    python3 tests/foreign/read_back.py target/debug/newsgraph

Each format, in each form (lean, entailed, …), is read by rdflib, by pyoxigraph and by rapper, and
has to be the N-Quads that newsgraph wrote, by RDFC-1.0 hash. pySHACL then checks a sound graph with
ontology/shapes.ttl, and has to find each fault of tests/shapes/ that is planted into it.
"""

import hashlib
import subprocess
import sys
import tempfile
from pathlib import Path

import pyoxigraph
import pyshacl
import rdflib
import tally

ROOT = Path(__file__).resolve().parents[2]

# name: (extension, keeps graphs, rdflib's name, rapper's name)
FORMATS = {
    "turtle": ("ttl", False, "turtle", "turtle"),
    "trig": ("trig", True, "trig", "trig"),
    "nquads": ("nq", True, "nquads", "nquads"),
    "ntriples": ("nt", False, "nt", "ntriples"),
    "jsonld": ("jsonld", True, "json-ld", None),
    "rdfxml": ("rdf", False, "xml", "rdfxml"),
}
FORMS = {
    "full": [],
    "lean": ["--lean"],
    "everything": ["--entail", "--annotations"],
    "no text": ["--no-text"],
}

def run(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, cwd=ROOT).stdout


def canonical(quads):
    """The RDFC-1.0 hash of quads, and their number."""
    dataset = pyoxigraph.Dataset(quads)
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    lines = sorted(pyoxigraph.serialize(dataset, format=pyoxigraph.RdfFormat.N_QUADS).splitlines())
    return len(dataset), hashlib.sha256(b"\n".join(lines)).hexdigest()


def oxigraph(path, graphs):
    quads = pyoxigraph.parse(path=str(path))
    return canonical(quads if graphs else (drop_graph(quad) for quad in quads))


def drop_graph(quad):
    return pyoxigraph.Quad(quad.subject, quad.predicate, quad.object, pyoxigraph.DefaultGraph())


def by_rdflib(path, name, graphs):
    dataset = rdflib.Dataset(default_union=not graphs)
    dataset.parse(path, format=name)
    text = dataset.serialize(format="nquads", encoding="utf-8")
    quads = pyoxigraph.parse(input=text, format=pyoxigraph.RdfFormat.N_QUADS)
    return canonical(quads if graphs else (drop_graph(quad) for quad in quads))


def by_rapper(path, name, graphs):
    text = run("rapper", "-q", "-i", name, "-o", "nquads" if graphs else "ntriples", str(path))
    quads = pyoxigraph.parse(input=text, format=pyoxigraph.RdfFormat.N_QUADS)
    return canonical(quads if graphs else (drop_graph(quad) for quad in quads))


def read_back(label, write, folder, forms=FORMS):
    """Every format of one export, read by every reader that knows it."""
    for form, flags in forms.items():
        reference = folder / "reference.nq"
        reference.write_bytes(write("nquads", flags))
        want = {graphs: oxigraph(reference, graphs) for graphs in (True, False)}
        tally.check(f"{label}, {form}: there is something to read", want[True][0] > 100)
        for name, (extension, graphs, rdflib_name, rapper_name) in FORMATS.items():
            path = folder / f"export.{extension}"
            path.write_bytes(write(name, flags))
            where = f"{label}, {form}, {name}"
            tally.check(f"{where}: pyoxigraph", oxigraph(path, graphs) == want[graphs])
            tally.check(f"{where}: rdflib", by_rdflib(path, rdflib_name, graphs) == want[graphs])
            if rapper_name:
                tally.check(f"{where}: rapper", by_rapper(path, rapper_name, graphs) == want[graphs])
    reified = {}
    for name in ("turtle", "trig", "nquads", "ntriples"):
        extension, graphs = FORMATS[name][:2]
        path = folder / f"rdf12.{extension}"
        path.write_bytes(write(name, ["--rdf12"]))
        reified.setdefault(graphs, []).append(oxigraph(path, graphs))
    tally.check(f"{label}, RDF 1.2: Turtle is N-Triples", len(set(reified[False])) == 1)
    tally.check(f"{label}, RDF 1.2: TriG is N-Quads", len(set(reified[True])) == 1)


def conforms(graph, rules):
    return pyshacl.validate(graph, shacl_graph=rules, advanced=True)[0]


def shapes():
    """pySHACL finds nothing in the sound graph, and each fault of tests/shapes/ in it."""
    rules = rdflib.Graph().parse(ROOT / "ontology/shapes.ttl", format="turtle")
    sound = rdflib.Graph().parse(ROOT / "tests/shapes/sound.nt", format="nt")
    tally.check("SHACL: the sound graph conforms", conforms(sound, rules))
    faults = sorted((ROOT / "tests/shapes").glob("*.ru"))
    tally.check("SHACL: there are faults to plant", len(faults) >= 15)
    for fault in faults:
        graph = rdflib.Graph() + sound
        graph.update(fault.read_text(encoding="utf-8"))
        where = f"SHACL: {fault.stem}"
        tally.check(f"{where}: the fault can be planted", set(graph) != set(sound))
        tally.check(f"{where}: the fault is found", not conforms(graph, rules))


def main():
    newsgraph = Path(sys.argv[1]).resolve()
    facts = ROOT / "examples/facts.jsonl"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)

        def mapped(format, flags):
            return run(newsgraph, "map", facts, "--format", format, *flags)

        read_back("map", mapped, folder)

        store = folder / "store"
        run(newsgraph, "--store", store, "--quiet", "add", "--from", "facts", facts)

        def exported(format, flags):
            return run(newsgraph, "--store", store, "export", "--format", format, *flags)

        read_back("export", exported, folder)

        def ontology(format, flags):
            return run(newsgraph, "export", "--ontology", "--format", format)

        read_back("ontology", ontology, folder, {"full": []})

    shapes()
    print(f"{tally.checks - len(tally.failures)} passed, {len(tally.failures)} failed")
    sys.exit(1 if tally.failures else 0)


if __name__ == "__main__":
    main()
