use super::Glyph;

/// One of the things that can be chosen, in chips, a select or a scale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice<T> {
    /// What choosing it means.
    pub value: T,
    /// What a form sends for it; without one its position among the choices.
    pub key: Option<&'static str>,
    /// What it says.
    pub label: String,
    /// Drawn before the words, where there is room.
    pub icon: Option<Glyph>,
}

impl<T> Choice<T> {
    /// A choice that shows words only.
    pub fn new(value: T, label: impl Into<String>) -> Self {
        Self { value, key: None, label: label.into(), icon: None }
    }

    /// The same, sent by a form as `key`.
    pub fn keyed(self, key: &'static str) -> Self {
        Self { key: Some(key), ..self }
    }

    /// The same with a drawing before the words.
    pub fn with_icon(self, icon: Glyph) -> Self {
        Self { icon: Some(icon), ..self }
    }
}
