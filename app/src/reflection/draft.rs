//! A reflection as typed: kept as a draft until it is saved, then read into the model in one go.

use super::{Action, ActionState, Reflection, Start};
use crate::{
    form::Problems,
    id::{ActionId, ContactId, MeetingId, MemberId, ReflectionId},
    meeting::{Meeting, MeetingFormat},
    score::Score,
    survey::Component,
    sync::protocol::Mutation,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// What its author writes, and the one thing to do next time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReflectionDraft {
    /// The reflection as it was when it began to be changed. What another device changes before this is saved is not to be taken back.
    #[serde(default)]
    pub began: Option<Box<Reflection>>,
    /// The id that it gets or has.
    pub id: ReflectionId,
    /// What happened.
    pub what_happened: String,
    /// So what.
    pub so_what: String,
    /// Now what.
    pub now_what: String,
    /// Energy, 1 to 5.
    pub energy: Option<u8>,
    /// Confidence, 1 to 5.
    pub confidence: Option<u8>,
    /// Mood, 1 to 5.
    pub mood: Option<u8>,
    /// Whether managers may read it.
    pub shared: bool,
    /// The one thing to do next time.
    pub action: ActionDraft,
}

/// 'Next time I will', as typed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ActionDraft {
    /// The id that it gets.
    pub id: ActionId,
    /// What.
    pub what: String,
    /// By when, `YYYY-MM-DD`.
    pub due: String,
    /// In which format it comes back.
    pub format: Option<MeetingFormat>,
    /// With whom.
    pub contact: Option<ContactId>,
    /// What it is meant to move.
    pub component: Option<Component>,
}

/// Who saves a draft, when, and about which meeting.
#[derive(Clone, Copy)]
pub struct Writing<'a> {
    /// Who.
    pub author: MemberId,
    /// When; what was written before keeps its time.
    pub now: Timestamp,
    /// About which meeting.
    pub meeting: Option<&'a Meeting>,
    /// The reflection that is changed.
    pub before: Option<&'a Reflection>,
    /// The author's score, from which an action is to move.
    pub score: Option<&'a Score>,
}

impl ReflectionDraft {
    /// An empty one, whose action is due at `due` and comes back in the format of `meeting`.
    pub fn new(id: ReflectionId, action: ActionId, due: String, meeting: Option<&Meeting>) -> Self {
        let format = meeting.map(|meeting| meeting.format);
        Self {
            began: None,
            id,
            what_happened: String::new(),
            so_what: String::new(),
            now_what: String::new(),
            energy: None,
            confidence: None,
            mood: None,
            shared: false,
            action: ActionDraft { id: action, what: String::new(), due, format, contact: None, component: None },
        }
    }

    /// What `reflection` holds, to be changed; its actions are settled, not changed.
    pub fn of(reflection: &Reflection, action: ActionId, due: String, meeting: Option<&Meeting>) -> Self {
        let began = Some(Box::new(reflection.clone()));
        let Reflection { id, what_happened, so_what, now_what, energy, confidence, mood, shared, .. } = reflection.clone();
        Self { began, what_happened, so_what, now_what, energy, confidence, mood, shared, ..Self::new(id, action, due, meeting) }
    }

