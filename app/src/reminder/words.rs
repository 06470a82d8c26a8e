use super::{ReminderKind, rule::Line};

impl ReminderKind {
    /// As it is chosen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Visits => "Visits today and tomorrow",
            Self::Cases => "Something to make right",
            Self::Promises => "Promises coming due, and questions",
            Self::Actions => "Things for next time",
            Self::Ratings => "New ratings",
            Self::Customers => "Customers overdue",
        }
    }
}

/// What a reminder says of `count` things: a number and what they are, since everybody reads a locked phone.
pub(super) fn line_words(line: Line, count: usize) -> String {
    let (one, many) = match line {
        Line::Visits => ("visit", "visits"),
        Line::VisitsToLog => ("visit to log", "visits to log"),
        Line::VisitsTomorrow => ("visit tomorrow", "visits tomorrow"),
        Line::Wishes => ("customer to get back to", "customers to get back to"),
        Line::Cases => ("thing to make right", "things to make right"),
        Line::Promises => ("promise due", "promises due"),
        Line::Questions => ("question from a colleague", "questions from colleagues"),
        Line::Actions => ("thing for next time", "things for next time"),
        Line::Ratings => ("new rating", "new ratings"),
        Line::Customers => ("customer overdue", "customers overdue"),
    };
    format!("{count} {}", if count == 1 { one } else { many })
}
