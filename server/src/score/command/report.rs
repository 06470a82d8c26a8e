//! What `qdos score` prints.

use super::{Format, read::Table};
use crate::score::reml::{Design, Estimates, Fit};
use serde::Serialize;
use std::io;

/// The result for a file; its fields are the keys of the JSON, in this order. Reps and customers stand in the order of the file, without
/// those of whom no rating counts.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// The estimated mean over reps and customers.
    pub mean: Mean,
    /// The estimated variances.
    pub variance: Variance,
    /// Minus twice the restricted log-likelihood; none where the residual variance is 0.
    pub reml: Option<f64>,
    /// Ratings that count.
    pub ratings: usize,
    /// Whether the variance between reps or that between customers is 0.
    pub singular: bool,
    /// Groups of reps and customers that no rating connects.
    pub groups: usize,
    /// A row per rep.
    pub reps: Vec<RepRow>,
    /// A row per customer.
    pub customers: Vec<CustomerRow>,
    /// What the numbers do not say by themselves; told beside the result, not in it.
    #[serde(skip)]
    pub notes: Vec<String>,
}

/// The mean and its standard error.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Mean {
    /// The estimate.
    pub estimate: f64,
    /// Its standard error at the estimated variances.
    pub se: f64,
}

/// The variances, that of the residual on the scale of the weights as given.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Variance {
    /// Between reps.
    pub rep: f64,
    /// Between customers.
    pub customer: f64,
    /// Of a rating of weight 1 around what rep and customer make it.
    pub residual: f64,
}

/// What is known of a rep.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RepRow {
    /// As the file names the rep.
    pub id: String,
    /// Ratings that count.
    pub n: u32,
    /// How far the rep is from the mean.
    pub blup: f64,
    /// Its standard deviation given mean and variances.
    pub conditional_sd: f64,
    /// Mean plus effect.
    pub estimate: f64,
    /// Standard error of the estimate, the mean's uncertainty included.
    pub se: f64,
    /// The connected group, from 1 on.
    pub group: u32,
}

/// What is known of a customer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CustomerRow {
    /// As the file names the customer.
    pub id: String,
    /// Ratings that count.
    pub n: u32,
    /// How far the customer's ratings are from the mean.
    pub blup: f64,
    /// Its standard deviation given mean and variances.
    pub conditional_sd: f64,
}

impl Report {
    pub(super) fn new(table: &Table, design: &Design, fit: &Fit, estimates: &Estimates, notes: Vec<String>) -> Self {
        let mean = estimates.mean;
        let reps = design.rep_groups().iter().enumerate().filter_map(|(rep, group)| {
            let of = &estimates.reps;
            let (id, blup) = (table.reps[rep].clone(), of.blup[rep]);
            let (conditional_sd, estimate, se) = (of.conditional_sd[rep], mean + blup, of.se[rep]);
            group.map(|group| RepRow { id, n: of.ratings[rep], blup, conditional_sd, estimate, se, group: group + 1 })
        });
        let customers = table.customers.iter().enumerate().filter(|(customer, _)| estimates.customers.ratings[*customer] > 0);
        let customers = customers.map(|(customer, id)| {
            let of = &estimates.customers;
            let (n, blup, conditional_sd) = (of.ratings[customer], of.blup[customer], of.conditional_sd[customer]);
            CustomerRow { id: id.clone(), n, blup, conditional_sd }
        });
        Self {
            mean: Mean { estimate: mean, se: estimates.mean_se },
            variance: Variance { rep: fit.variances.rep, customer: fit.variances.customer, residual: fit.variances.residual },
            reml: fit.reml,
            ratings: design.ratings(),
            singular: fit.singular,
            groups: design.groups(),
            reps: reps.collect(),
            customers: customers.collect(),
            notes,
        }
    }

    /// As text.
    pub(super) fn write(&self, format: Format) -> io::Result<Vec<u8>> {
        match format {
            Format::Json => {
                let mut text = serde_json::to_vec_pretty(self)?;
                text.push(b'\n');
                Ok(text)
            }
            Format::Csv => self.write_csv(),
        }
    }

    fn write_csv(&self) -> io::Result<Vec<u8>> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["factor", "id", "n", "blup", "conditional_sd", "estimate", "se", "group"])?;
        for rep in &self.reps {
            let numbers = [rep.blup, rep.conditional_sd, rep.estimate, rep.se].map(|number| number.to_string());
            let [blup, sd, estimate, se] = &numbers;
            writer.write_record(["rep", &rep.id, &rep.n.to_string(), blup, sd, estimate, se, &rep.group.to_string()])?;
        }
        for customer in &self.customers {
            let [blup, sd] = &[customer.blup, customer.conditional_sd].map(|number| number.to_string());
            writer.write_record(["customer", &customer.id, &customer.n.to_string(), blup, sd, "", "", ""])?;
        }
        writer.into_inner().map_err(|error| io::Error::other(error.to_string()))
    }
}
