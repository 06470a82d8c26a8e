use crate::{
    account::{AtCustomer, keep_at},
    customer,
    db::Writing,
    error::Error,
    photo, survey,
};
use app::{
    meeting::Meeting,
    photo::PhotoSubject,
    promise::Promise,
    recovery::{Cause, RecoveryCase},
    sync::Refusal,
};

/// Takes what belongs to a meeting along to the customer and the people that it was corrected to: photos, requests to rate it and what
/// came of them, what was promised there, and what is to be made right of both. A customer who was not there has said and heard nothing.
pub(super) async fn follow(writing: &mut Writing, before: &Meeting, after: &Meeting) -> Result<(), Error> {
    let ratings = survey::follow(writing, before, after).await?;
    if after.customer == before.customer {
        return Ok(());
    }
    photo::follow(writing, PhotoSubject::Meeting(after.id)).await?;
    let customer = customer::standing_for(writing, after.customer).await?.ok_or_else(|| Refusal::not_found("customer"))?;
    let promises: Vec<Promise> = at_former(writing, before).await?;
    let promises: Vec<Promise> = promises.into_iter().filter(|promise| promise.meeting == Some(after.id)).collect();
    for promise in &promises {
        let mut promise = Promise { customer: after.customer, ..promise.clone() };
        // Named for keepers who do not see the customer.
        if !promise.course.customer_name.is_empty() {
            promise.course.customer_name.clone_from(&customer.name);
        }
        keep_at(writing, &customer, &promise).await?;
        photo::follow(writing, PhotoSubject::Promise(promise.id)).await?;
    }
    let cases: Vec<RecoveryCase> = at_former(writing, before).await?;
    let is_of_meeting = |case: &RecoveryCase| match case.cause {
        Cause::Rating(id) => ratings.contains(&id),
        Cause::NotKept(id) | Cause::SaidNotKept(id) => promises.iter().any(|promise| promise.id == id),
        Cause::ByHand => false,
    };
    let cases: Vec<RecoveryCase> = cases.into_iter().filter(is_of_meeting).collect();
    for case in cases {
        keep_at(writing, &customer, &RecoveryCase { customer: after.customer, ..case }).await?;
    }
    Ok(())
}

/// All of a kind at the customer that the meeting was written for before.
async fn at_former<T: AtCustomer>(writing: &mut Writing, before: &Meeting) -> Result<Vec<T>, Error> {
    let organisation = writing.organisation.to_string();
    customer::at_all_one_with(writing.tx.up_to_date().await?, &organisation, &before.customer.to_string()).await
}
