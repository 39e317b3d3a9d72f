//! What a language pack says of names, nouns and pronouns.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::facts::EntityType;
use crate::kb::SortedTable;
use crate::lang::Pack;

use super::{Gender, Number};

/// A table of names, nouns or pronouns that cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NameTableError {
    /// The pack lacks a file.
    #[error("lang/{pack}/{path} is missing (every language pack needs it; see CONTRIBUTING)")]
    Missing {
        /// The pack's language.
        pack: &'static str,
        /// The file, below the pack's folder.
        path: &'static str,
    },
    /// A field holds a word that the layer does not know.
    #[error("lang/{pack}/{path}:{line}: unknown {what} {word:?} (see the file's other rows)")]
    Unknown {
        /// The pack's language.
        pack: &'static str,
        /// The file, below the pack's folder.
        path: &'static str,
        /// The line, from 1.
        line: usize,
        /// What the word should name.
        what: &'static str,
        /// The word.
        word: String,
    },
}

/// What a title says of the person who bears it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TitleClass {
    /// A form of address: no office.
    Honorific,
    /// A rank in an army or a police force.
    Rank,
    /// An office.
    Office,
}

/// What the head noun of a phrase says of the thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NounClass {
    /// A person, or in the plural a group of them.
    Person,
    /// Several people.
    Group,
    /// A body that acts.
    Organization,
    /// A place.
    Place,
    /// Something built.
    Facility,
    /// Something made, written, owned, or alive: a thing that one can point at.
    Thing,
    /// What happens, holds or is measured: no entity.
    Abstract,
}

/// A word in front of or at the end of names that says what they name.
#[derive(Clone, Copy, Debug)]
pub struct Title {
    /// What it says of its bearer.
    pub class: TitleClass,
    /// The gender that it tells.
    pub gender: Gender,
}

/// A pronoun.
#[derive(Clone, Copy, Debug)]
pub struct Pronoun {
    /// 1, 2 or 3.
    pub person: u8,
    /// One or several.
    pub number: Number,
    /// Male, female, neuter, where the form tells.
    pub gender: Gender,
    /// Whether it is reflexive.
    pub reflexive: bool,
}

/// The tables of `lang/<code>/name/` and the pronouns of `lang/<code>/coref/`, parsed.
#[derive(Debug)]
pub struct Tables {
    labels: FxHashMap<&'static str, EntityType>,
    titles: FxHashMap<&'static str, Title>,
    heads: FxHashMap<&'static str, EntityType>,
    pronouns: FxHashMap<&'static str, Pronoun>,
    words: FxHashMap<&'static str, FxHashSet<&'static str>>,
    gendered: FxHashMap<&'static str, Gender>,
    demonyms: FxHashMap<&'static str, &'static str>,
    nouns: SortedTable,
    extra_nouns: FxHashMap<&'static str, NounClass>,
    generic: FxHashMap<&'static str, &'static str>,
    synonyms: FxHashMap<&'static str, &'static str>,
    first_names: SortedTable,
}

/// The lists of `lang/<code>/name/words.tsv`, by use.
#[derive(Clone, Copy, Debug)]
pub enum WordList {
    /// Words inside names that need no capital ("of", "the", "and").
    Inner,
    /// Particles inside names of persons ("van", "al", "de").
    Particle,
    /// Forms of companies at the end of a name.
    CompanyForm,
    /// Words with a capital that are no names by themselves.
    NoName,
    /// Determiners that make a phrase definite.
    Definite,
    /// Verbs of saying.
    Saying,
    /// Prepositions of place.
    PlacePreposition,
    /// Suffixes of a person's name.
    NameSuffix,
    /// Verbs and adjectives after which "it" stands for nothing.
    Pleonastic,
    /// Words that qualify a title in time.
    Former,
    /// Prepositions in front of places alone ("in", "near").
    InPreposition,
    /// Prepositions that put one place inside another ("in", but not "near").
    Within,
    /// Words after the head of a name that tell its purpose ("for").
    Purpose,
    /// Names of diseases and of what causes them, in look-up form.
    Disease,
    /// Prefixes before a hyphen ("pro-", "anti-").
    Prefix,
    /// Words that make a clause a condition.
    Condition,
    /// Verbs that tie a description to their subject.
    Becoming,
    /// Words before the part that somebody plays ("as").
    As,
    /// Verbs of holding, giving or being given a post.
    Serving,
    /// Words beside an age.
    Aged,
    /// Articles that introduce something new.
    Indefinite,
    /// Words before members of a list.
    Including,
    /// Words for birth in a bracket.
    Born,
    /// Words for death in a bracket.
    Died,
    /// Offices that are named for a field ("Minister").
    Portfolio,
    /// Nouns for the head of a state or a body.
    Leader,
    /// The preposition between a noun and the name that it introduces ("the town of X").
    Of,
    /// Words with which a noun means no certain thing ("any", "more").
    Vague,
    /// Verbs of being.
    Being,
    /// Nouns for a place that are none before "of" and a common noun ("state of emergency").
    StateOf,
    /// Nouns for anybody and anything: "the people" are seldom those spoken of before.
    General,
}

