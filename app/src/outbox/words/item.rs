use crate::{
    form::sentence,
    photo::PhotoSubject,
    sync::{Refusal, Replica, outbox::Item, protocol::Mutation},
};

/// What a saved mutation is: 'Meeting with Kestrel Foods'. Nothing is read where a newer app wrote it.
pub fn item_words(mutation: Option<&Mutation>, replica: &Replica) -> String {
    let customer = |id| replica.customer_name(id, "a customer").to_owned();
    let contact = |id| replica.contacts.get(&id).map_or_else(|| "a contact".to_owned(), |contact| contact.name.clone());
    let met = |id| replica.meetings.get(&id).map_or_else(|| "a customer".to_owned(), |meeting| customer(meeting.customer));
    let rated = |id| replica.ratings.get(&id).map_or_else(|| "a colleague".to_owned(), |rating| replica.member_name(rating.rep));
    let promise =
        |id| replica.promises.get(&id).map_or_else(|| "a promise".to_owned(), |it| format!("a promise to {}", customer(it.customer)));
    let wronged = |id| replica.recovery_cases.get(&id).map_or_else(|| "a customer".to_owned(), |case| customer(case.customer));
    let Some(mutation) = mutation else { return "Something a newer version of Qdos saved".to_owned() };
    match mutation {
        Mutation::CreateCustomer { customer } => format!("New customer {}", customer.name),
        Mutation::EditCustomer { id, .. } => format!("Change of {}", customer(*id)),
        Mutation::UniteCustomers { id, into } => format!("That {} is the same as {}", customer(*id), customer(*into)),
        Mutation::TakeApart { id, into } => format!("That {} is not the same as {}", customer(*id), customer(*into)),
        Mutation::CreateContact { contact } => format!("New contact {} at {}", contact.name, customer(contact.customer)),
        Mutation::EditContact { id, .. } => format!("Change of {}", contact(*id)),
        Mutation::RecordInsight { insight } => format!("Worth knowing about {}", contact(insight.contact)),
        Mutation::DeleteInsight { .. } => "Something worth knowing, taken back".to_owned(),
        Mutation::CreateMeeting { meeting } if meeting.is_held() => format!("Meeting with {}", customer(meeting.customer)),
        Mutation::CreateMeeting { meeting } => format!("Planned visit to {}", customer(meeting.customer)),
        Mutation::EditMeeting { id, .. } => format!("Change of a meeting with {}", met(*id)),
        Mutation::DeleteMeeting { .. } => "A meeting taken back".to_owned(),
        Mutation::RecordTouch { touch } => format!("Contact with {}", customer(touch.customer)),
        Mutation::DeleteTouch { .. } => "A contact taken back".to_owned(),
        Mutation::MakePromise { promise } => format!("Promise to {}", customer(promise.customer)),
        Mutation::SettlePromise { id, .. } => format!("How {} went", promise(*id)),
        Mutation::AnswerPromise { id, .. } => format!("Whether {} can be kept", promise(*id)),
        Mutation::HandPromise { id, .. } => format!("Who keeps {}", promise(*id)),
        Mutation::ReportPromise { id, .. } => format!("What was done about {}", promise(*id)),
        Mutation::DeletePromise { .. } => "A promise taken back".to_owned(),
        Mutation::AttachPhoto { photo, .. } => match photo.subject {
            PhotoSubject::Meeting(_) => format!("Photo from a meeting with {}", customer(photo.customer)),
            PhotoSubject::Promise(_) => format!("Photo for a promise to {}", customer(photo.customer)),
        },
        Mutation::DeletePhoto { .. } => "A photo removed".to_owned(),
        Mutation::AskInside { ask } => format!("Question to {}", replica.member_name(ask.to)),
        Mutation::AnswerInsideAsk { .. } => "Answer to a colleague".to_owned(),
        Mutation::DeleteInsideAsk { .. } => "A question to a colleague taken back".to_owned(),
        Mutation::WriteReflection { .. } => "Reflection".to_owned(),
        Mutation::ShareReflection { shared: true, .. } => "A reflection shared".to_owned(),
        Mutation::ShareReflection { shared: false, .. } => "A reflection no longer shared".to_owned(),
        Mutation::TakeAction { .. } => "Next time I will".to_owned(),
        Mutation::SettleAction { .. } => "What became of ‘next time I will’".to_owned(),
        Mutation::Invite { invitation, .. } => format!("Request to rate the meeting with {}", met(invitation.meeting)),
        Mutation::SettleInvitation { .. } => "What became of a request to rate".to_owned(),
        Mutation::SubmitSealed { .. } => "A customer’s answers, sealed".to_owned(),
        Mutation::AddContext { .. } => "Context for a rating".to_owned(),
        Mutation::ExcludeRating { id, .. } => format!("Left out a rating of {}", rated(*id)),
        Mutation::CountRating { id, .. } => format!("Counted a rating of {} again", rated(*id)),
        Mutation::SetHours { .. } => "Your working hours".to_owned(),
        Mutation::PlanAbsence { .. } => "Days on which you are away".to_owned(),
        Mutation::CancelAbsence { .. } => "An absence taken back".to_owned(),
        Mutation::Snooze { .. } => "Something put off on Today".to_owned(),
        Mutation::Wake { .. } => "Something brought back to Today".to_owned(),
        Mutation::OpenRecovery { case } => format!("Something to make right with {}", customer(case.customer)),
        Mutation::RecordRecovery { id, .. } => format!("What was done to make it right with {}", wronged(*id)),
        Mutation::CloseRecovery { id, .. } => format!("That it is made right with {}", wronged(*id)),
        Mutation::ReopenRecovery { id } => format!("That there is more to make right with {}", wronged(*id)),
        Mutation::DeleteRecovery { .. } => "Something to make right, taken back".to_owned(),
        Mutation::RecordViewing { viewing } => format!("That you looked at the data of {}", replica.member_name(viewing.subject)),
    }
}

