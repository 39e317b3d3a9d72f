# An event that ends before it begins.
# Found by the shape Event of ontology/shapes.ttl.
PREFIX ng: <https://w3id.org/newsgraph/ns#>
PREFIX nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#>
PREFIX sem: <http://semanticweb.cs.vu.nl/2009/11/sem/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

DELETE { ?v sem:hasLatestEndTimeStamp ?d } INSERT { ?v sem:hasLatestEndTimeStamp "1900-01-01"^^<http://www.w3.org/2001/XMLSchema#date> } WHERE { ?v a ng:Event ; sem:hasLatestEndTimeStamp ?d }