impl WordList {
    fn key(self) -> &'static str {
        match self {
            Self::Inner => "inner",
            Self::Particle => "particle",
            Self::CompanyForm => "company_form",
            Self::NoName => "no_name",
            Self::Definite => "definite",
            Self::Saying => "saying",
            Self::PlacePreposition => "place_preposition",
            Self::NameSuffix => "name_suffix",
            Self::Pleonastic => "pleonastic",
            Self::Former => "former",
            Self::InPreposition => "in_preposition",
            Self::Within => "within",
            Self::Purpose => "purpose",
            Self::Disease => "disease",
            Self::Prefix => "prefix",
            Self::Condition => "condition",
            Self::Becoming => "becoming",
            Self::As => "as",
            Self::Serving => "serving",
            Self::Aged => "aged",
            Self::Indefinite => "indefinite",
            Self::Including => "including",
            Self::Born => "born",
            Self::Died => "died",
            Self::Portfolio => "portfolio",
            Self::Leader => "leader",
            Self::Of => "of",
            Self::Vague => "vague",
            Self::Being => "being",
            Self::StateOf => "state_of",
            Self::General => "general",
        }
    }
}

impl Tables {
    /// Parses the tables of `pack`.
    ///
    /// # Errors
    ///
    /// Where a file is missing or holds a kind, class or gender that the layer does not know.
    pub fn parse(pack: Pack) -> Result<Self, NameTableError> {
        let file = |path: &'static str| {
            pack.text(path).ok_or(NameTableError::Missing { pack: pack.code(), path })
        };
        let unknown = |path, line, what, word: &str| NameTableError::Unknown {
            pack: pack.code(),
            path,
            line,
            what,
            word: word.to_owned(),
        };
        let mut tables = Self {
            labels: FxHashMap::default(),
            titles: FxHashMap::default(),
            heads: FxHashMap::default(),
            pronouns: FxHashMap::default(),
            words: FxHashMap::default(),
            gendered: FxHashMap::default(),
            demonyms: FxHashMap::default(),
            nouns: SortedTable::new(file("name/nouns.tsv")?),
            extra_nouns: FxHashMap::default(),
            generic: FxHashMap::default(),
            synonyms: FxHashMap::default(),
            first_names: SortedTable::new(file("name/first_names.tsv")?),
        };
        for (line, [label, kind]) in fields(file("name/labels.tsv")?) {
            let kind = EntityType::parse(kind)
                .ok_or_else(|| unknown("name/labels.tsv", line, "entity type", kind))?;
            tables.labels.insert(label, kind);
        }
        for (line, [word, kind]) in fields(file("name/heads.tsv")?) {
            let kind = EntityType::parse(kind)
                .ok_or_else(|| unknown("name/heads.tsv", line, "entity type", kind))?;
            tables.heads.insert(word, kind);
        }
        for (line, [title, class, gender]) in fields(file("name/titles.tsv")?) {
            let class = match class {
                "honorific" => TitleClass::Honorific,
                "rank" => TitleClass::Rank,
                "office" => TitleClass::Office,
                other => return Err(unknown("name/titles.tsv", line, "class of title", other)),
            };
            tables.titles.insert(title, Title { class, gender: Gender::of_letter(gender) });
        }
        for (line, [form, person, number, gender, usage]) in fields(file("coref/pronouns.tsv")?) {
            let number = match number {
                "singular" => Number::Singular,
                "plural" => Number::Plural,
                "" => Number::Unknown,
                other => return Err(unknown("coref/pronouns.tsv", line, "number", other)),
            };
            let gender = match gender {
                "male" => Gender::Male,
                "female" => Gender::Female,
                "neuter" => Gender::Neuter,
                "" => Gender::Unknown,
                other => return Err(unknown("coref/pronouns.tsv", line, "gender", other)),
            };
            let person = person
                .parse()
                .ok()
                .filter(|p| (1..=3).contains(p))
                .ok_or_else(|| unknown("coref/pronouns.tsv", line, "person", person))?;
            let reflexive = usage == "reflexive";
            tables.pronouns.insert(form, Pronoun { person, number, gender, reflexive });
        }
        for (_, [list, words]) in fields(file("name/words.tsv")?) {
            let entry = tables.words.entry(list).or_default();
            entry.extend(words.split(' '));
        }
        for (_, [word, gender]) in fields(file("coref/gender.tsv")?) {
            tables.gendered.insert(word, Gender::of_letter(gender));
        }
        for (_, [word, place]) in fields(file("name/demonyms.tsv")?) {
            tables.demonyms.insert(word, place);
        }
        for (_, [class, words]) in fields(file("coref/generic.tsv")?) {
            for word in words.split(' ') {
                tables.generic.entry(word).or_insert(class);
            }
        }
        for (_, [class, words]) in fields(file("coref/synonyms.tsv")?) {
            tables.synonyms.extend(words.split(' ').map(|w| (w, class)));
        }
        for (line, [word, class]) in fields(file("name/news_nouns.tsv")?) {
            let class = noun_class(class)
                .ok_or_else(|| unknown("name/news_nouns.tsv", line, "class of noun", class))?;
            for word in word.split(' ') {
                tables.extra_nouns.insert(word, class);
            }
        }
        Ok(tables)
    }

    /// The entity type of a label of the name recogniser; `None` for times, figures and the like.
    pub fn label(&self, label: &str) -> Option<EntityType> {
        self.labels.get(label).copied()
    }

    /// The title that `words`, in lower case and with single spaces, is.
    pub fn title(&self, words: &str) -> Option<Title> {
        self.titles.get(words).copied()
    }

    /// What a name that ends (or before "of" begins) with `word`, in lower case, names.
    pub fn head(&self, word: &str) -> Option<EntityType> {
        self.heads.get(word).copied()
    }

    /// The pronoun of the form `word`, in lower case.
    pub fn pronoun(&self, word: &str) -> Option<Pronoun> {
        self.pronouns.get(word).copied()
    }

    /// Whether `word` is in a list.
    pub fn is(&self, list: WordList, word: &str) -> bool {
        self.words.get(list.key()).is_some_and(|words| words.contains(word))
    }

    /// The place code of a demonym or an adjective of a place.
    pub fn demonym(&self, word: &str) -> Option<&'static str> {
        self.demonyms.get(word).copied()
    }

    /// What a phrase with the head noun `lemma` can be; `None` for an unknown noun.
    pub fn noun(&self, lemma: &str) -> Option<NounClass> {
        self.extra_nouns.get(lemma).copied().or_else(|| self.nouns.get(lemma).and_then(noun_class))
    }

    /// Whether a bare description with the head `lemma` can stand for the kind of place or body that
    /// a class of `generic.tsv` names; a noun that no class lists fits none.
    pub fn generic(&self, lemma: &str) -> Option<&'static str> {
        self.generic.get(lemma).copied()
    }

    /// The class of nouns that name the same thing in turn.
    pub fn synonym(&self, word: &str) -> Option<&'static str> {
        self.synonyms.get(word).copied()
    }

    /// The gender that a noun or a first name tells.
    pub fn gender_of_noun(&self, lemma: &str) -> Gender {
        self.gendered.get(lemma).copied().unwrap_or(Gender::Unknown)
    }

    /// Whether `word` is a first name, and whose.
    pub fn first_name(&self, word: &str) -> Option<Gender> {
        self.first_names.get(word).map(Gender::of_letter)
    }
}

