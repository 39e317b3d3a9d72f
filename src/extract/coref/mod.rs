//! Which mentions of an article are one entity.
//!
//! Sieves run in order of precision; each joins what it is sure of and sees what the earlier ones
//! joined. Every mention keeps the sieve that joined it to its entity, so that `explain` can say
//! why two mentions are one.
//!
//! # Source
//!
//! Raghunathan et al., *A multi-pass sieve for coreference resolution*, EMNLP 2010; Lee et al.,
//! *Deterministic coreference resolution*, Computational Linguistics 2013.

mod cluster;
mod evidence;
mod names;
mod nominals;
mod pronouns;
mod quotation;

use crate::facts::{Entity, EntityType, Mention, MentionForm};
use crate::kb::Kb;
use crate::text::Document;

use super::mention::{Found, Tables};
use super::trace::{Rule, Traced};

use cluster::Clusters;
use nominals::Owned;
use quotation::Quotations;

/// An entity with what its mentions tell.
#[derive(Clone, Debug)]
pub struct Resolved {
    /// The entity as the contract has it; links are still to be found.
    pub entity: Entity,
    /// Its mentions with heads, titles, number and gender, in the order of the entity's mentions.
    pub found: Vec<Found>,
    /// The sieve that joined each mention, in the same order; the first mention's is what found it.
    pub sieves: Vec<Rule>,
}

impl Resolved {
    /// The entity with the name of the sieve that made it what it is: that of its last join.
    pub fn traced(&self) -> Traced<Entity> {
        let none = Rule::from("coref/none");
        Traced::new(self.entity.clone(), self.sieves.last().unwrap_or(&none))
    }

    /// Whether the entity has a name in the text.
    pub fn is_named(&self) -> bool {
        self.found.iter().any(|m| m.form == MentionForm::Name)
    }
}

/// Joins the mentions of a document into entities, in text order.
///
/// `mentions` are in text order, as `mention::extract_mentions` gives them. Each is in at most one
/// entity; a pronoun that nothing explains is in none, but for one that tells a person by itself.
pub fn resolve_entities(
    doc: &Document<'_>,
    tables: &Tables,
    kb: &Kb,
    mentions: Vec<Found>,
) -> Vec<Resolved> {
    let mut clusters = Clusters::new(mentions);
    names::exact(doc, kb, &mut clusters);
    names::acronyms(doc, &mut clusters);
    names::aliases(doc, kb, &mut clusters);
    nominals::appositions(doc, tables, &mut clusters);
    names::surnames(doc, tables, &mut clusters);
    names::short_forms(doc, tables, &mut clusters);
    names::misspelt(doc, &mut clusters);
    nominals::same_words(doc, tables, &mut clusters, Owned::ByNoPronoun);
    nominals::by_title(doc, tables, &mut clusters);
    nominals::leaders(doc, tables, &mut clusters);
    nominals::by_kind(doc, tables, kb, &mut clusters);
    nominals::synonyms(doc, tables, &mut clusters);
    nominals::leaders(doc, tables, &mut clusters);
    let quotations = Quotations::find(doc, tables, &clusters);
    quotation::first_person(&quotations, &mut clusters);
    pronouns::third_person(doc, tables, &quotations, &mut clusters);
    nominals::same_words(doc, tables, &mut clusters, Owned::ByPronoun);
    gather(doc, kb, clusters)
}

/// The clusters as entities.
fn gather(doc: &Document<'_>, kb: &Kb, clusters: Clusters) -> Vec<Resolved> {
    let (groups, mentions, sieves) = clusters.into_groups();
    let mut out = Vec::with_capacity(groups.len());
    for members in groups {
        let alone = members.iter().any(|&m| mentions[m].stands_alone);
        let nominals =
            members.iter().filter(|&&m| mentions[m].form == MentionForm::Nominal).count();
        let lone_person = members.len() == 1
            && mentions[members[0]].form == MentionForm::Pronoun
            && mentions[members[0]].kind == EntityType::Person
            && mentions[members[0]].person == 3;
        if !(alone || lone_person || nominals > 0 && members.len() > 1) {
            continue;
        }
        let found: Vec<Found> = members.iter().map(|&m| mentions[m].clone()).collect();
        let entity = Entity {
            kind: kind_of(&found),
            name: name_of(doc, kb, &found),
            mentions: found.iter().map(|m| Mention { span: m.span, form: m.form }).collect(),
            links: Vec::new(),
        };
        let sieves = members.iter().map(|&m| sieves[m].clone()).collect();
        out.push(Resolved { entity, found, sieves });
    }
    out.sort_by_key(|r| r.entity.mentions.first().map(|m| (m.span.start(), m.span.end())));
    out
}

