//! Repairs of the tree where its own labels contradict each other.
//!
//! A parser that reads from left to right is led up the garden path by some sentences. Where the
//! labels show it (a finite verb that is a modifier, a main verb without a subject behind a name's
//! apposition), the tree is mended before the layers read it. Knows labels and no words.

use crate::text::{Document, DocumentBuilder, Pos, TokenData};

/// A new head and label for a token.
type Change = (usize, usize, &'static str);

/// The document with its tree mended; the same one where nothing contradicts.
pub(crate) fn mend(doc: Document<'_>) -> Document<'_> {
    let mut changes: Vec<Change> = Vec::new();
    for sentence in doc.sentences() {
        let Some(root) = sentence.clone().find(|&t| doc.head(t) == t && doc.pos(t) != Pos::Space)
        else {
            continue;
        };
        if finite(&doc, root) {
            changes.extend(subject_in_apposition(&doc, root));
        } else if matches!(doc.pos(root), Pos::Noun | Pos::Propn) {
            swallowed(&doc, sentence.end, root, &mut changes);
        }
        for token in sentence.clone() {
            changes.extend(second_report(&doc, token));
        }
    }
    if changes.is_empty() { doc } else { rebuilt(&doc, &changes) }
}

fn has(doc: &Document<'_>, token: usize, deps: &[&str]) -> bool {
    doc.children(token).any(|c| deps.contains(&doc.dep(c)))
}

const SUBJECTS: [&str; 5] = ["nsubj", "nsubjpass", "csubj", "csubjpass", "expl"];

fn finite(doc: &Document<'_>, verb: usize) -> bool {
    let ending = |t: usize| matches!(doc.tag(t), "VBD" | "VBZ" | "VBP" | "MD");
    ending(verb) || doc.children(verb).any(|c| matches!(doc.dep(c), "aux" | "auxpass") && ending(c))
}

/// "According to the minister, the mission was over" read as "the minister, (who is) the mission":
/// a finite verb without a subject behind a first phrase that ends in an apposition.
fn subject_in_apposition(doc: &Document<'_>, verb: usize) -> Option<Change> {
    if has(doc, verb, &SUBJECTS) {
        return None;
    }
    let first = doc.children_by(verb, "prep").find(|&p| p < verb)?;
    let mut at = first;
    // Down the prepositions and their objects to the noun with the apposition.
    for _ in 0..4 {
        let apposition = doc.children_by(at, "appos").find(|&a| {
            let comma = doc.subtree(a).start.checked_sub(1);
            a > at && a < verb && comma.is_some_and(|c| doc.pos(c) == Pos::Punct)
        });
        if let Some(subject) = apposition {
            let dep = if has(doc, verb, &["auxpass"]) { "nsubjpass" } else { "nsubj" };
            return Some((subject, verb, dep));
        }
        at = doc.children(at).find(|&c| matches!(doc.dep(c), "prep" | "pobj"))?;
    }
    None
}

/// "His decision to run for a third term led to protests" read as "a third term (that was) led
/// to protests": a sentence without a main verb that has a finite verb as a noun's modifier, or as
/// the complement of a clause that lost its object to it.
fn swallowed(doc: &Document<'_>, end: usize, root: usize, changes: &mut Vec<Change>) {
    let closes = doc.children(root).next_back().is_some_and(|c| doc.pos(c) == Pos::Punct);
    if !closes || has(doc, root, &SUBJECTS) || has(doc, root, &["cop", "appos"]) {
        return;
    }
    let main = (root + 1..end).find(|&v| {
        let head = doc.head(v);
        let plain = doc.tag(v) == "VBD"
            && !has(doc, v, &["agent", "auxpass", "mark"])
            && doc.ancestors(v).any(|a| a == root)
            && !doc.ancestors(v).any(|a| doc.dep(a) == "relcl");
        plain
            && match doc.dep(v) {
                "acl" => !has(doc, v, &SUBJECTS),
                "ccomp" => {
                    let own = doc.children_by(v, "nsubj").next();
                    doc.dep(head) == "acl" && own == Some(v - 1) && !has(doc, head, &["dobj"])
                }
                _ => false,
            }
    });
    let Some(main) = main else { return };
    if doc.dep(main) == "ccomp"
        && let Some(object) = doc.children_by(main, "nsubj").next()
    {
        changes.push((object, doc.head(main), "dobj"));
    }
    changes.push((main, main, "ROOT"));
    changes.push((root, main, "nsubj"));
    for child in doc.children(root).filter(|&c| c > main) {
        changes.push((child, main, doc_label(doc, child)));
    }
}

fn doc_label(doc: &Document<'_>, token: usize) -> &'static str {
    if doc.pos(token) == Pos::Punct { "punct" } else { "prep" }
}

/// "The minister announced that the mission was completed and added that …": a second verb with a
/// clause of its own goes with the first one of its kind, not with a passive inside of its clause.
fn second_report(doc: &Document<'_>, verb: usize) -> Option<Change> {
    let inner = doc.head(verb);
    let outer = doc.head(inner);
    let clause =
        |v: usize| doc.children_by(v, "ccomp").any(|c| doc.children_by(c, "mark").next().is_some());
    let wrong = doc.dep(verb) == "conj"
        && inner != outer
        && doc.dep(inner) == "ccomp"
        && has(doc, inner, &["auxpass"])
        && has(doc, inner, &["mark"])
        && !has(doc, verb, &SUBJECTS)
        && !has(doc, verb, &["aux", "auxpass"])
        && finite(doc, verb)
        && clause(verb)
        && !clause(inner);
    wrong.then_some((verb, outer, "conj"))
}

fn rebuilt<'t>(doc: &Document<'t>, changes: &[Change]) -> Document<'t> {
    let mut builder = DocumentBuilder::new(doc.text());
    for token in 0..doc.len() {
        let change = changes.iter().find(|c| c.0 == token);
        let (head, dep) =
            change.map_or_else(|| (doc.head(token), doc.dep(token)), |&(_, head, dep)| (head, dep));
        builder.push(TokenData {
            span: doc.span(token),
            tag: doc.tag(token),
            pos: doc.pos(token),
            morph: doc.morph(token),
            lemma: doc.lemma(token),
            head,
            dep,
            sentence_start: doc.sentences()[doc.sentence_of(token)].start == token,
        });
    }
    for name in doc.names() {
        builder.name(name.tokens.clone(), &name.label);
    }
    builder.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Engine;

    fn subject_of(text: &str, verb: &str) -> Option<String> {
        let engine = Engine::embedded().unwrap();
        let doc = mend(engine.analyse(text));
        let verb = (0..doc.len()).find(|&t| doc.word(t) == verb).unwrap();
        let subject = doc.children(verb).find(|&c| matches!(doc.dep(c), "nsubj" | "nsubjpass"))?;
        Some(doc.word(subject).to_owned())
    }

    #[test]
    fn a_main_verb_is_not_swallowed_by_the_clause_before_it() {
        let text = "His decision to run for a third term led to weeks of protests.";
        assert_eq!(subject_of(text, "led").as_deref(), Some("decision"));
        let text = "The claim that troops had crossed the border drew anger in the capital.";
        assert_eq!(subject_of(text, "drew").as_deref(), Some("claim"));
    }

    #[test]
    fn a_reduced_relative_clause_stays_one() {
        let text = "The bridge built by the army collapsed.";
        assert_eq!(subject_of(text, "built"), None);
    }
}
