//! What a clause tells of "it" and "they".
//!
//! Most things that a neuter or plural pronoun can stand for are no mentions at all ("the delay",
//! "many customers"), so the nearest mention that agrees proves little. What does: the subject of
//! the clause around the pronoun ("the firm said *its* …"), the subject of the clause before it
//! ("the firm lost, but *it* …"), or that of the sentence before it where nothing competes. A
//! subject that agrees and is no mention, or is a list, is what the pronoun stands for: then it is
//! known to be none of the entities, and nothing is joined.
//!
//! # Source
//!
//! Hobbs, *Resolving pronoun references*, Lingua 44, 1978; Lappin and Leass, *An algorithm for
//! pronominal anaphora resolution*, Computational Linguistics 20, 1994.

use crate::extract::mention::{Gender, Number, Pronoun, Tables, WordList};
use crate::facts::{EntityType, MentionForm};
use crate::text::{Document, Pos};

use super::cluster::Clusters;
use super::nominals::heads;
use super::pronouns::agrees;
use super::quotation::Quotations;

/// The tree and the mentions by their heads, as far as pronouns ask for them.
pub(super) struct Witness<'a, 't> {
    doc: &'a Document<'t>,
    tables: &'a Tables,
    quotations: &'a Quotations,
    by_head: Vec<Option<usize>>,
}

/// What a subject tells of a pronoun.
enum Verdict {
    /// The mention that it stands for.
    Stands(usize),
    /// It stands for this subject, which is no mention, or the subject competes with the rest.
    Blocked,
    /// Nothing: it is of another number, or a person.
    Silent,
}

impl<'a, 't> Witness<'a, 't> {
    pub(super) fn new(
        doc: &'a Document<'t>,
        tables: &'a Tables,
        quotations: &'a Quotations,
        clusters: &Clusters,
    ) -> Self {
        Self { doc, tables, quotations, by_head: heads(clusters, doc.len()) }
    }

    /// The antecedent of the pronoun that is mention `m`, where the clauses tell one.
    pub(super) fn antecedent(
        &self,
        clusters: &Clusters,
        m: usize,
        pronoun: Pronoun,
    ) -> Option<usize> {
        let doc = self.doc;
        let i = clusters.mentions[m].head;
        let owns = doc.dep(i) == "poss";
        let acts = is_subject(doc, i);
        if !owns && !acts && !pronoun.reflexive {
            return None;
        }
        if acts && pronoun.gender == Gender::Neuter && self.equates(i) {
            return None;
        }
        for (k, subject) in self.around(i).into_iter().enumerate() {
            // "Its website says that its office is closed": both are the same one's.
            let same = doc
                .children_by(subject, "poss")
                .find(|&p| doc.word(p).eq_ignore_ascii_case(doc.word(i)))
                .map(|p| self.by_head[p]);
            if let Some(e) = same {
                return e.filter(|&e| clusters.members(e).len() > 1);
            }
            match self.verdict(clusters, subject, i, pronoun) {
                Verdict::Stands(e) => {
                    // A thing without a name binds only the pronoun of its own clause.
                    let plain = clusters.kind(e) == EntityType::Thing && !clusters.is_named(e);
                    return Some(e).filter(|_| k == 0 || !plain);
                }
                Verdict::Blocked => return None,
                Verdict::Silent => {}
            }
        }
        if !acts {
            return None;
        }
        self.before(clusters, i, pronoun)
    }

    /// "It is a long game": what follows says more of what "it" is than what stands before.
    fn equates(&self, i: usize) -> bool {
        let verb = self.doc.head(i);
        self.tables.is(WordList::Being, self.doc.lemma(verb))
            && self.doc.children(verb).any(|c| matches!(self.doc.dep(c), "attr" | "acomp"))
    }