    /// What saves it: one line, one tap or one action suffices.
    ///
    /// # Errors
    /// What is to be mended, by field; those of the action begin with `action-`.
    pub fn mutations(&self, writing: Writing<'_>) -> Result<Vec<Mutation>, Problems> {
        let Writing { author, now, meeting, before, .. } = writing;
        let before = before.map(|before| self.began.as_deref().filter(|began| began.id == before.id).unwrap_or(before));
        let mut problems = Problems::default();
        let line = |text: &String| text.trim().to_owned();
        let reflection = Reflection {
            id: self.id,
            author,
            meeting: before.map_or(meeting.map(|meeting| meeting.id), |before| before.meeting),
            written_at: before.map_or(now, |before| before.written_at),
            what_happened: line(&self.what_happened),
            so_what: line(&self.so_what),
            now_what: line(&self.now_what),
            energy: self.energy,
            confidence: self.confidence,
            mood: self.mood,
            shared: self.shared,
        };
        problems.check("", reflection.check());
        let says_something = !reflection.is_blank();
        let from = (says_something || before.is_some()).then_some(self.id);
        let action = self.action.action(writing, from, &mut problems);
        if !says_something && action.is_none() && problems.is_empty() {
            problems.add("what_happened", "Write one line, or tap how it was.");
        }
        let changed = before.is_none_or(|before| *before != reflection);
        let saw = before.cloned().map(Box::new);
        let reflection = (says_something && changed).then_some(Mutation::WriteReflection { reflection, saw });
        let mutations = reflection.into_iter().chain(action.map(|action| Mutation::TakeAction { action })).collect();
        if problems.is_empty() { Ok(mutations) } else { Err(problems) }
    }

    /// The draft's key: one per meeting or reflection, and one for what is about neither.
    pub fn key(meeting: Option<MeetingId>, reflection: Option<ReflectionId>) -> String {
        match (reflection, meeting) {
            (Some(reflection), _) => format!("reflection/{reflection}"),
            (None, Some(meeting)) => format!("reflection/meeting/{meeting}"),
            (None, None) => "reflection".to_owned(),
        }
    }
}

impl ActionDraft {
    /// The action; nothing where nothing was typed.
    fn action(&self, writing: Writing<'_>, reflection: Option<ReflectionId>, problems: &mut Problems) -> Option<Action> {
        let Writing { author, now, meeting, score, .. } = writing;
        let what = self.what.trim().to_owned();
        if what.is_empty() {
            return None;
        }
        let Ok(due) = self.due.parse() else {
            problems.add("action-due", "Choose the day by which you want to have done it.");
            return None;
        };
        let action = Action {
            id: self.id,
            author,
            reflection,
            customer: meeting.map(|meeting| meeting.customer),
            contact: self.contact,
            format: self.format,
            what,
            due,
            component: self.component,
            start: self.component.and_then(|it| score?.components.get(&it)).map(|estimate| Start::of(now, estimate)),
            state: ActionState::Open,
        };
        problems.check("action-", action.check());
        Some(action)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        score::{Audience, Estimate},
        sync::sample::a_reflection,
    };
    use uuid::Uuid;

    const ME: MemberId = MemberId(Uuid::from_u128(1));
    const NOW: Timestamp = Timestamp(1_780_000_000_000);

    fn draft() -> ReflectionDraft {
        ReflectionDraft::new(ReflectionId(Uuid::from_u128(2)), ActionId(Uuid::from_u128(3)), "2026-06-15".to_owned(), None)
    }

    fn save(draft: &ReflectionDraft, before: Option<&Reflection>) -> Result<Vec<Mutation>, Problems> {
        draft.mutations(Writing { author: ME, now: NOW, meeting: None, before, score: None })
    }

    #[test]
    fn one_line_suffices_and_nothing_at_all_is_asked_for_one() {
        let problems = save(&draft(), None).expect_err("there is nothing to save");
        assert_eq!(problems.first(), Some("what_happened"));
        let saved = save(&ReflectionDraft { so_what: " They were in a hurry. ".into(), ..draft() }, None).expect("one line");
        let [Mutation::WriteReflection { reflection, saw: None }] = saved.as_slice() else { panic!("one reflection: {saved:?}") };
        assert_eq!((reflection.so_what.as_str(), reflection.shared), ("They were in a hurry.", false));
        assert_eq!(save(&ReflectionDraft { mood: Some(4), ..draft() }, None).map(|saved| saved.len()), Ok(1));
    }

