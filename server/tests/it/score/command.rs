//! `qdos score`: the same numbers from a file, or what is wrong with it and nothing else.

use super::reference::{file, rows};
use clap::{Parser, error::ErrorKind};
use server::score::command::{Format, Problem, Report, ScoreArguments};

#[derive(Parser)]
struct Line {
    #[command(flatten)]
    score: ScoreArguments,
}

/// As the command line has it.
fn arguments(more: &[&str]) -> ScoreArguments {
    Line::try_parse_from([&["score", "--csv", "ratings.csv"], more].concat()).expect("a command line").score
}

fn score(text: &str, more: &[&str]) -> Result<Report, Vec<Problem>> {
    arguments(more).score(text.as_bytes())
}

fn lines(text: &[u8], more: &[&str]) -> Vec<u64> {
    let problems = arguments(more).score(text).expect_err("something is wrong");
    problems.iter().map(|problem| problem.line).collect()
}

/// A reference's data with the columns' names as the command knows them, and a weight column.
fn base() -> String {
    let weight = |row: usize| 0.5_f64.powi((row % 5) as i32);
    let line =
        |(row, line): (usize, &str)| if row == 0 { "rep,customer,rating,w\n".to_owned() } else { format!("{line},{}\n", weight(row)) };
    file("edge_base_data.csv").lines().enumerate().map(line).collect()
}

#[test]
fn a_file_gives_what_lme4_gives() {
    for (name, more) in [("edge_base", &[][..]), ("edge_base_weighted", &["--weight", "w"])] {
        let report = score(&base(), more).expect("a report");
        assert_eq!((report.ratings, report.groups, report.singular), (300, 1, false));
        for (factor, found) in [
            ("rep", report.reps.iter().map(|rep| (&rep.id, rep.n, rep.blup, rep.conditional_sd)).collect::<Vec<_>>()),
            (
                "customer",
                report.customers.iter().map(|customer| (&customer.id, customer.n, customer.blup, customer.conditional_sd)).collect(),
            ),
        ] {
            let expected = rows(&format!("{name}_{factor}.csv"));
            assert_eq!(expected.len(), found.len());
            for row in expected {
                let number = |column: &str| row[column].parse::<f64>().expect("a number");
                let (_, n, blup, sd) = found.iter().find(|found| *found.0 == row["id"]).expect("a row");
                assert_eq!(f64::from(*n), number("n"));
                assert!((blup - number("blup")).abs() < 1e-8 && (sd / number("condsd") - 1.0).abs() < 1e-7);
            }
        }
    }
}

#[test]
fn age_discounts_and_leaves_the_variances() {
    let dated = |date: fn(usize) -> &'static str| -> String {
        let lines = base();
        let line = |(row, line): (usize, &str)| format!("{line},{}\n", if row == 0 { "date" } else { date(row) });
        lines.lines().enumerate().map(line).collect()
    };
    let plain = score(&base(), &[]).expect("a report");
    let same_day = score(&dated(|_| "2026-03-01"), &["--half-life", "180"]).expect("a report");
    assert_eq!((same_day.variance, same_day.reml), (plain.variance, plain.reml));
    for (a, b) in same_day.reps.iter().zip(&plain.reps) {
        assert!((a.estimate - b.estimate).abs() < 1e-12 && (a.se - b.se).abs() < 1e-12);
    }
    // Dates to come have no age; a half-life ago counts half, which at held variances is a residual of twice the variance.
    let mixed: fn(usize) -> &'static str = |row| if row % 2 == 0 { "2025-12-01" } else { "2026-06-01" };
    let aged = score(&dated(mixed), &["--half-life", "90", "--as-of", "2026-03-01"]).expect("a report");
    assert_eq!(aged.variance, plain.variance);
    assert!(aged.reps.iter().zip(&plain.reps).all(|(a, b)| a.se > b.se && a.n == b.n));
    // By default ages count from the newest date.
    let newest = score(&dated(mixed), &["--half-life", "90"]).expect("a report");
    let told = score(&dated(mixed), &["--half-life", "90", "--as-of", "2026-06-01"]).expect("a report");
    assert_eq!(newest, told);
    let ancient = score(&dated(|row| if row == 1 { "0001-01-01" } else { "2026-06-01" }), &["--half-life", "0.1"]).expect("a report");
    assert_eq!(ancient.ratings, 300);
}

