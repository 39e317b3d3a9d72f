//! The contract's values as terms of the vocabulary.

use oxrdf::NamedNodeRef;

use crate::facts::{
    Change, EntityType, EventType, MentionForm, Modality, Modifier, Polarity, Predicate, Role,
    StatementMode,
};
use crate::vocab::{et, ng, schema};

type Term = NamedNodeRef<'static>;

/// The class of an entity.
pub(crate) fn entity_class(kind: EntityType) -> Term {
    match kind {
        EntityType::Person => schema::class::PERSON,
        EntityType::Organization => schema::class::ORGANIZATION,
        EntityType::Place => schema::class::PLACE,
        EntityType::Facility => ng::class::FACILITY,
        EntityType::Group => ng::class::GROUP,
        EntityType::Product => schema::class::PRODUCT,
        EntityType::Work => schema::class::CREATIVE_WORK,
        EntityType::NamedEvent => schema::class::EVENT,
        EntityType::Law => schema::class::LEGISLATION,
        EntityType::Language => schema::class::LANGUAGE,
        EntityType::Thing => schema::class::THING,
    }
}

/// The concept of an event type.
pub(crate) fn event_type(kind: EventType) -> Term {
    match kind {
        EventType::Agree => et::AGREE,
        EventType::Consult => et::CONSULT,
        EventType::Support => et::SUPPORT,
        EventType::Concede => et::CONCEDE,
        EventType::Cooperate => et::COOPERATE,
        EventType::Aid => et::AID,
        EventType::Retreat => et::RETREAT,
        EventType::Request => et::REQUEST,
        EventType::Accuse => et::ACCUSE,
        EventType::Reject => et::REJECT,
        EventType::Threaten => et::THREATEN,
        EventType::Protest => et::PROTEST,
        EventType::Sanction => et::SANCTION,
        EventType::Mobilize => et::MOBILIZE,
        EventType::Coerce => et::COERCE,
        EventType::Assault => et::ASSAULT,
        EventType::Arrest => et::ARREST,
        EventType::Move => et::MOVE,
        EventType::Die => et::DIE,
        EventType::Injure => et::INJURE,
        EventType::Accident => et::ACCIDENT,
        EventType::Disaster => et::DISASTER,
        EventType::Crime => et::CRIME,
        EventType::Trial => et::TRIAL,
        EventType::Elect => et::ELECT,
        EventType::Appoint => et::APPOINT,
        EventType::Resign => et::RESIGN,
        EventType::Legislate => et::LEGISLATE,
        EventType::Transact => et::TRANSACT,
        EventType::ChangeValue => et::CHANGE_VALUE,
        EventType::Launch => et::LAUNCH,
        EventType::Compete => et::COMPETE,
        EventType::Outbreak => et::OUTBREAK,
        EventType::Other => et::OTHER,
    }
}

/// The property of a role.
pub(crate) fn role(role: Role) -> Term {
    match role {
        Role::Agent => ng::AGENT,
        Role::Patient => ng::PATIENT,
        Role::Recipient => ng::RECIPIENT,
        Role::Instrument => ng::INSTRUMENT,
        Role::Origin => ng::ORIGIN,
        Role::Destination => ng::DESTINATION,
        Role::Topic => ng::TOPIC,
        Role::Cause => ng::CAUSE,
    }
}

