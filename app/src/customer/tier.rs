use serde::{Deserialize, Serialize};

/// How often a customer wants to be met, among the three for which the organisation has a rule each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// The few that matter most, met often.
    Key,
    /// Most of them.
    #[default]
    Regular,
    /// Those who need little.
    Occasional,
}

impl Tier {
    /// All of them, from the one that is met most often.
    pub const ALL: [Self; 3] = [Self::Key, Self::Regular, Self::Occasional];

    /// As people read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Key => "Key",
            Self::Regular => "Regular",
            Self::Occasional => "Occasional",
        }
    }

    /// As files write it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Regular => "regular",
            Self::Occasional => "occasional",
        }
    }

    /// The tier that a file names, whatever its case.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tier| tier.key().eq_ignore_ascii_case(key.trim()))
    }

    /// Whether it is the one that needs no saying.
    pub(super) fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tier_is_found_by_how_files_write_it() {
        for tier in Tier::ALL {
            assert_eq!(Tier::of_key(&format!(" {} ", tier.label())), Some(tier));
            assert_eq!(serde_json::to_string(&tier).expect("JSON"), format!("\"{}\"", tier.key()));
        }
        assert_eq!(Tier::of_key("gold"), None);
    }
}
