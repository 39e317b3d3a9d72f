//! Parameters bound in the algebra: every place where a variable can stand, and what values must
//! not be able to do.

#![expect(clippy::unwrap_used, reason = "a test ends where its ground gives way")]

use newsgraph::query::{QueryError, Question, run};
use oxigraph::io::RdfFormat;
use oxigraph::sparql::{CancellationToken, QueryResults};
use oxigraph::store::Store;

const DATA: &str = r#"
@prefix e: <urn:e:> .
e:g1 { e:a e:name "Ada Voss" ; e:says e:s1 . e:s1 e:words "no strike" ; e:day 3 . }
e:g2 { e:b e:name "Ben Okoro" ; e:says e:s2, e:s3 . e:s2 e:words "a strike" ; e:day 5 . e:s3 e:words "}\" DROP ALL" ; e:day 5 . }
e:g3 { e:b e:knows e:a . e:a e:knows e:c . }
"#;

fn store() -> Store {
    let store = Store::new().expect("memory is there");
    store.load_from_slice(RdfFormat::TriG, DATA).expect("the data is TriG");
    store
}

fn question(params: &str, sparql: &str) -> Question {
    let params: Vec<String> = params
        .split(' ')
        .map(|p| {
            let (name, kind) = p.split_once(':').expect("name:type");
            format!("{{name: {name}, type: {kind}, default: null}}")
        })
        .collect();
    let text = format!("#+ params: [{}]\nPREFIX e: <urn:e:>\n{sparql}", params.join(", "));
    Question::parse("q.rq", &text).expect("the question is sound")
}

/// The rows as sorted lines of N-Triples terms.
fn rows(results: QueryResults<'_>) -> Vec<String> {
    let mut lines: Vec<String> = match results {
        QueryResults::Boolean(b) => vec![b.to_string()],
        QueryResults::Graph(triples) => triples.map(|t| t.unwrap().to_string()).collect(),
        QueryResults::Solutions(solutions) => solutions
            .map(|row| {
                let row = row.unwrap();
                let cells = row.values().iter();
                let cells = cells.map(|t| t.as_ref().map_or("-".to_owned(), ToString::to_string));
                cells.collect::<Vec<_>>().join(" ")
            })
            .collect(),
    };
    lines.sort();
    lines
}

fn ask(params: &str, sparql: &str, given: &[(&str, &str)]) -> Vec<String> {
    let store = store();
    let given: Vec<_> = given.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
    let bound = question(params, sparql).bind(&given, &store).unwrap();
    let answer = rows(run(&bound, &store, CancellationToken::new()).unwrap());
    // The bound question as text is the same question.
    let again = Question::parse("text", &bound.to_string()).unwrap().bind(&[], &store).unwrap();
    assert_eq!(rows(run(&again, &store, CancellationToken::new()).unwrap()), answer, "{bound}");
    answer
}

fn error(params: &str, sparql: &str, given: &[(&str, &str)]) -> String {
    let given: Vec<_> = given.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
    question(params, sparql).bind(&given, &store()).unwrap_err().to_string()
}

