# A time without its TIMEX3 value.
# Found by the shape Time of ontology/shapes.ttl.
PREFIX ng: <https://w3id.org/newsgraph/ns#>
PREFIX nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#>
PREFIX sem: <http://semanticweb.cs.vu.nl/2009/11/sem/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

DELETE { ?t ng:timex ?x } WHERE { ?t a ng:Time ; ng:timex ?x }
