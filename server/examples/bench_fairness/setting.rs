//! What is simulated.

use super::normal::draw;
use serde::Serialize;

/// Standard deviations, in points of 1 to 5.
#[derive(Clone, Copy)]
pub(super) struct Spread {
    /// Between reps.
    pub(super) rep: f64,
    /// Between customers.
    pub(super) customer: f64,
    /// Between ratings of the same.
    pub(super) residual: f64,
}

/// What a rating is made of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Scale {
    /// The model's own: normal effects on a scale without ends.
    Gaussian,
    /// The same, cut into 1 to 5 so that 45 % of all ratings are fives.
    Ordinal,
}

/// Whom customers rate.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Design {
    /// Any rep, about four ratings each.
    Crossed,
    /// One rep each, about two ratings.
    OneRep,
}

/// What is out of the ordinary.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Case {
    /// Nothing: what the bars are for.
    Ordinary,
    /// How much what differs is drawn from the model's own priors.
    Drawn,
    /// Reps hardly differ.
    AlikeReps,
    /// Reps differ much.
    UnlikeReps,
    /// Customers differ much more than reps.
    UnlikeCustomers,
    /// The same customer rates the same rep very differently from time to time.
    NoisyRatings,
    /// Ratings are spread over a year in which reps change; the truth is today's.
    Drift,
    /// The better a rep, the harsher the customers.
    HarshToGood,
    /// Every other rep has one to five ratings and the rest have twenty to forty; only the former are judged.
    Fresh,
}

/// One cell.
#[derive(Clone, Copy, Serialize)]
pub(super) struct Setting {
    pub(super) case: Case,
    pub(super) scale: Scale,
    pub(super) design: Design,
    pub(super) reps: usize,
    /// Of each rep.
    pub(super) ratings: usize,
}

impl Setting {
    /// The name of the cell.
    pub(super) fn name(&self) -> String {
        let word = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let [case, scale, design] = [serde_json::json!(self.case), serde_json::json!(self.scale), serde_json::json!(self.design)].map(word);
        format!("{case}_{scale}_{design}_{}x{}", self.reps, self.ratings)
    }

    /// How much what differs in the next organisation. Unless the case says otherwise customers differ more than reps, and ratings of the
    /// same more than either, as much as the prior of their variance has it.
    pub(super) fn spread(&self, random: &mut fastrand::Rng) -> Spread {
        let ordinary = Spread { rep: 0.35, customer: 0.5, residual: 0.65 };
        match self.case {
            Case::Drawn => {
                // The sum of four squared normal draws is twice the sum of two exponential ones.
                let chi_square = -2.0 * ((1.0 - random.f64()).ln() + (1.0 - random.f64()).ln());
                Spread { rep: draw(random).abs(), customer: draw(random).abs(), residual: 0.65 * (4.0 / chi_square).sqrt() }
            }
            Case::AlikeReps => Spread { rep: 0.1, ..ordinary },
            Case::UnlikeReps => Spread { rep: 0.7, ..ordinary },
            Case::UnlikeCustomers => Spread { customer: 0.9, ..ordinary },
            Case::NoisyRatings => Spread { residual: 1.0, ..ordinary },
            Case::Ordinary | Case::Drift | Case::HarshToGood | Case::Fresh => ordinary,
        }
    }
}

const SCALES: [Scale; 2] = [Scale::Gaussian, Scale::Ordinal];
const DESIGNS: [Design; 2] = [Design::Crossed, Design::OneRep];
const SPREADS: [Case; 5] = [Case::Drawn, Case::AlikeReps, Case::UnlikeReps, Case::UnlikeCustomers, Case::NoisyRatings];
const CHANGES: [Case; 3] = [Case::Drift, Case::HarshToGood, Case::Fresh];

/// Every cell. What is out of the ordinary is looked at in fewer sizes.
pub(super) fn all() -> Vec<Setting> {
    let mut cells = Vec::new();
    let mut add = |case, scales: &[Scale], reps, ratings| {
        for scale in scales {
            cells.extend(DESIGNS.map(|design| Setting { case, scale: *scale, design, reps, ratings }));
        }
    };
    for reps in [3, 8, 20, 100] {
        for ratings in [5, 20, 100] {
            add(Case::Ordinary, &SCALES, reps, ratings);
        }
    }
    for case in SPREADS {
        add(case, &[Scale::Gaussian], 3, 5);
        add(case, &[Scale::Gaussian], 20, 20);
    }
    for case in CHANGES {
        add(case, &SCALES, 20, 20);
    }
    cells.sort_by_key(|cell| (cell.case, cell.scale, cell.design));
    cells
}
