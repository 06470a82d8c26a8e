//! The engine against lme4, polished to its optimum: estimates within 1e-8, variances and standard deviations within 1e-7 of themselves,
//! the criterion within 1e-6. See reference/README.md.

use serde_json::Value;
use server::score::reml::{Design, Detail, Effects, Fit, Rating, Unidentified, fit};
use std::{collections::BTreeMap, fs, path::PathBuf};

/// How the rows of a reference are weighted; rows count from 1.
#[derive(Clone, Copy)]
enum Weights {
    One,
    /// 0.5^(row mod 5).
    Halving,
    /// The same, without the first three.
    HalvingButThree,
}

/// A reference: its results, its data, its columns (rep, customer, rating) and what it calls the factors.
struct Reference {
    name: &'static str,
    data: &'static str,
    columns: [&'static str; 3],
    factors: [&'static str; 2],
    weights: Weights,
}

const fn edge(name: &'static str, data: &'static str, weights: Weights) -> Reference {
    Reference { name, data, columns: ["rep", "customer", "y"], factors: ["rep", "customer"], weights }
}

const fn classic(name: &'static str, columns: [&'static str; 3], factors: [&'static str; 2]) -> Reference {
    Reference { name, data: name, columns, factors, weights: Weights::One }
}

/// A factor named '' is one that the reference does not have.
const REFERENCES: [Reference; 12] = [
    classic("dyestuff", ["Batch", "", "Yield"], ["Batch", ""]),
    classic("dyestuff2_singular", ["Batch", "", "Yield"], ["Batch", ""]),
    classic("penicillin", ["plate", "sample", "diameter"], ["plate", "sample"]),
    classic("pastes", ["batch", "cask", "strength"], ["batch", "cask:batch"]),
    edge("edge_base", "edge_base", Weights::One),
    edge("edge_base_weighted", "edge_base_weighted", Weights::Halving),
    edge("edge_base_zero_rows_dropped", "edge_base_zero_weights", Weights::HalvingButThree),
    edge("edge_disconnected_two_groups", "edge_disconnected_two_groups", Weights::One),
    edge("edge_rep_one_customer_only", "edge_rep_one_customer_only", Weights::One),
    edge("edge_rep_one_rating", "edge_rep_one_rating", Weights::One),
    edge("edge_rep_var_zero", "edge_rep_var_zero", Weights::One),
    // Reps and customers changing places.
    Reference {
        name: "edge_base",
        data: "edge_base",
        columns: ["customer", "rep", "y"],
        factors: ["customer", "rep"],
        weights: Weights::One,
    },
];

pub(super) fn file(name: &str) -> String {
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "it/score/reference", name].iter().collect();
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The rows of a file, each by column.
pub(super) fn rows(name: &str) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_reader(file(name).as_bytes()).into_deserialize().map(|row| row.expect("a row")).collect()
}

fn weight(weights: Weights, row: usize) -> f64 {
    match weights {
        Weights::One => 1.0,
        Weights::HalvingButThree if row <= 3 => 0.0,
        Weights::Halving | Weights::HalvingButThree => 0.5_f64.powi((row % 5) as i32),
    }
}

/// The ratings, and the names of reps and customers by index.
fn ratings(reference: &Reference) -> (Vec<Rating>, [Vec<String>; 2]) {
    let mut names = [Vec::new(), Vec::new()];
    let mut index = |factor: usize, name: &str| {
        let known: &mut Vec<String> = &mut names[factor];
        let at = known.iter().position(|known| known == name).unwrap_or(known.len());
        if at == known.len() {
            known.push(name.to_owned());
        }
        at as u32
    };
    let ratings = (1..).zip(rows(&format!("{}_data.csv", reference.data))).map(|(row, cells)| {
        let [rep, customer, y] = reference.columns.map(|column| cells.get(column).map_or("", String::as_str));
        let y = y.parse().expect("a number");
        Rating { rep: index(0, rep), customer: index(1, customer), y, weight: weight(reference.weights, row) }
    });
    (ratings.collect(), names)
}

fn fitted(reference: &Reference) -> (Fit, [Vec<String>; 2]) {
    let (ratings, [reps, customers]) = ratings(reference);
    let [_, customer_column, _] = reference.columns;
    let (design, customers) = match customer_column {
        "" => {
            let ratings: Vec<_> = ratings.iter().map(|rating| (rating.rep, rating.y, rating.weight)).collect();
            (Design::of_one_factor(reps.len(), &ratings).expect("usable"), Vec::new())
        }
        "cask" => {
            let (design, pairs) = Design::nested(reps.len(), &ratings).expect("usable");
            let name = |(rep, customer): (u32, u32)| format!("{}:{}", customers[customer as usize], reps[rep as usize]);
            (design, pairs.into_iter().map(name).collect())
        }
        _ => (Design::new(reps.len(), customers.len(), &ratings).expect("usable"), customers),
    };
    (fit(&design, Detail::StandardErrors), [reps, customers])
}

fn assert_within(name: &str, what: &str, found: f64, expected: f64, tolerance: f64) {
    assert!((found - expected).abs() <= tolerance, "{name}: {what} is {found}, not {expected}");
}

fn assert_relative(name: &str, what: &str, found: f64, expected: f64) {
    assert_within(name, what, found, expected, 1e-7 * expected.abs());
}

fn assert_effects(name: &str, factor: &str, names: &[String], effects: &Effects) {
    let expected = rows(&format!("{name}_{}.csv", factor.replace("cask:batch", "cask_in_batch")));
    assert_eq!(expected.len(), effects.ratings.iter().filter(|n| **n > 0).count(), "{name}: {factor}");
    for row in expected {
        let number = |column: &str| row[column].parse::<f64>().expect("a number");
        let level = names.iter().position(|known| *known == row["id"]).expect("a level of the data");
        assert_eq!(f64::from(effects.ratings[level]), number("n"), "{name}: {factor} {}", row["id"]);
        assert_within(name, factor, effects.blup[level], number("blup"), 1e-8);
        assert_relative(name, factor, effects.conditional_sd[level], number("condsd"));
    }
}

#[test]
fn every_reference_is_met() {
    for reference in &REFERENCES {
        let name = reference.name;
        let (fit, names) = fitted(reference);
        let json: Value = serde_json::from_str(&file(&format!("{name}.json"))).expect("json");
        let tight = &json["tight"];
        let number = |value: &Value| value.as_f64().expect("a number");
        assert_within(name, "mean", fit.estimates.mean, number(&tight["mu"]), 1e-8);
        assert_relative(name, "its standard error", fit.estimates.mean_se, number(&tight["mu_se"]));
        assert_relative(name, "residual", fit.variances.residual, number(&tight["var"]["Residual"]));
        assert_within(name, "criterion", fit.reml.expect("a residual"), number(&tight["reml"]), 1e-6);
        let factors = [(fit.variances.rep, &fit.estimates.reps), (fit.variances.customer, &fit.estimates.customers)];
        for ((factor, names), (variance, effects)) in reference.factors.into_iter().zip(&names).zip(factors) {
            if factor.is_empty() {
                assert_eq!((variance, fit.unidentified.as_slice()), (0.0, &[Unidentified::Customer][..]), "{name}");
                continue;
            }
            let expected = number(&tight["var"][factor]);
            assert_relative(name, factor, variance, expected);
            // Exactly on the boundary where lme4 is.
            assert_eq!(variance == 0.0, expected == 0.0, "{name}: {factor}");
            assert_effects(name, factor, names, effects);
        }
        if !reference.factors[1].is_empty() {
            assert_eq!(fit.singular, tight["singular"].as_bool().expect("a boolean"), "{name}");
        }
    }
}
