#!/usr/bin/env python3
"""SPARQL over HTTP with other people's software at the other end.

    python3 tests/foreign/endpoint.py target/debug/newsgraph

`newsgraph query --endpoint` asks rdflib-endpoint, which holds our export of examples/facts.jsonl, and
its rows have to be those that the store gives; rdflib's client asks `newsgraph serve`.
"""

import csv
import io
import json
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

import rdflib
import tally
import uvicorn
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from rdflib_endpoint import SparqlEndpoint

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = str(ROOT / "examples" / "facts.jsonl")

def number(cell):
    """1.50 and 1.5 are one number."""
    return str(float(cell)) if re.fullmatch(r"-?\d+(\.\d+)?", cell) else cell


def rows(program, *arguments):
    out = subprocess.run([program, "query", *arguments, "--format", "csv"], capture_output=True, text=True)
    if out.returncode not in (0, 1):
        return f"exit {out.returncode}: {out.stderr}"
    return sorted(tuple(map(number, row)) for row in csv.reader(io.StringIO(out.stdout)))


def questions(program):
    listed = subprocess.run([program, "queries", "--json"], capture_output=True, text=True, check=True)
    for question in map(json.loads, listed.stdout.splitlines()):
        given = []
        for parameter in question["params"]:
            if parameter["required"]:
                given += ["-v", f"{parameter['name']}={parameter['example']}"]
        yield question["name"], given


def foreign_server(nquads):
    """rdflib-endpoint over the quads; the default graph is their union."""
    data = rdflib.Dataset(default_union=True)
    data.parse(data=nquads, format="nquads")
    app = SparqlEndpoint(graph=data, path="/")
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error"))
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.05)
    return f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/"


def main(program):
    with tempfile.TemporaryDirectory() as folder:
        store = ["--store", str(Path(folder) / "store")]
        subprocess.run([program, *store, "-q", "add", "--from", "facts", EXAMPLES], check=True)
        export = lambda *what: subprocess.run(
            [program, *store, "export", *what, "--format", "nquads"], capture_output=True, text=True, check=True
        ).stdout
        nquads = export() + export("--ontology")
        url = foreign_server(nquads)
        for name, given in questions(program):
            home = rows(program, *store, name, *given)
            there = rows(program, name, *given, "--endpoint", url)
            tally.check(f"{name} at rdflib-endpoint: {str(there)[:200]}", there == home)
        bad = subprocess.run([program, "query", "-e", "ASK { ?x ?y ?z }", "--endpoint", url + "nothing-here"], capture_output=True)
        tally.check("an address that is none", bad.returncode in (2, 4))

        serving = subprocess.Popen([program, *store, "serve", "--bind", "127.0.0.1:0"], stderr=subprocess.PIPE, text=True)
        try:
            address = re.match(r"(http://\S+)/sparql", serving.stderr.readline())[1]
            client = rdflib.Graph(SPARQLStore(f"{address}/sparql", method="POST_FORM"))
            found = {str(row[0]) for row in client.query("SELECT ?id { ?a <http://purl.org/dc/terms/identifier> ?id }")}
            mine = rdflib.Dataset(default_union=True)
            mine.parse(data=nquads, format="nquads")
            wanted = {str(o) for o in mine.objects(None, rdflib.DCTERMS.identifier)}
            tally.check("rdflib's client finds the articles", found == wanted and found)
            sample = "CONSTRUCT { ?a ?p ?o } { ?a a <https://schema.org/NewsArticle> ; ?p ?o }"
            request = urllib.request.Request(
                f"{address}/sparql", data=sample.encode(), headers={"Content-Type": "application/sparql-query"}
            )
            graph = rdflib.Graph().parse(data=urllib.request.urlopen(request).read(), format="turtle")
            tally.check("rdflib reads the Turtle", len(graph) > len(wanted))
            answer = urllib.request.urlopen(
                urllib.request.Request(f"{address}/questions/relays", headers={"Accept": "text/csv"})
            ).read().decode()
            served = sorted(tuple(map(number, row)) for row in csv.reader(io.StringIO(answer)))
            tally.check("a saved question over GET", served == rows(program, *store, "relays"))
        finally:
            serving.terminate()
            serving.wait()
    print(f"{tally.checks} checks, {len(tally.failures)} failed")
    return 1 if tally.failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
