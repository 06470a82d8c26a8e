//! Who plays: the organisation's people and its customers.

use app::customer::CustomerSize;
use chrono_tz::Tz;

/// The organisation.
pub(super) const ORGANISATION: &str = "Veldhuis Techniek";
/// Where it is.
pub(super) const ZONE: Tz = Tz::Europe__Amsterdam;
/// Its teams.
pub(super) const TEAMS: [&str; 2] = ["North", "South"];

/// Somebody of the organisation.
pub(super) struct Person {
    pub(super) name: &'static str,
    /// Before the @.
    account: &'static str,
}

impl Person {
    const fn new(name: &'static str, account: &'static str) -> Self {
        Self { name, account }
    }

    pub(super) fn email(&self) -> String {
        format!("{}@veldhuis.example", self.account)
    }
}

/// Sets up the organisation.
pub(super) const ADMINISTRATOR: Person = Person::new("Noor Smit", "noor");
/// One per team.
pub(super) const MANAGERS: [Person; 2] = [Person::new("Marit van den Berg", "marit"), Person::new("Pieter Wouters", "pieter")];

/// A rep, and what customers experience with this rep.
pub(super) struct Rep {
    pub(super) person: Person,
    /// Index into [`TEAMS`].
    pub(super) team: usize,
    /// The mean of what is felt, on the scale of 1 to 5.
    pub(super) skill: f64,
    /// By how much more that is since a training three months ago.
    pub(super) learnt: f64,
    /// The component at which this rep is strongest, and the one that comes hardest, from first step to last.
    pub(super) best: usize,
    pub(super) hardest: usize,
    /// The share of due requests that are made.
    pub(super) asks: f64,
    /// Weeks since the first visit.
    pub(super) weeks: i64,
}

const fn rep(name: &'static str, account: &'static str, team: usize, skill: f64, best: usize, hardest: usize) -> Rep {
    Rep { person: Person::new(name, account), team, skill, learnt: 0.0, best, hardest, asks: 0.85, weeks: 26 }
}

/// Eight in the North, three in the South.
pub(super) const REPS: [Rep; 11] = [
    rep("Fleur Jansen", "fleur", 0, 4.2, 0, 4),
    rep("Daan de Boer", "daan", 0, 3.7, 3, 1),
    rep("Sanne Visser", "sanne", 0, 4.5, 2, 3),
    rep("Mehmet Yılmaz", "mehmet", 0, 4.0, 1, 4),
    Rep { learnt: 1.7, asks: 1.0, ..rep("Lotte van Dijk", "lotte", 0, 2.7, 1, 0) },
    rep("Thijs Bakker", "thijs", 0, 3.2, 3, 0),
    rep("Aïcha El Amrani", "aicha", 0, 4.3, 0, 2),
    Rep { asks: 0.3, ..rep("Joris Peeters", "joris", 0, 3.9, 4, 2) },
    rep("Ilse Hendriks", "ilse", 1, 4.2, 2, 4),
    rep("Bram Claes", "bram", 1, 3.6, 4, 1),
    Rep { weeks: 4, ..rep("Sofia Moreau", "sofia", 1, 4.4, 0, 3) },
];