/// The kind that most of the names have, or the first description's.
fn kind_of(found: &[Found]) -> EntityType {
    let mut best = (0, EntityType::Thing);
    for form in [MentionForm::Name, MentionForm::Nominal, MentionForm::Pronoun] {
        for m in found.iter().filter(|m| m.form == form) {
            let n = found.iter().filter(|o| o.form == form && o.kind == m.kind).count();
            if n > best.0 {
                best = (n, m.kind);
            }
        }
        if best.0 > 0 {
            break;
        }
    }
    best.1
}

/// The fullest name: the longest one, the first of equals; the place of a demonym; or the words of
/// the first mention.
fn name_of(doc: &Document<'_>, kb: &Kb, found: &[Found]) -> String {
    let words = |m: &Found| m.span.of(doc.text()).split_whitespace().collect::<Vec<_>>().join(" ");
    let mut best: Option<&Found> = None;
    for m in found.iter().filter(|m| m.form == MentionForm::Name && m.place.is_none()) {
        if best.is_none_or(|b| m.span.len() > b.span.len()) {
            best = Some(m);
        }
    }
    if let Some(m) = best {
        return words(m);
    }
    if let Some(entry) = found.iter().find_map(|m| m.place).and_then(|code| kb.country(code)) {
        return entry.name.to_owned();
    }
    let named = found.iter().find(|m| m.form != MentionForm::Pronoun).or(found.first());
    named.map(words).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::link::link_entities;
    use crate::extract::mention::extract_mentions;
    use crate::lang::Pack;
    use crate::text::Engine;

    /// The entities of a text as lines: `kind name: mention<sieve> …`.
    fn entities(text: &str) -> Vec<Resolved> {
        let pack = Pack::find("en").expect("English is built in");
        let engine = Engine::embedded().expect("the model is built in");
        let tables = Tables::parse(pack).expect("sound tables");
        let kb = Kb::open();
        let doc = engine.analyse(text);
        let mentions = extract_mentions(&doc, &tables, &kb, &[]);
        let mut found = resolve_entities(&doc, &tables, &kb, mentions);
        link_entities(&doc, &tables, &kb, &mut found);
        found
    }

    /// The words of the mentions of the entity called `name`.
    fn words<'t>(text: &'t str, found: &[Resolved], name: &str) -> Vec<&'t str> {
        let entity = found.iter().find(|r| r.entity.name == name);
        entity
            .map(|r| r.entity.mentions.iter().map(|m| m.span.of(text)).collect())
            .unwrap_or_default()
    }

    #[test]
    fn a_person_is_one_under_title_surname_and_pronoun() {
        let text = "Norwegian Prime Minister Erik Dahl arrived in Rome on Friday. Dahl said he would \
                    stay for two days. The prime minister will meet the pope.";
        let found = entities(text);
        assert_eq!(
            words(text, &found, "Erik Dahl"),
            ["Erik Dahl", "Dahl", "he", "The prime minister"]
        );
        let dahl = found.iter().find(|r| r.entity.name == "Erik Dahl").expect("he is there");
        let sieves: Vec<&str> = dahl.sieves.iter().map(|s| &**s).collect();
        assert_eq!(sieves[1..], ["coref/surname", "coref/pronoun", "coref/title"]);
    }

    #[test]
    fn it_and_they_are_joined_where_the_clause_tells() {
        let text = "Northwind Airlines said on Monday that it would sell its fleet. The unions lost \
                    their case, but they will appeal.";
        let found = entities(text);
        assert_eq!(words(text, &found, "Northwind Airlines"), ["Northwind Airlines", "it", "its"]);
        assert_eq!(words(text, &found, "The unions"), ["The unions", "their", "they"]);
    }

    #[test]
    fn it_and_they_stay_unknown_where_something_else_offers_itself() {
        // The delay, the customers and the two together are no entities.
        let text = "Northwind Airlines blamed the weather. The delay shows its cost. Many customers \
                    of Northwind Airlines lost their luggage. Northwind Airlines and Acme said they \
                    had agreed.";
        let found = entities(text);
        assert_eq!(words(text, &found, "Northwind Airlines"), ["Northwind Airlines"; 3]);
        assert_eq!(words(text, &found, "Acme"), ["Acme"]);
        let text = "Northwind Airlines lost a case. It is a long story. Observers had expected it.";
        assert_eq!(words(text, &entities(text), "Northwind Airlines"), ["Northwind Airlines"]);
    }

    #[test]
    fn nobody_is_spoken_of_by_himself() {
        let text = "Peter Dahl painted for forty years. \"He was a great artist,\" Erik Holm said.";
        let found = entities(text);
        assert_eq!(words(text, &found, "Peter Dahl"), ["Peter Dahl", "He"]);
        assert_eq!(words(text, &found, "Erik Holm"), ["Erik Holm"]);
    }

    #[test]
    fn a_clause_without_a_subject_has_that_of_the_one_above() {
        let text = "Anna Berg attacked Maria Holm in a speech, accusing her of delays.";
        assert_eq!(words(text, &entities(text), "Maria Holm"), ["Maria Holm", "her"]);
    }

    #[test]
    fn the_new_one_is_another_than_the_old_one() {
        let text =
            "Sultan Hamid Rashid died on Friday. The council named a cousin as the new sultan.";
        assert_eq!(words(text, &entities(text), "Hamid Rashid"), ["Hamid Rashid"]);
    }

    #[test]
    fn after_a_quotation_the_speaker_goes_on() {
        let text =
            "Erik Dahl said, \"I thank the voters and Governor Holm.\" He added that he was tired.";
        let found = entities(text);
        assert_eq!(words(text, &found, "Holm"), ["Holm"]);
        assert!(words(text, &found, "Erik Dahl").contains(&"He"));
    }

    #[test]
    fn what_bears_an_article_is_no_town_and_no_ocean() {
        let text = "Berg told The Atlantic in Oslo that the Republic would last.";
        let found = entities(text);
        assert_eq!(wikidata(&found, "Atlantic"), None);
        assert!(found.iter().all(|r| r.entity.name != "Republic" || r.entity.links.is_empty()));
        let ocean = entities("The ship crossed the Atlantic in May.");
        assert_eq!(wikidata(&ocean, "Atlantic").as_deref(), Some("97"));
    }

    #[test]
    fn a_nickname_stands_inside_a_name() {
        let text = "The singer Erik \"Rik\" Dahl died in Oslo on Friday. Dahl was 65.";
        let found = entities(text);
        assert_eq!(
            words(text, &found, "Erik \"Rik\" Dahl"),
            ["The singer", "Erik \"Rik\" Dahl", "Dahl"]
        );
    }

    #[test]
    fn those_in_a_town_are_not_those_spoken_of_before() {
        let text = "The police freed the farmers. The farmers who live in Oslo thanked the police.";
        let found = entities(text);
        assert_eq!(words(text, &found, "the farmers").len(), 1, "{found:?}");
        assert_eq!(words(text, &found, "The police").len(), 2);
    }

    #[test]
    fn a_description_makes_no_two_names_one() {
        let text = "Foreign Minister Erik Dahl met Foreign Minister Paolo Conti in Rome on Friday. \
                    The foreign minister left in the evening.";
        let found = entities(text);
        assert!(!words(text, &found, "Erik Dahl").contains(&"Paolo Conti"));
        assert!(!words(text, &found, "Paolo Conti").contains(&"Erik Dahl"));
    }

    #[test]
    fn what_another_owns_is_another_thing() {
        let text = "Anna Berg sold her boat in May. Peter Dahl sold his boat in June.";
        let found = entities(text);
        assert!(found.iter().all(|r| r.entity.mentions.len() < 2 || r.is_named()));
        let text = "Police searched a house in Bergen. Police searched a house in Oslo.";
        let joined = entities(text)
            .iter()
            .any(|r| words(text, std::slice::from_ref(r), "a house").len() > 1);
        assert!(!joined, "an article that introduces something names another");
    }

    #[test]
    fn the_number_of_a_model_is_part_of_its_name_and_no_figure() {
        let text = "Boeing sold a Boeing 787 to Norway in May. Officials had ordered two 787s and \
                    300 cars from Boeing.";
        let found = entities(text);
        let names: Vec<&str> = found.iter().map(|r| r.entity.name.as_str()).collect();
        assert!(names.contains(&"Boeing 787"), "{names:?}");
        assert!(names.contains(&"787s"), "{names:?}");
        assert!(!names.iter().any(|n| n.contains("300")), "{names:?}");
    }

    #[test]
    fn a_surname_that_is_a_common_word_names_the_person_named_in_full() {
        let text = "Peter Trump opened a shop in Bergen. Trump hailed the report on Friday.";
        assert_eq!(words(text, &entities(text), "Peter Trump"), ["Peter Trump", "Trump"]);
    }

    #[test]
    fn two_persons_of_one_surname_stay_two() {
        let text = "Anna Berg and Peter Berg run the shop in Bergen. Anna Berg opened it in 1998.";
        let found = entities(text);
        assert_eq!(words(text, &found, "Anna Berg").len(), 2);
        assert_eq!(words(text, &found, "Peter Berg").len(), 1);
    }

    #[test]
    fn an_acronym_joins_its_long_form() {
        let text = "The Northern Defence Council (NDC) met in Oslo. The NDC has nine members.";
        let found = entities(text);
        assert_eq!(
            words(text, &found, "Northern Defence Council"),
            ["Northern Defence Council", "NDC", "NDC"]
        );
    }

    #[test]
    fn a_demonym_names_its_country_and_is_linked_to_it() {
        let text = "Norwegian police closed the road. Norway had warned drivers. The country expects snow.";
        let found = entities(text);
        assert_eq!(words(text, &found, "Norway"), ["Norwegian", "Norway", "The country"]);
        let norway = found.iter().find(|r| r.entity.name == "Norway").expect("it is there");
        assert!(norway.entity.links.iter().any(|l| l.iri.ends_with("/Q20")));
    }

    #[test]
    fn the_first_person_in_a_quotation_is_its_speaker() {
        let text = "\"I have never seen such a storm,\" Anna Berg told reporters in Bergen.";
        let found = entities(text);
        assert!(words(text, &found, "Anna Berg").contains(&"I"));
    }

    #[test]
    fn a_town_is_read_with_the_region_named_after_it() {
        let text = "A fire broke out in Springfield, Illinois, on Monday.";
        let found = entities(text);
        let town = found.iter().find(|r| r.entity.name == "Springfield").expect("it is there");
        assert!(
            town.entity.links.iter().any(|l| l.iri.ends_with("/Springfield,_Illinois")),
            "{:?}",
            town.entity.links
        );
        let nowhere = entities("The meeting took place in Kvitseidfjordbotn.");
        assert!(
            nowhere.iter().all(|r| r.entity.links.is_empty()),
            "what no table knows stays unlinked"
        );
    }

    /// The Wikidata id of the entity called `name`.
    fn wikidata(found: &[Resolved], name: &str) -> Option<String> {
        let entity = found.iter().find(|r| r.entity.name == name)?;
        entity.entity.links.iter().find_map(|l| l.iri.rsplit_once("/Q").map(|(_, n)| n.to_owned()))
    }

    #[test]
    fn a_bare_national_body_is_that_of_the_article_s_country() {
        let text = "Ships left Norfolk, Virginia, on Monday. The Coast Guard closed the harbor, \
                    and the United States sent a second crew from Boston.";
        assert_eq!(wikidata(&entities(text), "Coast Guard").as_deref(), Some("11224"));
        let abroad = "Ships left Bergen on Monday. The Coast Guard closed the harbour, and Norway \
                      sent a second crew from Oslo.";
        assert_eq!(wikidata(&entities(abroad), "Coast Guard"), None, "Norway has its own");
    }

    #[test]
    fn a_surname_alone_is_linked_by_the_office_or_at_home() {
        let found = entities("President Ramaphosa met farmers in Durban on Monday.");
        assert_eq!(wikidata(&found, "Ramaphosa").as_deref(), Some("1148669"));
        let found = entities("Farmers met Ramaphosa in Durban, South Africa, on Monday.");
        assert_eq!(wikidata(&found, "Ramaphosa").as_deref(), Some("1148669"));
        let found = entities("Brown opened a bakery in Leeds, England, on Monday.");
        assert_eq!(wikidata(&found, "Brown"), None, "many are called so");
    }

    #[test]
    fn what_a_noun_in_front_calls_a_name_holds_wherever_it_stands() {
        let kind = |text| {
            let found = entities(text);
            let entity = found.iter().find(|r| r.entity.name == "Marlowe").expect("it is there");
            entity.entity.kind
        };
        let body = "The port is open, news agency Marlowe reported. Two ships left on Monday, \
                    Marlowe said.";
        assert_eq!(kind(body), EntityType::Organization);
        let person = "The port is open, harbour master Marlowe reported. Two ships left on \
                      Monday, Marlowe said.";
        assert_eq!(kind(person), EntityType::Person);
    }

    #[test]
    fn a_country_goes_before_the_city_of_its_name() {
        let found = entities("Cases rose in Brazil, Peru and Mexico, officials said.");
        assert_eq!(wikidata(&found, "Mexico").as_deref(), Some("96"));
    }

    #[test]
    fn a_first_name_that_is_a_demonym_too_names_a_person() {
        let found = entities("Finn Larsen lives in Oslo. Finn said he liked the snow.");
        assert_eq!(wikidata(&found, "Finland"), None);
    }

    #[test]
    fn titles_articles_and_possessives_are_no_part_of_a_name() {
        let text = "President Anna Berg's speech pleased the Northern Defence Council's members.";
        let found = entities(text);
        assert_eq!(words(text, &found, "Anna Berg"), ["Anna Berg"]);
        assert_eq!(words(text, &found, "Northern Defence Council"), ["Northern Defence Council"]);
    }
}
