use crate::{account, customer, db::Writing, error::Error, meeting, photo, promise, recovery, reflection, survey, today};
use app::{
    account::Actor,
    sync::{merge::Incoming, protocol::Mutation},
};

/// Applies one mutation as `actor`, in the transaction at hand.
///
/// # Errors
/// [`Error::Refused`] where a rule says no for good; whatever else may pass when tried again.
pub async fn apply(writing: &mut Writing, actor: &Actor, mutation: &Mutation) -> Result<(), Error> {
    apply_with_others(writing, actor, mutation).await?;
    writing.flush().await
}

/// Applies one of several mutations: what it adds may be written, and refused as there already, only together with what others add.
///
/// # Errors
/// As [`apply`] has them.
pub async fn apply_with_others(writing: &mut Writing, actor: &Actor, mutation: &Mutation) -> Result<(), Error> {
    match mutation {
        Mutation::CreateCustomer { customer } => customer::create(writing, actor, customer).await,
        Mutation::EditCustomer { id, base, edit, saw } => {
            let incoming = Incoming { edit, base: *base, saw, by: actor.member.id, at: writing.now };
            customer::edit(writing, actor, *id, &incoming).await
        }
        Mutation::UniteCustomers { id, into } => customer::unite(writing, actor, *id, *into).await,
        Mutation::TakeApart { id, into } => customer::take_apart(writing, actor, *id, *into).await,
        Mutation::CreateContact { contact } => customer::create_contact(writing, actor, contact).await,
        Mutation::EditContact { id, base, edit, saw } => {
            let incoming = Incoming { edit, base: *base, saw, by: actor.member.id, at: writing.now };
            customer::edit_contact(writing, actor, *id, &incoming).await
        }
        Mutation::RecordInsight { insight } => customer::record_insight(writing, actor, insight).await,
        Mutation::DeleteInsight { id } => customer::delete_insight(writing, actor, *id).await,
        Mutation::CreateMeeting { meeting } => meeting::create(writing, actor, meeting).await,
        Mutation::EditMeeting { id, base, edit, saw, reason } => {
            let incoming = Incoming { edit, base: *base, saw: &**saw, by: actor.member.id, at: writing.now };
            meeting::edit(writing, actor, *id, &incoming, reason.as_deref()).await
        }
        Mutation::DeleteMeeting { id } => meeting::delete(writing, actor, *id).await,
        Mutation::RecordTouch { touch } => meeting::record_touch(writing, actor, touch).await,
        Mutation::DeleteTouch { id } => meeting::delete_touch(writing, actor, *id).await,
        Mutation::MakePromise { promise } => promise::make(writing, actor, promise).await,
        Mutation::SettlePromise { id, state, agreed, at } => promise::settle(writing, actor, *id, *state, agreed.clone(), *at).await,
        Mutation::AnswerPromise { id, answer } => promise::answer(writing, actor, *id, answer.clone()).await,
        Mutation::HandPromise { id, keeper } => promise::hand(writing, actor, *id, *keeper).await,
        Mutation::ReportPromise { id, report } => promise::report(writing, actor, *id, report.clone()).await,
        Mutation::DeletePromise { id } => promise::delete(writing, actor, *id).await,
        Mutation::AttachPhoto { photo, data } => photo::attach(writing, actor, photo, data).await,
        Mutation::DeletePhoto { id } => photo::delete(writing, actor, *id).await,
        Mutation::AskInside { ask } => promise::ask_inside(writing, actor, ask).await,
        Mutation::AnswerInsideAsk { id, state, text } => promise::answer_inside_ask(writing, actor, *id, *state, text).await,
        Mutation::DeleteInsideAsk { id } => promise::delete_inside_ask(writing, actor, *id).await,
        Mutation::WriteReflection { reflection, saw } => reflection::write(writing, actor, reflection, saw.as_deref()).await,
        Mutation::ShareReflection { id, shared } => reflection::share(writing, actor, *id, *shared).await,
        Mutation::TakeAction { action } => reflection::take_action(writing, actor, action).await,
        Mutation::SettleAction { id, state } => reflection::settle_action(writing, actor, *id, *state).await,
        Mutation::Invite { invitation, token } => survey::invite(writing, actor, invitation, token.as_ref()).await,
        Mutation::SettleInvitation { id, state } => survey::settle_invitation(writing, actor, *id, *state).await,
        Mutation::SubmitSealed { id, invitation, given_at, sealed } => {
            survey::submit_sealed(writing, actor, *id, *invitation, *given_at, sealed).await
        }
        Mutation::AddContext { id, context } => survey::add_context(writing, actor, *id, context).await,
        Mutation::ExcludeRating { id, reason, note } => survey::exclude_rating(writing, actor, *id, *reason, note).await,
        Mutation::CountRating { id, note } => survey::count_rating(writing, actor, *id, note).await,
        Mutation::OpenRecovery { case } => recovery::open(writing, actor, case).await,
        Mutation::RecordRecovery { id, step, text, at } => recovery::record(writing, actor, *id, *step, text, *at).await,
        Mutation::CloseRecovery { id, at } => recovery::close(writing, actor, *id, *at).await,
        Mutation::ReopenRecovery { id } => recovery::reopen(writing, actor, *id).await,
        Mutation::DeleteRecovery { id } => recovery::delete(writing, actor, *id).await,
        Mutation::RecordViewing { viewing } => account::record_viewing(writing, actor, viewing).await,
        Mutation::SetHours { member, hours } => account::set_hours(writing, actor, *member, hours).await,
        Mutation::PlanAbsence { member, absence } => account::plan_absence(writing, actor, *member, absence).await,
        Mutation::CancelAbsence { member, id } => account::cancel_absence(writing, actor, *member, *id).await,
        Mutation::Snooze { snooze } => today::snooze(writing, actor, snooze).await,
        Mutation::Wake { member, subject } => today::wake(writing, actor, *member, *subject).await,
    }
}