/// Where it stands, the query, the values, the rows.
type Case =
    (&'static str, &'static str, &'static [(&'static str, &'static str)], &'static [&'static str]);

#[test]
fn a_parameter_is_bound_wherever_a_variable_can_stand() {
    let cases: &[Case] = &[
        (
            "projected",
            "SELECT ?p ?w { ?p e:says/e:words ?w }",
            &[("p", "urn:e:a")],
            &["<urn:e:a> \"no strike\""],
        ),
        (
            "not projected",
            "SELECT ?w { ?p e:says/e:words ?w }",
            &[("p", "urn:e:a")],
            &["\"no strike\""],
        ),
        (
            "filter within GRAPH",
            "SELECT ?x { GRAPH ?g { ?x e:name ?n FILTER(CONTAINS(?n, ?s)) } }",
            &[("s", "Vos")],
            &["<urn:e:a>"],
        ),
        (
            "optional",
            "SELECT ?x ?n { ?x e:says ?y OPTIONAL { ?x e:name ?n FILTER(?n = ?s) } }",
            &[("s", "Ada Voss")],
            &["<urn:e:a> \"Ada Voss\"", "<urn:e:b> -", "<urn:e:b> -"],
        ),
        (
            "condition of an optional",
            "SELECT ?x ?k { ?x e:name ?n OPTIONAL { ?x e:knows ?k FILTER(?k = ?p && ?n != ?s) } }",
            &[("p", "urn:e:a"), ("s", "")],
            &["<urn:e:a> -", "<urn:e:b> <urn:e:a>"],
        ),
        (
            "exists",
            "SELECT ?x { ?x e:name ?n FILTER EXISTS { ?x e:knows ?p } }",
            &[("p", "urn:e:c")],
            &["<urn:e:a>"],
        ),
        (
            "not exists",
            "SELECT ?x { ?x e:name ?n FILTER NOT EXISTS { ?x e:knows ?p } }",
            &[("p", "urn:e:c")],
            &["<urn:e:b>"],
        ),
        (
            "minus",
            "SELECT ?x { ?x e:name ?n MINUS { ?x e:knows ?p } }",
            &[("p", "urn:e:a")],
            &["<urn:e:a>"],
        ),
        (
            "union",
            "SELECT ?x { { ?x e:knows ?p } UNION { ?p e:knows ?x } }",
            &[("p", "urn:e:a")],
            &["<urn:e:b>", "<urn:e:c>"],
        ),
        ("path", "SELECT ?x { ?p e:knows+ ?x }", &[("p", "urn:e:b")], &["<urn:e:a>", "<urn:e:c>"]),
        (
            "graph's name",
            "SELECT ?x { GRAPH ?p { ?x e:name ?n } }",
            &[("p", "urn:e:g2")],
            &["<urn:e:b>"],
        ),
        ("predicate", "SELECT ?o { e:a ?p ?o }", &[("p", "urn:e:knows")], &["<urn:e:c>"]),
        (
            "sub-select",
            "SELECT ?w { { SELECT ?s2 { ?p e:says ?s2 } } ?s2 e:words ?w }",
            &[("p", "urn:e:a")],
            &["\"no strike\""],
        ),
        (
            "sub-select that gives it",
            "SELECT ?p ?w { { SELECT ?p ?s2 { ?p e:says ?s2 } } ?s2 e:words ?w }",
            &[("p", "urn:e:a")],
            &["<urn:e:a> \"no strike\""],
        ),
        (
            "having",
            "SELECT ?x { ?x e:says ?y } GROUP BY ?x HAVING(COUNT(?y) >= ?n)",
            &[("n", "2")],
            &["<urn:e:b>"],
        ),
        (
            "aggregate",
            "SELECT (SUM(?d * ?n) AS ?sum) { ?x e:day ?d }",
            &[("n", "2")],
            &["\"26\"^^<http://www.w3.org/2001/XMLSchema#integer>"],
        ),
        (
            "grouped by",
            "SELECT ?p (COUNT(*) AS ?c) { ?p e:says ?y } GROUP BY ?p",
            &[("p", "urn:e:b")],
            &["<urn:e:b> \"2\"^^<http://www.w3.org/2001/XMLSchema#integer>"],
        ),
        (
            "order",
            "SELECT ?x { ?x e:name ?m } ORDER BY (?m = ?s) LIMIT 1",
            &[("s", "Ada Voss")],
            &["<urn:e:b>"],
        ),
        ("bind", "SELECT ?u { BIND(UCASE(?s) AS ?u) }", &[("s", "x")], &["\"X\""]),
        (
            "in",
            "SELECT ?x { ?x e:name ?m FILTER(?m IN (?s, \"z\")) }",
            &[("s", "Ben Okoro")],
            &["<urn:e:b>"],
        ),
        (
            "coalesce and if",
            "SELECT ?x { ?x e:name ?m FILTER(COALESCE(?none, IF(?m = ?s, true, false))) }",
            &[("s", "Ben Okoro")],
            &["<urn:e:b>"],
        ),
        (
            "values beside",
            "SELECT ?x { VALUES ?k { e:a e:c } ?x e:knows ?k FILTER(?k != ?p) }",
            &[("p", "urn:e:a")],
            &["<urn:e:a>"],
        ),
        ("ask", "ASK { ?p e:knows e:c }", &[("p", "urn:e:a")], &["true"]),
        (
            "construct",
            "CONSTRUCT { ?p e:w ?w } { ?p e:says/e:words ?w }",
            &[("p", "urn:e:a")],
            &["<urn:e:a> <urn:e:w> \"no strike\""],
        ),
        (
            "describe",
            "DESCRIBE ?p { ?p e:name ?n }",
            &[("p", "urn:e:a")],
            &[
                "<urn:e:a> <urn:e:knows> <urn:e:c>",
                "<urn:e:a> <urn:e:name> \"Ada Voss\"",
                "<urn:e:a> <urn:e:says> <urn:e:s1>",
            ],
        ),
    ];
    for (name, sparql, given, expected) in cases {
        let kinds = [("p", "iri"), ("s", "string"), ("n", "integer")];
        let params: Vec<String> = kinds
            .iter()
            .filter(|(param, _)| given.iter().any(|(name, _)| name == param))
            .map(|(param, kind)| format!("{param}:{kind}"))
            .collect();
        assert_eq!(ask(&params.join(" "), sparql, given), *expected, "{name}");
    }
}

#[test]
fn a_parameter_without_value_stays_free() {
    let sparql = "SELECT ?x { ?x e:name ?n FILTER(!BOUND(?s) || CONTAINS(LCASE(?n), LCASE(?s))) }";
    assert_eq!(ask("s:string", sparql, &[]).len(), 2);
    assert_eq!(ask("s:string", sparql, &[("s", "OKORO")]), ["<urn:e:b>"]);
}

#[test]
fn a_value_is_never_read_as_sparql() {
    let sparql = "SELECT ?x { ?x e:words ?s }";
    assert_eq!(ask("s:string", sparql, &[("s", "}\" DROP ALL")]), ["<urn:e:s3>"]);
    let message = error("p:iri", "ASK { ?p ?q ?o }", &[("p", "p:x> } ; DROP ALL #")]);
    assert!(message.contains("Invalid IRI code point"), "{message}");
}

#[test]
fn integers_are_canonical() {
    assert_eq!(ask("n:integer", "SELECT ?x { ?x e:day ?n }", &[("n", "03")]), ["<urn:e:s1>"]);
}

#[test]
fn wrong_use_is_told() {
    let all = [
        error("who:string", "ASK { ?x ?y ?who }", &[("woh", "x")]),
        error("n:integer", "ASK { ?x ?y ?n }", &[("n", "many")]),
        error("n:integer", "ASK { ?x ?y ?n }", &[("n", "1"), ("n", "2")]),
        error("s:string", "SELECT ?s { BIND(1 AS ?s) }", &[("s", "x")]),
        error("s:string", "SELECT ?s { VALUES ?s { 1 } }", &[("s", "x")]),
        error("s:string", "ASK { ?x ?s ?y }", &[("s", "x")]),
        error("who:entity", "ASK { ?x ?y ?who }", &[("who", "Nobody")]),
    ];
    expect_test::expect![[r#"
        the question "q.rq" has no parameter "woh", did you mean "who"?; it takes who (string)
        n=many: invalid digit found in string (n is a whole number)
        n is given twice
        the question assigns ?s itself (BIND, VALUES, AS): a parameter is only read; name the column otherwise
        the question assigns ?s itself (BIND, VALUES, AS): a parameter is only read; name the column otherwise
        ?s stands as a predicate or a graph's name in the question: its value has to be an IRI
        who=Nobody: nothing here has that name; `newsgraph entities` lists them"#]]
    .assert_eq(&all.join("\n"));
}

#[test]
fn a_required_parameter_is_asked_for() {
    let text = "#+ params: [{name: who, type: entity, description: the body}]\nASK { ?x ?y ?who }";
    let message = Question::parse("members", text).unwrap().bind(&[], &store()).unwrap_err();
    expect_test::expect![[
        r#"the question "members" needs who: -v who=… (a name or an IRI of something in the store: the body)"#
    ]]
    .assert_eq(&message.to_string());
}

#[test]
fn head_and_query_have_to_agree() {
    let unused = "#+ params: [{name: who, type: string}]\n# ?who\nASK { ?whom ?y ?z }";
    let columns = "#+ summary: x\n#+ columns: [b, a]\nSELECT ?a ?b {}";
    let all = [unused, columns].map(|t| Question::parse("q.rq", t).unwrap_err().to_string());
    expect_test::expect![[r"
        q.rq:1: neither ?_who nor ?who occurs in the query
        q.rq:2: the head names the columns b, a, the query gives a, b"]]
    .assert_eq(&all.join("\n"));
}

#[test]
fn a_cancelled_question_says_so() {
    let store = store();
    let bound = Question::parse("q", "SELECT * { ?a ?b ?c . ?d ?e ?f }").unwrap();
    let bound = bound.bind(&[], &store).unwrap();
    let cancel = CancellationToken::new();
    cancel.cancel();
    let error = match run(&bound, &store, cancel) {
        Err(error) => error,
        Ok(QueryResults::Solutions(mut rows)) => rows.next().unwrap().unwrap_err().into(),
        Ok(_) => panic!("a SELECT gives rows"),
    };
    assert!(matches!(error, QueryError::Cancelled));
}
