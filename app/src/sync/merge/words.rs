//! A clash, as both read it.

use super::{Clash, Edit, Mark};
use crate::{
    id::MemberId,
    sync::{Replica, protocol::Mutation},
    time::words,
};
use chrono::NaiveDate;

/// The most characters of a value that is told within a sentence.
const SHORT: usize = 60;

/// Who reads, and when and where.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    /// What the reader's phone holds.
    pub replica: &'a Replica,
    /// Who.
    pub me: MemberId,
    /// On which day.
    pub today: NaiveDate,
    /// Minutes east of UTC.
    pub offset_minutes: i16,
}

/// A clash in words, and what can be done.
#[derive(Clone, Debug, PartialEq)]
pub struct ClashLine {
    /// Names it, to be dismissed on this device.
    pub hint: String,
    /// What happened: 'Two people changed the place: “Utrecht” (Anna, today) over “Zeist” (Rik, today).'
    pub words: String,
    /// What was replaced, whole, where it is too long for the sentence.
    pub text: Option<String>,
    /// What brings that back, in words and as an edit; absent where the reader may not.
    pub take_back: Option<(String, Mutation)>,
}

impl Reader<'_> {
    /// `clash` in the row `key`: on `field`, as words say it, whose values `value` tells; `take_back` brings what was replaced back.
    pub fn line<E: Edit>(
        &self,
        key: &str,
        clash: &Clash<E>,
        field: &str,
        value: impl Fn(&E) -> String,
        take_back: Option<Mutation>,
    ) -> ClashLine {
        let (won, lost) = (value(&clash.won), value(&clash.lost));
        let (winner, loser) = (self.author(Some(clash.won_by)), self.author(clash.lost_by));
        let who = if clash.lost_by.is_some_and(|mark| mark.by == clash.won_by.by) {
            words::capitalised(&self.name(clash.won_by.by)) + " changed " + field + " on two devices"
        } else {
            "Two people changed ".to_owned() + field
        };
        let is_short = |text: &str| text.chars().count() <= SHORT && !text.contains('\n');
        let (words, text, back) = if is_short(&won) && is_short(&lost) {
            let back = if lost.is_empty() { "Leave it empty".to_owned() } else { format!("Use {}", quoted(&lost)) };
            (format!("{who}: {} ({winner}) over {} ({loser}).", quoted(&won), quoted(&lost)), None, back)
        } else if lost.is_empty() {
            (format!("{who}: what stands ({winner}) over {} ({loser}).", quoted("")), None, "Leave it empty".to_owned())
        } else {
            (
                format!("{who}. What stands is the later one ({winner}). This is the other ({loser}):"),
                Some(lost),
                "Use this instead".to_owned(),
            )
        };
        let hint = format!("clash/{key}/{:?}/{}", clash.field, clash.won_by.version);
        ClashLine { hint, words, text, take_back: take_back.map(|mutation| (back, mutation)) }
    }

    /// 'Anna, today'.
    fn author(&self, mark: Option<Mark>) -> String {
        match mark {
            Some(mark) => format!("{}, {}", self.name(mark.by), words::day(mark.at.date_at(self.offset_minutes), self.today)),
            None => "somebody else".to_owned(),
        }
    }

    fn name(&self, member: MemberId) -> String {
        if member == self.me { "you".to_owned() } else { self.replica.member_name(member) }
    }
}

/// As people quote it.
fn quoted(value: &str) -> String {
    if value.is_empty() { "an empty field".to_owned() } else { format!("“{value}”") }
}
