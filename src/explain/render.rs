//! An explanation for people.

use super::{Claim, Evidence, Explanation, How, Voice};

/// How the words of the evidence are marked in their sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marks {
    /// «so».
    Guillemets,
    /// In bold letters.
    Bold,
}

impl Marks {
    fn pair(self) -> (&'static str, &'static str) {
        match self {
            Self::Guillemets => ("«", "»"),
            Self::Bold => ("\x1b[1m", "\x1b[0m"),
        }
    }
}

/// Renders an explanation, at most `limit` of its claims. A claim stands for itself; anything else
/// has a line with its name, kind and status above its claims.
pub fn render_text(explanation: &Explanation, limit: usize, marks: Marks) -> String {
    let mut out = String::new();
    if explanation.kind != "claim" {
        out.extend([explanation.label.as_str(), " (", explanation.kind]);
        out.extend(explanation.status.iter().flat_map(|status| [", ", status]));
        out.extend([")  ", &short_id(&explanation.iri), "\n\n"]);
    }
    for (i, claim) in explanation.claims.iter().take(limit).enumerate() {
        if i > 0 {
            out.push('\n');
        }
        render_claim(claim, marks, &mut out);
    }
    out
}

fn render_claim(claim: &Claim, marks: Marks, out: &mut String) {
    let not = if claim.polarity == "negative" { "not " } else { "" };
    let id = short_id(&claim.iri);
    out.extend([claim.says.as_str(), " — ", not, &claim.modality, "  ", &id, "\n"]);
    for voice in &claim.voices {
        render_voice(voice, claim, 2, "", out);
    }
    let at = &claim.evidence;
    out.extend(["  ", &source(at), "\n"]);
    out.extend(["  ", &marked(at, marks), "\n"]);
    if let Some(how) = &claim.how {
        render_how(how, out);
    }
}

/// The rules, and a line for each word of the parse.
fn render_how(how: &How, out: &mut String) {
    out.extend(["  by ", how.rule.as_str()]);
    out.extend(how.statement.iter().flat_map(|rule| [", said by ", rule]));
    out.push('\n');
    for word in &how.parse {
        let hangs = word.head.as_ref().map_or_else(
            || format!("{}, the root", word.dep),
            |head| format!("{} of «{head}»", word.dep),
        );
        let line =
            format!("    «{}»  lemma {}, tag {}, {hangs}\n", word.word, word.lemma, word.tag);
        out.push_str(&line);
    }
}

/// The kind letter and the first letters of the hash, as the command line takes them.
fn short_id(iri: &str) -> String {
    let mut parts = iri.rsplit('/');
    match (parts.next(), parts.next()) {
        (Some(hash), Some(kind)) if kind.len() == 1 && hash.len() == 26 => {
            kind.chars().chain(hash.chars().take(8)).collect()
        }
        _ => iri.to_owned(),
    }
}

fn render_voice(voice: &Voice, claim: &Claim, indent: usize, before: &str, out: &mut String) {
    let blank = " ".repeat(indent);
    let who = if voice.own_voice {
        match &claim.evidence.publisher {
            Some(publisher) => format!("{publisher}, in its own voice"),
            None => "own voice".to_owned(),
        }
    } else {
        voice.speaker.clone().unwrap_or_else(|| "somebody who is not named".to_owned())
    };
    let mut line = format!("{blank}{before}{who}");
    if let Some(cue) = &voice.cue {
        line.extend([": \"", cue.as_str(), "\""]);
    }
    for detail in [&voice.mode, &voice.modality].into_iter().flatten() {
        line.extend([", ", detail.as_str()]);
    }
    if let Some(day) = &voice.said_on {
        line.extend([", on ", day.as_str()]);
    }
    out.push_str(&line);
    out.push('\n');
    for outer in &voice.passed_on_by {
        render_voice(outer, claim, indent + 2, "passed on by ", out);
    }
}

/// The article and where in it.
fn source(at: &Evidence) -> String {
    let mut parts = vec![at.id.clone().unwrap_or_else(|| at.article.clone())];
    parts.extend(at.title.clone());
    parts.extend(at.publisher.clone());
    parts.extend(at.published.clone());
    format!("{}, characters {}–{}", parts.join(" · "), at.begin, at.end)
}

/// The sentence with the words marked, in one line.
fn marked(at: &Evidence, marks: Marks) -> String {
    let (open, close) = marks.pair();
    let from = at.begin.saturating_sub(at.sentence_begin);
    let to = at.end.saturating_sub(at.sentence_begin);
    let mut out = String::with_capacity(at.sentence.len() + 8);
    let mut length = 0;
    for (i, c) in at.sentence.chars().enumerate() {
        if i == from {
            out.push_str(open);
        }
        if i == to {
            out.push_str(close);
        }
        out.push(if c.is_whitespace() { ' ' } else { c });
        length = i + 1;
    }
    // Words that run on beyond the sentence in which they begin are marked to its end.
    if from < length && to >= length {
        out.push_str(close);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(begin: usize, end: usize) -> Evidence {
        Evidence {
            article: "urn:a".to_owned(),
            id: None,
            title: None,
            publisher: None,
            published: None,
            begin,
            end,
            sentence: "Zoë left\nOslo.".to_owned(),
            sentence_begin: 10,
        }
    }

    #[test]
    fn words_are_marked_by_scalars() {
        assert_eq!(marked(&at(14, 18), Marks::Guillemets), "Zoë «left» Oslo.");
        assert_eq!(marked(&at(10, 13), Marks::Guillemets), "«Zoë» left Oslo.");
        assert_eq!(marked(&at(19, 24), Marks::Guillemets), "Zoë left «Oslo.»");
        assert_eq!(marked(&at(19, 40), Marks::Guillemets), "Zoë left «Oslo.»");
    }
}