/// Customers: name, place, what they do and how many work there.
pub(super) const CUSTOMERS: [(&str, &str, &str, CustomerSize); 40] = [
    ("Bakkerij Van der Linden", "Groningen", "Food", CustomerSize::Small),
    ("Havenbedrijf Delfzijl", "Delfzijl", "Transport", CustomerSize::Medium),
    ("Kaasmakerij De Zwaan", "Edam", "Food", CustomerSize::Small),
    ("Drukkerij Hofstra", "Leeuwarden", "Manufacturing", CustomerSize::Medium),
    ("Zuivelfabriek Noorderland", "Heerenveen", "Food", CustomerSize::Medium),
    ("Scheepswerf Bodewes & Zn.", "Harlingen", "Manufacturing", CustomerSize::Medium),
    ("Hotel Het Wapen", "Zwolle", "Hospitality", CustomerSize::Small),
    ("Papierfabriek Eerbeek", "Eerbeek", "Manufacturing", CustomerSize::Medium),
    ("Tuinderij Westland B.V.", "Naaldwijk", "Agriculture", CustomerSize::Micro),
    ("Logistiek Centrum Almere", "Almere", "Transport", CustomerSize::Large),
    ("Brouwerij De Molenaar", "Alkmaar", "Food", CustomerSize::Small),
    ("Autobedrijf Kramer", "Assen", "Retail", CustomerSize::Micro),
    ("Ziekenhuis Sint Lucas", "Amsterdam", "Health", CustomerSize::Large),
    ("Meubelmakerij Postma", "Sneek", "Manufacturing", CustomerSize::Medium),
    ("Rederij Waddenzicht", "Den Helder", "Transport", CustomerSize::Large),
    ("Metaalwerken Rutgers", "Hengelo", "Manufacturing", CustomerSize::Medium),
    ("Chocolaterie Verhoeven", "Haarlem", "Food", CustomerSize::Small),
    ("Bouwgroep Dijkstra", "Drachten", "Construction", CustomerSize::Small),
    ("Kwekerij Zonneveld", "Lisse", "Agriculture", CustomerSize::Micro),
    ("Jachthaven Loosdrecht", "Loosdrecht", "Hospitality", CustomerSize::Medium),
    ("Textiel Twente", "Enschede", "Manufacturing", CustomerSize::Medium),
    ("Glasfabriek Leerdam", "Leerdam", "Manufacturing", CustomerSize::Medium),
    ("Fietsen Van Beek", "Apeldoorn", "Retail", CustomerSize::Micro),
    ("Installatiebedrijf Mulder", "Emmen", "Construction", CustomerSize::Small),
    ("Museum De Toren", "Deventer", "Hospitality", CustomerSize::Medium),
    ("Visafslag Urk", "Urk", "Food", CustomerSize::Small),
    ("Softwarehuis Lattice", "Utrecht", "Services", CustomerSize::Medium),
    ("Steenfabriek Maasoever", "Roermond", "Construction", CustomerSize::Small),
    ("Waterschap Vechtdal", "Hardenberg", "Services", CustomerSize::Medium),
    ("Apotheek Centraal", "Almelo", "Health", CustomerSize::Medium),
    ("Chemie Geleen N.V.", "Geleen", "Manufacturing", CustomerSize::Medium),
    ("Bierbrouwerij Hoppeland", "Hasselt", "Food", CustomerSize::Small),
    ("Maison Delacroix", "Liège", "Retail", CustomerSize::Micro),
    ("Werkzeugbau Krüger GmbH", "Aachen", "Manufacturing", CustomerSize::Medium),
    ("Champignonkwekerij Peel", "Horst", "Agriculture", CustomerSize::Small),
    ("Carrosserie Lemmens", "Genk", "Retail", CustomerSize::Micro),
    ("Vlaamse Ramen & Deuren", "Turnhout", "Construction", CustomerSize::Small),
    ("Transport Janssens", "Antwerpen", "Transport", CustomerSize::Medium),
    ("Fromagerie du Plateau", "Verviers", "Food", CustomerSize::Small),
    ("Keramiek Maastricht", "Maastricht", "Manufacturing", CustomerSize::Large),
];

/// First names of contacts.
pub(super) const FIRST_NAMES: [&str; 40] = [
    "Anna", "Willem", "Hanneke", "Ahmed", "Marieke", "Jeroen", "Fatima", "Karel", "Petra", "Stefan", "Yvonne", "Ruud", "Ingrid", "Luc",
    "Monique", "Erik", "Samira", "Hendrik", "Greta", "Youssef", "Annelies", "Tomasz", "Carla", "Dirk", "Els", "Frank", "Nadia", "Oskar",
    "Paula", "Rob", "Simone", "Theo", "Ursula", "Victor", "Wilma", "Zoë", "Arjan", "Birgit", "Céline", "Łukasz",
];

/// Family names of contacts.
pub(super) const FAMILY_NAMES: [&str; 40] = [
    "de Wit",
    "Kuipers",
    "van Leeuwen",
    "Benali",
    "Schouten",
    "Maes",
    "van der Veen",
    "Dubois",
    "Bos",
    "Postma",
    "Willems",
    "Hoekstra",
    "Claeys",
    "Meijer",
    "Özdemir",
    "Vermeulen",
    "Kok",
    "Lambert",
    "van Rijn",
    "Scholten",
    "Jacobs",
    "Nowak",
    "Prins",
    "Huisman",
    "Weber",
    "Blom",
    "Timmermans",
    "Sanders",
    "Koster",
    "Verbeek",
    "Peters",
    "Gerritsen",
    "Aerts",
    "Molenaar",
    "Fischer",
    "Brouwer",
    "Dekker",
    "van Loon",
    "Simons",
    "Haddad",
];

/// What contacts do.
pub(super) const ROLES: [&str; 10] = [
    "Head of purchasing",
    "Plant manager",
    "Owner",
    "Operations manager",
    "Technical director",
    "Facility manager",
    "Quality manager",
    "Maintenance planner",
    "Finance",
    "Project lead",
];
