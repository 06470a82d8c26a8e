use crate::meeting::MeetingFormat;

/// Questions that help to understand a customer in a meeting of `format`, ours: open, one thing each, none that sells.
pub fn questions(format: MeetingFormat) -> &'static [&'static str] {
    match format {
        MeetingFormat::Introductory => &[
            "What are you working towards this year?",
            "How did you come to do this work, and what do you like about it?",
            "What makes a supplier easy to work with for you?",
            "What should somebody new know about how you decide things here?",
            "What would make this hour worth it for you?",
        ],
        MeetingFormat::Discovery => &[
            "What takes more time or money than it should?",
            "What happens if it stays as it is?",
            "How would you notice that it is solved, and who else would notice?",
            "What have you tried so far, and what came of it?",
            "Who else is touched by this, and what matters to them?",
            "What might get in the way?",
        ],
        MeetingFormat::Presentation => &[
            "What has changed for you since we last spoke?",
            "Which part of this fits what you need, and which does not?",
            "What would your colleagues doubt first?",
            "What is missing for it to work in a usual week?",
            "How would you explain it to somebody who was not here?",
        ],
        MeetingFormat::Negotiation => &[
            "What has to be true for this to be a good agreement for you?",
            "Which of these points could move, and which cannot?",
            "What happens on your side after a yes?",
            "What worries you most about going ahead?",
            "If the price were settled, what would be left to decide?",
        ],
        MeetingFormat::Relationship => &[
            "What have we done lately that helped, and what did not?",
            "What did we promise that you still wait for?",
            "What is changing in your business that we should know?",
            "Where do you spend effort that we could take over?",
            "Who else here should know us, or should we know?",
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_has_a_handful_of_open_questions() {
        for format in MeetingFormat::ALL {
            let questions = questions(format);
            assert!((4..=6).contains(&questions.len()), "{format:?}");
            for question in questions {
                assert!(question.ends_with('?'), "{question}");
                let closed = ["Do ", "Does ", "Is ", "Are ", "Can ", "Will ", "Would "];
                assert!(!closed.iter().any(|opening| question.starts_with(opening)), "{question} is answered with yes or no");
            }
        }
    }
}
