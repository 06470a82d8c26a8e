use super::count;
use crate::score::{Audience, Certainty, FormatMix, PEOPLE_FOR_COMPARISON, Score, Similar, Standing};

/// How a rep stands to the mean of the colleagues: a band and how sure it is, never a rank.
pub fn standing(standing: Option<Standing>, audience: Audience) -> String {
    let colleagues = match audience {
        Audience::Rep => "your colleagues",
        Audience::Manager => "the colleagues",
    };
    match standing {
        None => format!("Compared with {colleagues} once {PEOPLE_FOR_COMPARISON} of them are rated"),
        Some(standing) => band(standing, colleagues),
    }
}

/// How a rep stands to the mean of those whose meetings are similar.
pub fn similar(similar: Similar) -> String {
    let whose = match similar.mix {
        FormatMix::Mostly(format) => format!("colleagues with mostly {} meetings", format.label().to_lowercase()),
        FormatMix::Mixed => "colleagues with meetings of several formats".to_owned(),
    };
    band(similar.standing, &whose)
}

fn band(standing: Standing, colleagues: &str) -> String {
    let surely = |certainty, side| match certainty {
        Certainty::Likely => format!("Likely {side} the mean of {colleagues}"),
        Certainty::VeryLikely => format!("Very likely {side} the mean of {colleagues}"),
    };
    match standing {
        Standing::TooEarly => format!("Too early to compare with {colleagues}"),
        Standing::About => format!("About the same as the mean of {colleagues}"),
        Standing::Above(certainty) => surely(certainty, "above"),
        Standing::Below(certainty) => surely(certainty, "below"),
    }
}

/// What a comparison takes for granted where no customers connect all reps; nothing where it takes nothing, or nothing is compared.
pub fn taken_for_granted(score: &Score) -> Option<&'static str> {
    match (score.standing, score.audience) {
        (None | Some(Standing::TooEarly), _) => None,
        _ if !score.apart => None,
        (_, Audience::Rep) => {
            Some("Not all reps have customers in common, so this assumes that yours are as strict as the others’, on average.")
        }
        (_, Audience::Manager) => {
            Some("Not all reps have customers in common, so this assumes that everybody’s are equally strict, on average.")
        }
    }
}

/// Ratings on the rep's own device within ten minutes before that is told.
const BURST_TOLD: u32 = 3;

/// What one may want to know before one trusts the number, a line each.
pub fn signals(score: &Score) -> Vec<String> {
    let device = match score.audience {
        Audience::Rep => "your device",
        Audience::Manager => "the rep’s device",
    };
    let burst = (score.burst >= BURST_TOLD).then(|| format!("{} within ten minutes on {device}", count(score.burst, "rating")));
    [Some(super::coverage(&score.coverage, score.audience)), burst].into_iter().flatten().collect()
}

/// 'Last changed today 09:12, by version 3 of the formula'; `changed` is when.
pub fn computed(changed: &str, formula: u32) -> String {
    match formula {
        0 => format!("Last changed {changed}"),
        _ => format!("Last changed {changed}, by version {formula} of the formula"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{id::MemberId, meeting::MeetingFormat, survey::Coverage, time::Timestamp};
    use uuid::Uuid;

    #[test]
    fn a_band_is_told_with_how_sure_it_is() {
        for (of, words) in [
            (None, "Compared with your colleagues once 5 of them are rated"),
            (Some(Standing::TooEarly), "Too early to compare with your colleagues"),
            (Some(Standing::About), "About the same as the mean of your colleagues"),
            (Some(Standing::Above(Certainty::Likely)), "Likely above the mean of your colleagues"),
            (Some(Standing::Above(Certainty::VeryLikely)), "Very likely above the mean of your colleagues"),
            (Some(Standing::Below(Certainty::Likely)), "Likely below the mean of your colleagues"),
        ] {
            assert_eq!(standing(of, Audience::Rep), words);
        }
        assert_eq!(standing(Some(Standing::About), Audience::Manager), "About the same as the mean of the colleagues");
    }

    #[test]
    fn similar_meetings_are_named() {
        for (mix, of, words) in [
            (
                FormatMix::Mostly(MeetingFormat::Discovery),
                Standing::About,
                "About the same as the mean of colleagues with mostly discovery meetings",
            ),
            (FormatMix::Mixed, Standing::TooEarly, "Too early to compare with colleagues with meetings of several formats"),
        ] {
            assert_eq!(similar(Similar { mix, standing: of }), words);
        }
    }

    #[test]
    fn a_comparison_says_what_it_takes_for_granted() {
        let score = |standing, apart| Score { standing, apart, ..Score::unknown(MemberId(Uuid::nil()), Audience::Rep, Timestamp(0)) };
        assert!(taken_for_granted(&score(Some(Standing::About), true)).is_some());
        assert_eq!(taken_for_granted(&score(Some(Standing::About), false)), None);
        assert_eq!(taken_for_granted(&score(Some(Standing::TooEarly), true)), None, "nothing is compared");
        assert_eq!(taken_for_granted(&score(None, true)), None);
    }

    #[test]
    fn a_burst_is_told_of_three_on() {
        let score = |audience, burst| Score {
            burst,
            coverage: Coverage { asked: 12, due: 15, handed_over: 5 },
            ..Score::unknown(MemberId(Uuid::nil()), audience, Timestamp(0))
        };
        let asked = "Asked 12 of 15 in the last 90 days, 5 of them on your device";
        assert_eq!(signals(&score(Audience::Rep, 2)), [asked]);
        assert_eq!(signals(&score(Audience::Rep, 4)), [asked, "4 ratings within ten minutes on your device"]);
        assert_eq!(signals(&score(Audience::Manager, 3))[1], "3 ratings within ten minutes on the rep’s device");
    }

    #[test]
    fn a_score_says_when_and_by_what_it_was_computed() {
        assert_eq!(computed("today 09:12", 3), "Last changed today 09:12, by version 3 of the formula");
        assert_eq!(computed("today 09:12", 0), "Last changed today 09:12", "a score from before versions were told");
    }
}
