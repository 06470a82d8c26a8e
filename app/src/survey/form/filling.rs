use crate::{
    id::PromiseId,
    survey::{Answers, Component, FollowUp, PromiseAnswer, Questionnaire, parse::CANT_SAY_VALUE},
};
use leptos::prelude::*;
use std::fmt;

/// What is chosen on a scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Point {
    /// One of the five, from 1.
    Of(u8),
    /// No answer, on purpose.
    CantSay,
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Of(point) => point.fmt(f),
            Self::CantSay => f.write_str(CANT_SAY_VALUE),
        }
    }
}

/// What is said about a promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// How it went.
    Answer(PromiseAnswer),
    /// No answer, on purpose.
    CantSay,
}

/// What is chosen so far, one signal per question.
#[derive(Clone, Debug)]
pub struct Filling {
    pub(super) components: Vec<(Component, RwSignal<Option<Point>>)>,
    pub(super) recommend: RwSignal<Option<u8>>,
    pub(super) promises: Vec<(PromiseId, RwSignal<Option<Told>>)>,
    pub(super) comment: RwSignal<String>,
    pub(super) follow_up: RwSignal<Option<FollowUp>>,
    pub(super) hide_name: RwSignal<bool>,
}

impl Filling {
    /// Nothing is chosen yet.
    pub fn empty(questionnaire: &Questionnaire) -> Self {
        Self {
            components: Component::ALL.map(|component| (component, RwSignal::new(None))).to_vec(),
            recommend: RwSignal::new(None),
            promises: questionnaire.promises.iter().map(|promise| (promise.id, RwSignal::new(None))).collect(),
            comment: RwSignal::default(),
            follow_up: RwSignal::new(None),
            hide_name: RwSignal::new(false),
        }
    }

    /// `answers` given before; what they leave out is open again.
    pub fn of(questionnaire: &Questionnaire, answers: &Answers) -> Self {
        let point = |component| answers.components.get(&component).copied().map(Point::Of);
        let told = |id: &PromiseId| answers.promises.get(id).copied().map(Told::Answer);
        Self {
            components: Component::ALL.map(|component| (component, RwSignal::new(point(component)))).to_vec(),
            recommend: RwSignal::new(answers.recommend),
            promises: questionnaire.promises.iter().map(|promise| (promise.id, RwSignal::new(told(&promise.id)))).collect(),
            comment: RwSignal::new(answers.comment.clone()),
            follow_up: RwSignal::new(Some(answers.follow_up)),
            hide_name: RwSignal::new(answers.hide_name),
        }
    }

    /// The answers as chosen; follows every change.
    pub fn answers(&self) -> Answers {
        let point = |(component, value): &(Component, RwSignal<Option<Point>>)| match value.get() {
            Some(Point::Of(point)) => Some((*component, point)),
            Some(Point::CantSay) | None => None,
        };
        let told = |(id, value): &(PromiseId, RwSignal<Option<Told>>)| match value.get() {
            Some(Told::Answer(answer)) => Some((*id, answer)),
            Some(Told::CantSay) | None => None,
        };
        let answers = Answers {
            components: self.components.iter().filter_map(point).collect(),
            recommend: self.recommend.get(),
            promises: self.promises.iter().filter_map(told).collect(),
            comment: self.comment.get().trim().to_owned(),
            follow_up: self.follow_up.get().unwrap_or_default(),
            hide_name: self.hide_name.get(),
        };
        answers.consistent()
    }
}