    #[test]
    fn an_action_stands_by_itself_or_points_to_its_reflection() {
        let mut draft = draft();
        draft.action.what = "Ask what success looks like first".into();
        let alone = save(&draft, None).expect("an action suffices");
        assert!(matches!(alone.as_slice(), [Mutation::TakeAction { action }] if action.reflection.is_none()));
        draft.what_happened = "We talked past each other.".into();
        let both = save(&draft, None).expect("both");
        assert!(matches!(both.as_slice(), [_, Mutation::TakeAction { action }] if action.reflection == Some(draft.id)));
    }

    #[test]
    fn an_action_keeps_from_where_its_component_is_to_move() {
        let mut draft = draft();
        (draft.action.what, draft.action.component) = ("Listen longer".into(), Some(Component::Listening));
        let estimate = Estimate { value: 70.0, low: 62.0, high: 78.0, ratings: 9, customers: 4 };
        let rated = |component| Score { components: [(component, estimate)].into(), ..Score::unknown(ME, Audience::Rep, NOW) };
        for (score, start) in [
            (None, None),
            (Some(rated(Component::Trust)), None),
            (Some(rated(Component::Listening)), Some(Start { at: NOW, value: 70.0, low: 62.0, high: 78.0 })),
        ] {
            let writing = Writing { author: ME, now: NOW, meeting: None, before: None, score: score.as_ref() };
            let saved = draft.mutations(writing).expect("an action");
            assert!(matches!(saved.as_slice(), [Mutation::TakeAction { action }] if action.start == start), "{saved:?}");
        }
    }

    #[test]
    fn an_action_needs_a_day() {
        let mut draft = draft();
        draft.action.what = "Listen longer".into();
        draft.action.due = String::new();
        assert_eq!(save(&draft, None).expect_err("no day").first(), Some("action-due"));
    }

    #[test]
    fn a_change_keeps_when_it_was_written_and_saves_nothing_where_nothing_changed() {
        let first = ReflectionDraft { now_what: "Call on Monday.".into(), ..draft() };
        let saved = save(&first, None).expect("one line");
        let [Mutation::WriteReflection { reflection, .. }] = saved.as_slice() else { panic!("one reflection: {saved:?}") };
        let earlier = Reflection { written_at: NOW.plus_days(-1), ..reflection.clone() };
        let same = ReflectionDraft::of(&earlier, first.action.id, String::new(), None);
        assert_eq!(save(&same, Some(&earlier)), Ok(Vec::new()));
        let longer = save(&ReflectionDraft { so_what: "Late.".into(), ..same }, Some(&earlier)).expect("a change");
        let [Mutation::WriteReflection { reflection, saw: Some(saw) }] = longer.as_slice() else { panic!("one change: {longer:?}") };
        assert_eq!((reflection.written_at, &**saw), (earlier.written_at, &earlier));
    }

    #[test]
    fn what_another_device_changed_while_it_was_typed_is_not_taken_back() {
        let earlier = Reflection { shared: true, ..a_reflection(2, "We tlaked.", NOW) };
        let began = ReflectionDraft::of(&earlier, draft().action.id, String::new(), None);
        let typed = ReflectionDraft { what_happened: "We talked.".into(), ..began };
        let kept: ReflectionDraft = serde_json::from_str(&serde_json::to_string(&typed).expect("JSON")).expect("a draft");
        let meanwhile = Reflection { shared: false, ..earlier.clone() };
        let saved = save(&kept, Some(&meanwhile)).expect("a change");
        let [Mutation::WriteReflection { reflection, saw }] = saved.as_slice() else { panic!("one change: {saved:?}") };
        assert_eq!(saw.as_deref(), Some(&earlier));
        let after = meanwhile.rewritten(reflection, saw.as_deref()).expect("it can be kept");
        assert_eq!((after.what_happened.as_str(), after.shared), ("We talked.", false));
    }

    #[test]
    fn a_draft_that_an_older_build_kept_is_read() {
        let mut kept = serde_json::to_value(draft()).expect("JSON");
        assert!(kept.as_object_mut().expect("an object").remove("began").is_some(), "this build tells");
        assert_eq!(serde_json::from_value::<ReflectionDraft>(kept).expect("a draft"), draft());
    }
}
