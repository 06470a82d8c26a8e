use crate::score::Pull;

/// What one rating does to the score.
pub fn pull(pull: Pull) -> &'static str {
    match pull {
        Pull::MuchDown => "Lowers your score a lot",
        Pull::Down => "Lowers your score a little",
        Pull::Hardly => "Hardly changes your score",
        Pull::Up => "Raises your score a little",
        Pull::MuchUp => "Raises your score a lot",
    }
}

/// What ratings with a hidden name do together.
pub fn hidden_pull(pull: Pull) -> &'static str {
    match pull {
        Pull::MuchDown => "Together they lower your score a lot",
        Pull::Down => "Together they lower your score a little",
        Pull::Hardly => "Together they hardly change your score",
        Pull::Up => "Together they raise your score a little",
        Pull::MuchUp => "Together they raise your score a lot",
    }
}

/// What was done for how these customers rate others.
pub fn raters_pull(pull: Pull) -> &'static str {
    match pull {
        Pull::MuchDown => "These customers rate others much more generously, so your score was lowered a lot",
        Pull::Down => "These customers rate others more generously, so your score was lowered a little",
        Pull::Hardly => "These customers rate others much as everybody does, so your score hardly changed",
        Pull::Up => "These customers rate others more strictly, so your score was raised a little",
        Pull::MuchUp => "These customers rate others much more strictly, so your score was raised a lot",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_effect_is_said_without_a_number() {
        for (points, one, together, raters) in [
            (-4.0, "Lowers your score a lot", "lower your score a lot", "much more generously, so your score was lowered a lot"),
            (-0.5, "Lowers your score a little", "lower your score a little", "more generously, so your score was lowered a little"),
            (0.4, "Hardly changes your score", "hardly change your score", "much as everybody does, so your score hardly changed"),
            (1.0, "Raises your score a little", "raise your score a little", "more strictly, so your score was raised a little"),
            (3.0, "Raises your score a lot", "raise your score a lot", "much more strictly, so your score was raised a lot"),
        ] {
            let of = Pull::of(points);
            assert_eq!(pull(of), one);
            assert!(hidden_pull(of).ends_with(together), "{points}");
            assert!(raters_pull(of).ends_with(raters), "{points}");
        }
    }
}