    /// The subjects of the clauses that hold token `i`, from the innermost out.
    fn around(&self, i: usize) -> Vec<usize> {
        let doc = self.doc;
        let mut out = Vec::new();
        let mut at = i;
        loop {
            let above = doc.head(at);
            if above == at {
                return out;
            }
            if doc.dep(at) == "acl" && above < i {
                // "The firm seeking its share": whose participle it is.
                out.push(above);
            }
            let subject = doc
                .children(above)
                .find(|&c| is_subject(doc, c))
                .filter(|&s| s != at && s < i)
                .map(|s| relative(doc, above, s));
            if let Some(s) = subject
                && !out.contains(&s)
            {
                out.push(s);
            }
            at = above;
        }
    }

    /// The nearest subject before a subject: in its sentence, else that of the sentence before.
    fn before(&self, clusters: &Clusters, i: usize, pronoun: Pronoun) -> Option<usize> {
        let doc = self.doc;
        let here = doc.sentence_of(i);
        let start = doc.sentences()[here].start;
        for subject in (start..i).rev().filter(|&s| is_subject(doc, s)) {
            match self.verdict(clusters, subject, i, pronoun) {
                Verdict::Stands(e) => return Some(e),
                Verdict::Blocked => return None,
                Verdict::Silent => {}
            }
        }
        let previous = doc.sentences().get(here.checked_sub(1)?)?.clone();
        let root = previous.clone().find(|&r| doc.head(r) == r)?;
        let subject = doc.children(root).find(|&c| is_subject(doc, c))?;
        if !self.quotations.same(subject, i) {
            return None;
        }
        match self.verdict(clusters, subject, i, pronoun) {
            Verdict::Stands(e) => {
                let known = clusters.is_named(e) || clusters.members(e).len() > 1;
                let plain = clusters.kind(e) == EntityType::Thing && !clusters.is_named(e);
                Some(e).filter(|_| !plain && (known || pronoun.number == Number::Plural))
            }
            _ => None,
        }
    }

    /// What the subject with the head `s` tells of the pronoun at `i`.
    fn verdict(&self, clusters: &Clusters, s: usize, i: usize, pronoun: Pronoun) -> Verdict {
        let doc = self.doc;
        let plural = pronoun.number == Number::Plural;
        let Some(e) = self.by_head[s] else {
            let rival = match doc.tag(s) {
                "NN" | "NNP" | "DT" => !plural,
                "NNS" | "NNPS" | "CD" => plural,
                _ => false,
            };
            return if rival { Verdict::Blocked } else { Verdict::Silent };
        };
        let mention = &clusters.mentions[e];
        if mention.person != 3 || mention.head == i {
            return Verdict::Silent;
        }
        // "A and B said they": both, and no entity is both.
        if doc.children_by(s, "conj").any(|c| doc.pos(c) != Pos::Verb) {
            return if plural { Verdict::Blocked } else { Verdict::Silent };
        }
        if !agrees(clusters, e, pronoun.number, pronoun.gender) {
            return Verdict::Silent;
        }
        // A body can be "they", unless there are many of something nearer.
        if plural
            && clusters.kind(e) == EntityType::Organization
            && (mention.tokens.end..i).any(|k| matches!(doc.tag(k), "NNS" | "NNPS"))
        {
            return Verdict::Blocked;
        }
        // What a pronoun that is not understood stands for is not known either.
        if mention.form == MentionForm::Pronoun && clusters.members(e).len() == 1 {
            return Verdict::Blocked;
        }
        Verdict::Stands(e)
    }
}

fn is_subject(doc: &Document<'_>, i: usize) -> bool {
    matches!(doc.dep(i), "nsubj" | "nsubjpass")
}

/// The noun that a relative pronoun, the subject `s` of a clause with the head `verb`, stands for.
fn relative(doc: &Document<'_>, verb: usize, s: usize) -> usize {
    if !matches!(doc.tag(s), "WDT" | "WP") {
        return s;
    }
    let mut at = verb;
    loop {
        let above = doc.head(at);
        if above == at {
            return s;
        }
        if doc.dep(at) == "relcl" {
            return above;
        }
        at = above;
    }
}