#[test]
fn whatever_is_wrong_is_told_by_line() {
    for (text, more, expected) in [
        (&b""[..], &[][..], vec![1]),
        (b"rep,customer,rating\n", &[], vec![2]),
        (b"rep,customer\nA,x\n", &[], vec![1]),
        (b"rep,customer,y\nA,x,4\n", &[], vec![1]),
        (b"rep,rep,customer,rating\nA,B,x,4\n", &[], vec![1]),
        (b"rep,customer,rating\nA,x,4\nA,x,four\nA,x,\nB,x,NaN\nB,x,inf\nB,x,1e999\nB,y,3\n", &[], vec![3, 4, 5, 6, 7]),
        (b"rep,customer,rating\n,x,4\nA,,4\nA,x\nA,x,4,5\n\nA,\"x\ny\",4\nB,x,?\n", &[], vec![2, 3, 4, 5, 9]),
        (b"rep,customer,rating\r\nA,x,4\r\nB,x,a\r\n", &[], vec![3]),
        (b"rep,customer,rating\nA,caf\xe9,4\nB,x,4\n", &[], vec![2]),
        (b"rep,customer,rating\nA,x,4\nB,\"x,4\nB,y,3\n", &[], vec![3, 5]),
        (b"rep,customer,rating\nA,x,4\nB,x,\"4", &[], vec![3]),
        (b"rep,customer,rating,w\nA,x,4,1\nA,x,4,-1\nB,x,4,\nB,x,4,NaN\nB,x,4,0\n", &["--weight", "w"], vec![3, 4, 5]),
        (b"rep,customer,rating\nA,x,4\n", &["--weight", "w"], vec![1]),
        (b"rep,customer,rating,w\nA,x,4,0\nB,x,4,0\n", &["--weight", "w"], vec![1]),
        (b"rep,customer,rating\nA,x,4\n", &["--half-life", "90"], vec![1]),
        (
            b"rep,customer,rating,date\nA,x,4,2026-02-29\nA,x,4,\nA,x,4,1 May\nA,x,4,2026-1-2\nA,x,4,2026-01-02\nB,x,3,2026-13-01\n",
            &["--half-life", "90"],
            vec![2, 3, 4, 5, 7],
        ),
        (b"rep,customer,rating,date\nA,x,4,yesterday\nA,x,3,\n", &[], vec![2]),
    ] {
        assert_eq!(lines(text, more), expected, "{}", String::from_utf8_lossy(text));
    }
}

#[test]
fn what_a_spreadsheet_adds_does_not_hinder() {
    let plain = score("rep,customer,rating\nA,x,4\nA,y,3\nB,x,2\nB,y,2\nB,y,1\n", &[]).expect("a report");
    for text in [
        "\u{feff}rep,customer,rating\r\nA,x,4\r\nA,y,3\r\nB,x,2\r\nB,y,2\r\nB,y,1",
        "note,rating,note,customer,rep\n,4,,x,A\nq,3,,y,A\n,2,,x,B\n,2e0,,\"y\",B\n, 1 ,,y,B\n",
    ] {
        assert_eq!(score(text, &[]).expect("a report"), plain, "{text}");
    }
}

#[test]
fn what_cannot_be_told_is_said_beside_the_result() {
    let one = score("rep,customer,rating\nA,x,4\n", &[]).expect("a report");
    assert_eq!((one.mean.estimate, one.variance.residual, one.reml, one.notes.len()), (4.0, 0.0, None, 3));
    let groups = score("rep,customer,rating,w\nA,x,4,1\nA,x,3,1\nB,y,2,1\nB,y,2,1\nC,z,2,0\n", &["--weight", "w"]).expect("a report");
    assert_eq!((groups.groups, groups.reps.len(), groups.customers.len(), groups.notes.len()), (2, 2, 2, 2));
    assert_eq!(groups.reps.iter().map(|rep| rep.group).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn weights_and_ages_exclude_each_other() {
    let kind = |more: &[&str]| Line::try_parse_from([&["score", "--csv", "ratings.csv"], more].concat()).err().map(|error| error.kind());
    assert_eq!(kind(&["--weight", "w", "--half-life", "90"]), Some(ErrorKind::ArgumentConflict));
    assert_eq!(kind(&["--weight", "w", "--as-of", "2026-01-01"]), Some(ErrorKind::ArgumentConflict));
    assert_eq!(kind(&["--as-of", "2026-01-01"]), Some(ErrorKind::MissingRequiredArgument));
    for bad in [["--half-life", "0"], ["--half-life", "-3"], ["--half-life", "NaN"], ["--format", "xml"]] {
        assert!(kind(&bad).is_some(), "{bad:?}");
    }
    assert_eq!(arguments(&["--format", "csv"]).format, Format::Csv);
}
