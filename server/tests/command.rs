//! The program `qdos` itself, where what it prints and exits with is all there is to test.

use std::{fs, process::Command};

const RATINGS: &str = include_str!("it/score/reference/edge_base_data.csv");

#[test]
fn the_program_prints_one_or_the_other() {
    let ratings = RATINGS.replacen("rep,customer,y", "rep,customer,rating", 1);
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("ratings.csv");
    let run = |text: &str, more: &[&str]| {
        fs::write(&path, text).expect("written");
        let output = Command::new(env!("CARGO_BIN_EXE_qdos")).arg("score").arg("--csv").arg(&path).args(more).output().expect("run");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
        (output.status.code(), text(output.stdout), text(output.stderr))
    };
    let (code, out, err) = run(&ratings, &[]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    let json: serde_json::Value = serde_json::from_str(&out).expect("json");
    let keys = |value: &serde_json::Value| value.as_object().expect("an object").keys().cloned().collect::<Vec<_>>();
    let sorted = |keys: &[&str]| {
        let mut keys: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
        keys.sort();
        keys
    };
    let all = |value: &serde_json::Value| {
        let mut keys = keys(value);
        keys.sort();
        keys
    };
    assert_eq!(all(&json), sorted(&["mean", "variance", "reml", "ratings", "singular", "groups", "reps", "customers"]));
    assert_eq!(all(&json["mean"]), sorted(&["estimate", "se"]));
    assert_eq!(all(&json["variance"]), sorted(&["rep", "customer", "residual"]));
    assert_eq!(all(&json["reps"][0]), sorted(&["id", "n", "blup", "conditional_sd", "estimate", "se", "group"]));
    assert_eq!(all(&json["customers"][0]), sorted(&["id", "n", "blup", "conditional_sd"]));
    let (code, out, _) = run(&ratings, &["--format", "csv"]);
    assert_eq!(
        (code, out.lines().count()),
        (Some(0), 1 + json["reps"].as_array().map_or(0, Vec::len) + json["customers"].as_array().map_or(0, Vec::len))
    );
    let (code, out, err) = run("rep,customer,rating\nA,x,4\nB,x,\n", &[]);
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert!(err.contains("line 3"), "{err}");
    let (code, out, err) = run("rep,customer,rating\nA,x,4\nB,x,4\n", &["--weight", "w", "--half-life", "9"]);
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert!(err.contains("--half-life"), "{err}");
    fs::remove_file(&path).expect("removed");
    let gone = Command::new(env!("CARGO_BIN_EXE_qdos")).arg("score").arg("--csv").arg(&path).output().expect("run");
    assert_eq!((gone.status.code(), gone.stdout.len()), (Some(2), 0));
}
