//! The knowledge base: entries by name.

use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::sorted::SortedTable;
use super::table;

/// What kind of thing an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntryKind {
    /// A state or territory with an ISO 3166 code.
    Country,
    /// A continent, a sea, a river, a land with no borders, a state of the past.
    Region,
    /// A first-level division.
    Admin1,
    /// A second-level division.
    Admin2,
    /// The capital of a country.
    Capital,
    /// Another city or town.
    City,
    /// A body of several states.
    Body,
    /// A ministry, an authority, armed forces, a parliament.
    Government,
    /// A newspaper, an agency, a broadcaster.
    Media,
    /// A political party.
    Party,
    /// A firm, a bank, a court, a club.
    Organization,
    /// A product, a brand, an index.
    Product,
    /// A league or a prize.
    League,
    /// A person.
    Person,
}

impl EntryKind {
    /// Whether it is somewhere on the map.
    pub fn is_place(self) -> bool {
        self <= Self::City
    }
}

/// The number of an entry: its table and row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId {
    table: u8,
    row: u32,
}

/// One entry of the knowledge base, its fields borrowed from the table.
#[derive(Clone, Copy, Debug)]
pub struct KbEntry {
    /// Its number.
    pub id: EntryId,
    /// The name under which English texts know it.
    pub name: &'static str,
    /// What kind of thing it is.
    pub kind: EntryKind,
    /// ISO 3166 code of its country, or codes joined by `|`; empty where it has none.
    pub country: &'static str,
    /// Code of the first-level division in its country; empty where it has none.
    pub admin1: &'static str,
    /// People who live there, to two digits; 0 where unknown.
    pub population: u64,
    /// Latitude and longitude in degrees, to a tenth.
    pub position: Option<(f64, f64)>,
    /// GeoNames id; empty where unknown.
    pub geonames: &'static str,
    /// Wikidata id with its letter; empty where unknown.
    pub wikidata: &'static str,
    /// Title of its page in the English Wikipedia, where it is not the name itself.
    pub page: &'static str,
    /// How much an organization is in the news, 0 to 9.
    pub weight: u8,
    /// The office of a person.
    pub office: &'static str,
    /// `m`, `f`, or empty.
    pub gender: &'static str,
}

/// The embedded tables, opened without reading them.
///
/// # Cost
///
/// Opening costs nothing. The first look-up finds where the rows of its table begin (about a
/// millisecond); each look-up is a binary search.
#[derive(Debug)]
pub struct Kb {
    names: SortedTable,
    tables: [Rows; 3],
}

const PLACES: usize = 0;
const ORGANIZATIONS: usize = 1;
const PEOPLE: usize = 2;

impl Kb {
    /// Opens the embedded tables.
    pub fn open() -> Self {
        Self {
            names: SortedTable::new(table("names.tsv").unwrap_or("")),
            tables: ["places.tsv", "organizations.tsv", "people.tsv"]
                .map(|path| Rows { text: table(path).unwrap_or(""), starts: OnceLock::new() }),
        }
    }

    /// The entries that bear `name`, compared by [`fold`], in the order of the tables.
    pub fn lookup(&self, name: &str) -> Vec<KbEntry> {
        self.lookup_folded(&fold(name))
    }

    /// The entries whose folded name is `key`.
    pub fn lookup_folded(&self, key: &str) -> Vec<KbEntry> {
        let Some(rows) = self.names.get(key) else { return Vec::new() };
        rows.split(' ').filter_map(parse_id).filter_map(|id| self.entry(id)).collect()
    }

    /// Whether any entry bears the folded name `key`.
    pub fn knows(&self, key: &str) -> bool {
        self.names.get(key).is_some()
    }

    /// The country of an ISO 3166 code, or the region of a Wikidata id.
    pub fn country(&self, code: &str) -> Option<KbEntry> {
        // Countries and regions are the first rows of the places.
        (0..400)
            .map_while(|row| self.entry(EntryId { table: 0, row }))
            .take_while(|e| matches!(e.kind, EntryKind::Country | EntryKind::Region))
            .find(
                |e| {
                    if e.kind == EntryKind::Country {
                        e.country == code
                    } else {
                        e.wikidata == code
                    }
                },
            )
    }