/// Why an item can never be accepted as it is, what the person can do about it and who else has it; nothing where it was not refused.
pub fn refusal_words(item: &Item) -> Option<String> {
    let refusal = item.refusal()?;
    let (what_to_do, who_has_it) = match (item.is_in_quarantine(), item.is_sealed()) {
        (true, _) => (what_to_do(refusal), "Your administrators find it too, and can help it through."),
        (false, false) => (what_to_do(refusal), "Your administrators do not find it: only this phone has it."),
        (false, true) => ("Only this phone has it.", "Move it by hand to another device of yours, or tell your administrators."),
    };
    Some(format!("{} {what_to_do} {who_has_it}", sentence(&refusal.to_string())))
}

/// What a person can do about something that can never be accepted as it is.
fn what_to_do(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::Invalid { .. } => "Enter it again with that mended, then remove this.",
        Refusal::NotFound { .. } => "Somebody removed or handed over what it belongs to. Ask your manager, or enter it elsewhere.",
        Refusal::NotYours | Refusal::AlreadyAsked => "Ask your manager to change it, and show them this text.",
        Refusal::NotDue => "Nothing to do: people are asked again when it is time. You can remove this.",
        Refusal::LeftOut | Refusal::Counts => "Nothing to do: open the rating and read who decided it and why. You can remove this.",
        Refusal::IdTaken | Refusal::Altered => "Save it as a file and give that to your administrator.",
        Refusal::Unreadable { .. } => "Save it as a file and give that to your administrator.",
        Refusal::Revoked => "An administrator can still save it. Ask them, or enter it again and remove this.",
        Refusal::NoRoom => "Save it as a file. Your administrator can make room and then save it for you.",
        Refusal::CannotOpen => "Your administrator has a copy on the server.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sync::{
        outbox::{ItemState, RefusedBy},
        sample::{customer, item, sealed},
    };

    #[test]
    fn nobody_is_said_to_have_what_only_the_phone_found_out_about() {
        let refused =
            |mutation, refusal: Refusal, by| Item { state: ItemState::NeedsYou { refusal, by, epoch: None }, ..item(1, mutation) };
        let unreadable = || Refusal::Unreadable { message: "the server cannot read it".to_owned() };
        let too_large = || Refusal::invalid("text", "make it shorter");
        for (item, they_have_it) in [
            (refused(customer(1), unreadable(), RefusedBy::Server), true),
            (refused(customer(1), unreadable(), RefusedBy::Phone), false),
            (refused(customer(1), too_large(), RefusedBy::Phone), false),
            (refused(customer(1), Refusal::Altered, RefusedBy::Server), false),
            (refused(sealed(1), too_large(), RefusedBy::Phone), false),
        ] {
            let words = refusal_words(&item).expect("it was refused");
            assert_eq!(words.contains("find it too"), they_have_it, "{words}");
            assert_eq!(words.contains("only this phone") || words.contains("Only this phone"), !they_have_it, "{words}");
        }
        assert_eq!(refusal_words(&item(1, customer(1))), None);
    }

    #[test]
    fn what_a_newer_app_saved_is_named_without_being_read() {
        assert_eq!(item_words(None, &Replica::default()), "Something a newer version of Qdos saved");
    }
}
