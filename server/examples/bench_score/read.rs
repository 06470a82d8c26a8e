//! Ratings from a file.

use server::score::reml::Rating;
use std::{error::Error, path::Path};

/// Ratings from a file whose ids count from 1, and how many reps and customers there are.
pub(super) fn read(file: &Path) -> Result<(Vec<Rating>, usize, usize), Box<dyn Error>> {
    let mut ratings = Vec::new();
    for row in csv::Reader::from_path(file)?.deserialize() {
        let (rep, customer, y): (u32, u32, f64) = row?;
        ratings.push(Rating { rep: rep - 1, customer: customer - 1, y, weight: 1.0 });
    }
    let most = |of: fn(&Rating) -> u32| ratings.iter().map(of).max().map_or(0, |most| most as usize + 1);
    let (reps, customers) = (most(|rating| rating.rep), most(|rating| rating.customer));
    Ok((ratings, reps, customers))
}