fn noun_class(word: &str) -> Option<NounClass> {
    Some(match word {
        "person" => NounClass::Person,
        "group" => NounClass::Group,
        "organization" => NounClass::Organization,
        "place" => NounClass::Place,
        "facility" => NounClass::Facility,
        "thing" | "artifact" | "matter" | "object" | "creature" | "possession"
        | "communication" => NounClass::Thing,
        "abstract" | "event" | "time" | "quantity" => NounClass::Abstract,
        _ => return None,
    })
}

/// The rows of a table with their line numbers, each cut into `N` fields; a missing field is empty.
fn fields<const N: usize>(text: &'static str) -> impl Iterator<Item = (usize, [&'static str; N])> {
    text.lines().enumerate().skip(1).filter(|(_, l)| !l.is_empty()).map(|(i, line)| {
        let mut row = [""; N];
        for (slot, field) in row.iter_mut().zip(line.split('\t')) {
            *slot = field;
        }
        (i + 1, row)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_english_tables_can_be_read() {
        let pack = Pack::find("en").expect("English is built in");
        let tables = Tables::parse(pack).expect("its tables are sound");
        assert_eq!(tables.label("PERSON"), Some(EntityType::Person));
        assert_eq!(tables.title("prime minister").map(|t| t.class), Some(TitleClass::Office));
        assert_eq!(tables.demonym("Kazakh"), Some("KZ"));
        assert_eq!(tables.noun("hospital"), Some(NounClass::Facility));
        assert_eq!(tables.noun("riot"), Some(NounClass::Abstract));
        assert_eq!(tables.first_name("Maria"), Some(Gender::Female));
        assert_eq!(tables.pronoun("him").map(|p| p.gender), Some(Gender::Male));
        assert!(tables.is(WordList::CompanyForm, "inc"));
    }
}
