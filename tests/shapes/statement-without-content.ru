# Statements that say nothing.
# Found by the shape Statement of ontology/shapes.ttl.
PREFIX ng: <https://w3id.org/newsgraph/ns#>
PREFIX nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#>
PREFIX sem: <http://semanticweb.cs.vu.nl/2009/11/sem/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

DELETE { ?s ng:content ?c } WHERE { ?s a ng:Statement ; ng:content ?c }
