//! What stands beside the estimates of the components: Reliability, the Net Promoter Score, what moved the score.

use super::{count, number_of, range_of, signed};
use crate::score::{ANSWERS_FOR_NET_PROMOTER, Cause, NetPromoter, Reliability};

/// 'from 9 promises that customers spoke of'.
pub fn promises(reliability: &Reliability) -> String {
    format!("from {} that customers spoke of", count(reliability.promises, "promise"))
}

/// 'Reliability 86, likely 70 to 96, from 9 promises that customers spoke of'.
pub fn reliability(of: &Reliability) -> String {
    format!("Reliability {}, likely {}, {}", number_of(of.value), range_of(of.low, of.high), promises(of))
}

/// 'likely −10 to +52', rounded outward.
pub fn likely_net(of: &NetPromoter) -> String {
    format!("likely {} to {}", signed(of.low.floor() as i32), signed(of.high.ceil() as i32))
}

/// 'Net Promoter Score +23, likely −10 to +52, from 18 answers'.
pub fn net_promoter(of: &NetPromoter) -> String {
    format!("Net Promoter Score {}, {}, {}", signed(of.net.round() as i32), likely_net(of), answers(of))
}

/// 'from 18 answers'.
pub fn answers(of: &NetPromoter) -> String {
    format!("from {}", count(of.answers, "answer"))
}

/// What is said while there is no Net Promoter Score.
pub fn no_net_promoter() -> String {
    format!("Not enough answers yet to say, shown from {ANSWERS_FOR_NET_PROMOTER} people on")
}

/// Why a score moved.
pub fn cause(cause: Cause) -> &'static str {
    match cause {
        Cause::NewRatings => "New ratings",
        Cause::Ageing => "Older meetings weigh less",
        Cause::Exclusions => "Ratings corrected or left out",
        Cause::Refit => "All ratings weighed anew",
        Cause::Version => "Another version of the formula",
    }
}

/// Tenths of a point, as they are added: '+2.1', '−0.4'.
pub fn signed_tenths(tenths: i32) -> String {
    let sign = if tenths < 0 { '−' } else { '+' };
    format!("{sign}{}", self::tenths(tenths.abs()))
}

/// Tenths of a point: '71.3'.
pub fn tenths(tenths: i32) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_beside_the_score_has_an_interval_too() {
        let kept = Reliability { value: 86.2, low: 70.4, high: 95.5, promises: 9 };
        assert_eq!(reliability(&kept), "Reliability 86, likely 70 to 96, from 9 promises that customers spoke of");
        let recommended = NetPromoter { net: 23.4, low: -9.6, high: 51.2, answers: 18 };
        assert_eq!(net_promoter(&recommended), "Net Promoter Score +23, likely −10 to +52, from 18 answers");
        let nobody = NetPromoter { net: -0.2, low: -40.0, high: 40.0, answers: 5 };
        assert_eq!(net_promoter(&nobody), "Net Promoter Score 0, likely −40 to +40, from 5 answers");
    }

    #[test]
    fn tenths_carry_their_sign() {
        assert_eq!([21, -4, 100].map(signed_tenths), ["+2.1", "−0.4", "+10.0"]);
        assert_eq!([713, 5].map(tenths), ["71.3", "0.5"]);
    }
}
