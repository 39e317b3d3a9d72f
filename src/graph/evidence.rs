//! The words: sentences and spans, as RFC 5147 fragments of the article's IRI.

use oxrdf::NamedNodeRef;

use super::iri::decimal;
use super::number::write_integer;
use super::terms;
use super::write::ArticleGraph;
use crate::facts::{Facts, MentionForm};
use crate::span::{CharIndex, Span};
use crate::vocab::{ng, nif};

/// Gathers the spans that an article's nodes rest on, and writes each once.
pub(super) struct Evidence<'t> {
    index: &'t CharIndex<'t>,
    sentences: &'t [Span],
    /// The spans that were asked for, with the form of those that are mentions.
    spans: Vec<(Span, Option<MentionForm>)>,
    iri: SpanIri,
}

impl<'t> Evidence<'t> {
    pub(super) fn new(
        facts: &'t Facts,
        index: &'t CharIndex<'t>,
        article: NamedNodeRef<'_>,
    ) -> Self {
        let spans = Vec::with_capacity(8 * facts.events.len() + 4 * facts.entities.len());
        Self { index, sentences: &facts.sentences, spans, iri: SpanIri::new(article) }
    }

    /// The words of a span.
    pub(super) fn words(&self, span: Span) -> &'t str {
        span.of(self.index.text())
    }

    /// The IRI of a span, which is then written as evidence.
    pub(super) fn span(&mut self, span: Span) -> NamedNodeRef<'_> {
        self.spans.push((span, None));
        self.iri.of(self.index, span)
    }

    /// The IRI of a mention, which is then written with its form.
    pub(super) fn mention(&mut self, span: Span, form: MentionForm) -> NamedNodeRef<'_> {
        self.spans.push((span, Some(form)));
        self.iri.of(self.index, span)
    }

    /// Writes the sentences and all spans that were asked for.
    pub(super) fn write(mut self, graph: &mut ArticleGraph<'_, impl FnMut(oxrdf::QuadRef<'_>)>) {
        let mut number = String::new();
        for &sentence in self.sentences {
            let begin = i64::from(self.index.to_chars(sentence).start);
            let words = self.words(sentence);
            let iri = self.iri.of(self.index, sentence);
            graph.write(iri, nif::BEGIN_INDEX, write_integer(begin, &mut number));
            graph.write(iri, nif::ANCHOR_OF, words);
        }
        self.spans.sort_unstable();
        self.spans.dedup();
        let mut sentence_iri = SpanIri { text: self.iri.text.clone(), prefix: self.iri.prefix };
        let mut last = None;
        for &(span, form) in &self.spans {
            let iri = self.iri.of(self.index, span);
            if last != Some(span)
                && let Some(sentence) = sentence_of(self.sentences, span)
            {
                graph.write(iri, ng::IN_SENTENCE, sentence_iri.of(self.index, sentence));
            }
            graph.write_some(iri, ng::FORM, form.map(terms::form));
            last = Some(span);
        }
    }
}

/// The sentence in which a span begins; where it begins between two, the one that it runs into.
fn sentence_of(sentences: &[Span], span: Span) -> Option<Span> {
    let next = sentences.partition_point(|s| s.end() <= span.start());
    sentences.get(next).copied().filter(|s| s.start() < span.end())
}

/// Writes span IRIs into one buffer.
struct SpanIri {
    text: String,
    prefix: usize,
}

impl SpanIri {
    fn new(article: NamedNodeRef<'_>) -> Self {
        let text = [article.as_str(), "#char="].concat();
        let prefix = text.len();
        Self { text, prefix }
    }

    fn of(&mut self, index: &CharIndex<'_>, span: Span) -> NamedNodeRef<'_> {
        let chars = index.to_chars(span);
        self.text.truncate(self.prefix);
        self.text.push_str(decimal(chars.start, &mut [0; 10]));
        self.text.push(',');
        self.text.push_str(decimal(chars.end, &mut [0; 10]));
        NamedNodeRef::new_unchecked(&self.text)
    }
}
