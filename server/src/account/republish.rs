//! Telling rows to whom they belong now, after a team or an owner changed.

use super::{Audience, audience_of_member, care};
use crate::{
    customer,
    db::{self, Keep, Writing, fetch_all},
    error::Error,
    meeting, photo, score, survey,
};
use app::{
    customer::Customer,
    id::{CustomerId, MemberId},
    meeting::{Meeting, Touch},
    promise::{InsideAsk, Promise},
    recovery::RecoveryCase,
    reflection::Reflection,
    survey::Invitation,
    sync::protocol::{Entity, Scope},
};

/// Something between people of ours and a customer.
pub trait AtCustomer: Keep {
    /// Which customer.
    fn customer(&self) -> CustomerId;
    /// Who of ours has a part in it.
    fn members(&self) -> Vec<MemberId>;
    /// The scopes in which `audience` sees it.
    fn seen_in(audience: Audience) -> Audience {
        audience
    }
}

/// Declares who has a part in what.
macro_rules! at_customer {
    ($($name:ident |$it:ident| $members:expr $(, $seen_in:path)?;)*) => {$(
        impl AtCustomer for $name {
            fn customer(&self) -> CustomerId {
                self.customer
            }
            fn members(&self) -> Vec<MemberId> {
                let $it = self;
                $members.into()
            }
            $(fn seen_in(audience: Audience) -> Audience {
                $seen_in(audience)
            })?
        }
    )*};
}

at_customer! {
    Meeting |it| [it.rep];
    Touch |it| [it.rep];
    Promise |it| [it.maker, it.keeper];
    Invitation |it| [it.rep];
    InsideAsk |it| [it.from, it.to], care;
    RecoveryCase |it| [it.rep], care;
}

/// Tells all of a kind at the customer of that id, for which `customer` stands, to whom it belongs now.
///
/// # Errors
/// The database's.
pub async fn republish_at_customer<T: AtCustomer>(writing: &mut Writing, customer: &Customer, id: &str) -> Result<(), Error> {
    let organisation = writing.organisation.to_string();
    for thing in db::by::<T>(writing.tx.up_to_date().await?, &organisation, "customer", id).await? {
        keep_at(writing, customer, &thing).await?;
    }
    Ok(())
}

/// Keeps something at `customer` and tells whom it concerns now; whomever it concerned before hears that it is gone.
///
/// # Errors
/// The database's.
pub async fn keep_at<T: AtCustomer>(writing: &mut Writing, customer: &Customer, thing: &T) -> Result<(), Error> {
    let audience = T::seen_in(meeting::audience(writing, customer, &thing.members()).await?);
    db::save(writing, thing, &audience).await
}

/// Tells everything that a member has a part in to whom it belongs now: after the member's managers changed.
///
/// # Errors
/// The database's.
pub async fn republish(writing: &mut Writing, member: MemberId) -> Result<(), Error> {
    let organisation = writing.organisation.to_string();
    // Where another stands for a customer, everything about it follows that one's owner.
    let own: Vec<Customer> = db::by(writing.tx.up_to_date().await?, &organisation, "owner", &member.to_string()).await?;
    for customer in own.iter().filter(|customer| customer.united.is_none()) {
        customer::republish(writing, customer).await?;
    }
    writing.flush().await?;
    // Whatever else the member has a part in, the member sees.
    let seen = fetch_all!(
        writing.tx.up_to_date().await?,
        (String, String),
        "select entity, id from change where organisation = $1 and scope in ($2, $3, $4) and not gone",
        &organisation,
        Scope::Member(member).to_string(),
        Scope::Care(member).to_string(),
        Scope::Photos(member).to_string()
    )?;
    for (entity, id) in seen {
        match entity.parse() {
            Ok(Entity::Meeting) => republish_one::<Meeting>(writing, member, &id).await?,
            Ok(Entity::Touch) => republish_one::<Touch>(writing, member, &id).await?,
            Ok(Entity::Promise) => republish_one::<Promise>(writing, member, &id).await?,
            Ok(Entity::Invitation) => republish_one::<Invitation>(writing, member, &id).await?,
            Ok(Entity::InsideAsk) => republish_one::<InsideAsk>(writing, member, &id).await?,
            Ok(Entity::RecoveryCase) => republish_one::<RecoveryCase>(writing, member, &id).await?,
            Ok(Entity::Photo) => photo::republish_one(writing, member, &id).await?,
            Ok(Entity::Reflection) => republish_reflection(writing, member, &id).await?,
            // The others follow the customer's owner, or nobody's team.
            _ => {}
        }
    }
    survey::republish(writing, member).await?;
    score::republish(writing, member).await
}

/// Tells one thing, unless its customer is `member`'s own and told already.
async fn republish_one<T: AtCustomer>(writing: &mut Writing, member: MemberId, id: &str) -> Result<(), Error> {
    let organisation = writing.organisation.to_string();
    let Some(thing) = db::find::<T>(writing.tx.up_to_date().await?, &organisation, id).await? else { return Ok(()) };
    let customer = customer::standing_for(writing, thing.customer()).await?;
    let Some(customer) = customer.filter(|customer| customer.owner != member) else { return Ok(()) };
    keep_at(writing, &customer, &thing).await
}

async fn republish_reflection(writing: &mut Writing, member: MemberId, id: &str) -> Result<(), Error> {
    let organisation = writing.organisation.to_string();
    let found: Option<Reflection> = db::find(writing.tx.up_to_date().await?, &organisation, id).await?;
    if let Some(shared) = found.filter(|it| it.shared && it.author == member) {
        let audience = audience_of_member(writing, member).await?;
        db::save(writing, &shared, &audience).await?;
    }
    Ok(())
}