    /// The entry of a number.
    pub fn entry(&self, id: EntryId) -> Option<KbEntry> {
        let row = self.tables.get(usize::from(id.table))?.get(id.row as usize)?;
        let mut fields = row.split('\t');
        let mut next = || fields.next().unwrap_or("");
        let name = next();
        let _aliases = next();
        let empty = KbEntry {
            id,
            name,
            kind: EntryKind::Person,
            country: "",
            admin1: "",
            population: 0,
            position: None,
            geonames: "",
            wikidata: "",
            page: "",
            weight: 0,
            office: "",
            gender: "",
        };
        Some(match usize::from(id.table) {
            PLACES => {
                let kind = match next() {
                    "country" => EntryKind::Country,
                    "region" => EntryKind::Region,
                    "admin1" => EntryKind::Admin1,
                    "admin2" => EntryKind::Admin2,
                    "capital" => EntryKind::Capital,
                    _ => EntryKind::City,
                };
                let (country, admin1) = (next(), next());
                let population = next().parse().unwrap_or(0);
                let position = next().parse().ok().zip(next().parse().ok());
                let (geonames, wikidata, page) = (next(), next(), next());
                KbEntry {
                    kind,
                    country,
                    admin1,
                    population,
                    position,
                    geonames,
                    wikidata,
                    page,
                    ..empty
                }
            }
            ORGANIZATIONS => {
                let kind = match next() {
                    "body" => EntryKind::Body,
                    "government" => EntryKind::Government,
                    "media" => EntryKind::Media,
                    "party" => EntryKind::Party,
                    "product" => EntryKind::Product,
                    "league" => EntryKind::League,
                    _ => EntryKind::Organization,
                };
                let (country, wikidata) = (next(), next());
                let weight = next().parse().unwrap_or(0);
                KbEntry { kind, country, wikidata, weight, ..empty }
            }
            _ => {
                let (country, office, gender, wikidata) = (next(), next(), next(), next());
                KbEntry { country, wikidata, office, gender, ..empty }
            }
        })
    }

    /// The other names of an entry. One that begins with `~` says who is meant only together with
    /// a country or an office ("Navy", the surname of a president); it is never found without the `~`.
    pub fn aliases(&self, id: EntryId) -> impl Iterator<Item = &'static str> {
        let row = self.tables.get(usize::from(id.table)).and_then(|t| t.get(id.row as usize));
        let field = row.and_then(|r| r.split('\t').nth(1)).unwrap_or("");
        field.split('|').filter(|a| !a.is_empty())
    }
}

fn parse_id(text: &str) -> Option<EntryId> {
    let table = match text.as_bytes().first()? {
        b'p' => PLACES,
        b'o' => ORGANIZATIONS,
        _ => PEOPLE,
    };
    Some(EntryId { table: u8::try_from(table).ok()?, row: text.get(1..)?.parse().ok()? })
}

/// A table whose row starts are found at the first use.
#[derive(Debug)]
struct Rows {
    text: &'static str,
    starts: OnceLock<Vec<u32>>,
}

impl Rows {
    /// Row `i`, counted after the header line.
    fn get(&self, i: usize) -> Option<&'static str> {
        let starts = self.starts.get_or_init(|| {
            let ends = self.text.bytes().enumerate().filter(|(_, b)| *b == b'\n');
            ends.filter_map(|(at, _)| u32::try_from(at + 1).ok()).collect()
        });
        let start = *starts.get(i)? as usize;
        let end = *starts.get(i + 1)? as usize - 1;
        self.text.get(start..end)
    }
}

/// The look-up form of a name: no marks, lower case, no full stops and apostrophes, hyphens and
/// the like as spaces, one space between words. `training/kb.py` folds in the same way.
pub fn fold(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut gap = false;
    for c in name.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            '.' | '\'' | '’' | '‘' | '`' | 'ʻ' => {}
            '-' | '‐' | '‑' | '–' | '/' | ',' | '_' | '&' => gap = true,
            c if c.is_whitespace() => gap = true,
            c => {
                if gap && !out.is_empty() {
                    out.push(' ');
                }
                gap = false;
                out.push(c);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_folded() {
        assert_eq!(fold("Côte d’Ivoire"), "cote divoire");
        assert_eq!(fold(" U.S.  Virgin-Islands "), "us virgin islands");
        assert_eq!(fold("AT&T"), "at t");
    }

    #[test]
    fn places_are_found_with_their_ids() {
        let kb = Kb::open();
        let paris = kb.lookup("Paris");
        let best = paris.iter().max_by_key(|e| e.population).expect("Paris is a city");
        assert_eq!((best.country, best.kind, best.wikidata), ("FR", EntryKind::Capital, "Q90"));
        assert!(paris.len() > 1, "there are others");
        let georgia = kb.lookup("Georgia");
        assert!(georgia.iter().any(|e| e.kind == EntryKind::Country && e.wikidata == "Q230"));
        assert!(georgia.iter().any(|e| e.kind == EntryKind::Admin1 && e.country == "US"));
        assert_eq!(kb.lookup("U.N.").first().map(|e| e.kind), Some(EntryKind::Body));
        assert!(kb.lookup("no such name in the tables").is_empty());
        assert_eq!(kb.country("KZ").map(|e| e.name), Some("Kazakhstan"));
    }

    #[test]
    fn the_index_holds_every_row() {
        let kb = Kb::open();
        for row in (0..30_000).step_by(997) {
            let Some(entry) = kb.entry(EntryId { table: 0, row }) else { continue };
            assert!(kb.lookup(entry.name).iter().any(|e| e.id == entry.id), "{}", entry.name);
            for alias in kb.aliases(entry.id) {
                assert!(kb.lookup(alias).iter().any(|e| e.id == entry.id), "{alias}");
            }
        }
    }
}