/// The property of a relation.
pub(crate) fn predicate(predicate: Predicate) -> Term {
    match predicate {
        Predicate::MemberOf => ng::MEMBER_OF,
        Predicate::NotMemberOf => ng::NOT_MEMBER_OF,
        Predicate::PartOf => ng::PART_OF,
        Predicate::LocatedIn => ng::LOCATED_IN,
        Predicate::HoldsOffice => ng::HOLDS_OFFICE,
        Predicate::WorksFor => ng::WORKS_FOR,
        Predicate::Leads => ng::LEADS,
        Predicate::OwnerOf => ng::OWNER_OF,
        Predicate::FounderOf => ng::FOUNDER_OF,
        Predicate::FamilyOf => ng::FAMILY_OF,
        Predicate::BornIn => ng::BORN_IN,
        Predicate::DiedIn => ng::DIED_IN,
        Predicate::BornOn => ng::BORN_ON,
        Predicate::DiedOn => ng::DIED_ON,
        Predicate::Nationality => ng::NATIONALITY,
        Predicate::ResidesIn => ng::RESIDES_IN,
        Predicate::EducatedAt => ng::EDUCATED_AT,
        Predicate::HeadquarteredIn => ng::HEADQUARTERED_IN,
        Predicate::CapitalOf => ng::CAPITAL_OF,
        Predicate::ShortNameOf => ng::SHORT_NAME_OF,
        Predicate::InstanceOf => ng::INSTANCE_OF,
        Predicate::HasAge => ng::HAS_AGE,
    }
}

/// The concept of a polarity.
pub(crate) fn polarity(polarity: Polarity) -> Term {
    match polarity {
        Polarity::Positive => ng::POSITIVE,
        Polarity::Negative => ng::NEGATIVE,
    }
}

/// The concept of a modality.
pub(crate) fn modality(modality: Modality) -> Term {
    match modality {
        Modality::Asserted => ng::ASSERTED,
        Modality::Planned => ng::PLANNED,
        Modality::Possible => ng::POSSIBLE,
        Modality::Requested => ng::REQUESTED,
        Modality::Ordered => ng::ORDERED,
        Modality::Hypothetical => ng::HYPOTHETICAL,
        Modality::Generic => ng::GENERIC,
        Modality::Denied => ng::DENIED,
    }
}

/// The concept of a statement's mode.
pub(crate) fn mode(mode: StatementMode) -> Term {
    match mode {
        StatementMode::Direct => ng::DIRECT,
        StatementMode::Indirect => ng::INDIRECT,
        StatementMode::Mixed => ng::MIXED,
    }
}

/// The concept of a mention's form.
pub(crate) fn form(form: MentionForm) -> Term {
    match form {
        MentionForm::Name => ng::NAME,
        MentionForm::Nominal => ng::NOMINAL,
        MentionForm::Pronoun => ng::PRONOUN,
    }
}

/// The concept of a figure's modifier.
pub(crate) fn modifier(modifier: Modifier) -> Term {
    match modifier {
        Modifier::Exact => ng::EXACT,
        Modifier::About => ng::ABOUT,
        Modifier::AtLeast => ng::AT_LEAST,
        Modifier::MoreThan => ng::MORE_THAN,
        Modifier::AtMost => ng::AT_MOST,
        Modifier::LessThan => ng::LESS_THAN,
        Modifier::Between => ng::BETWEEN,
    }
}

/// The concept of a figure's change.
pub(crate) fn change(change: Change) -> Term {
    match change {
        Change::Total => ng::TOTAL,
        Change::Increment => ng::INCREMENT,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A value of the contract is `ng:` + its spelling.
    #[test]
    fn terms_are_spelt_as_in_the_contract() {
        fn all<T: Copy>(
            values: &[T],
            space: &str,
            name: fn(T) -> &'static str,
            term: fn(T) -> Term,
        ) {
            for &value in values {
                assert_eq!(term(value).as_str(), format!("{space}{}", name(value)));
            }
        }
        all(EventType::ALL, et::NAMESPACE, EventType::as_str, event_type);
        all(Role::ALL, ng::NAMESPACE, Role::as_str, role);
        all(Predicate::ALL, ng::NAMESPACE, Predicate::as_str, predicate);
        all(Polarity::ALL, ng::NAMESPACE, Polarity::as_str, polarity);
        all(Modality::ALL, ng::NAMESPACE, Modality::as_str, modality);
        all(StatementMode::ALL, ng::NAMESPACE, StatementMode::as_str, mode);
        all(MentionForm::ALL, ng::NAMESPACE, MentionForm::as_str, form);
        all(Modifier::ALL, ng::NAMESPACE, Modifier::as_str, modifier);
        all(Change::ALL, ng::NAMESPACE, Change::as_str, change);
    }
}
