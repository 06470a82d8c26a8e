//! What somebody sees singly of closed months, whatever becomes of teams and roles.

use super::{
    super::suppression::{ClosedMonth, Lattice, Sight},
    open,
    queries::{self, Kept},
};
use crate::{
    db::{self, Writing},
    error::Error,
};
use app::{
    account::{Actor, Member, Role},
    id::MemberId,
    team::Team,
    time::Timestamp,
};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

/// Takes in who manages whom now. To be called in every transaction that changes it, before anybody can pull what follows from it.
///
/// # Errors
/// The database's.
pub async fn watch(writing: &mut Writing) -> Result<(), Error> {
    watch_at(writing, writing.now).await
}

/// [`watch`] at `now`.
pub(super) async fn watch_at(writing: &mut Writing, now: Timestamp) -> Result<(), Error> {
    if queries::closing(writing).await?.is_none() {
        open(writing, now).await?;
    }
    let organisation = writing.organisation.to_string();
    let members: Vec<Member> = db::all(writing.tx.up_to_date().await?, &organisation).await?;
    let teams: Vec<Team> = db::all(writing.tx.up_to_date().await?, &organisation).await?;
    let mut ever = queries::managing(writing).await?;
    let mut months = BTreeMap::new();
    for (manager, reps) in managed(&members, &teams) {
        let before = ever.entry(manager).or_default();
        for rep in reps.difference(&before.clone()) {
            queries::keep_managing(writing, manager, *rep).await?;
            before.insert(*rep);
        }
        for kept in queries::kept_of(writing, manager).await?.into_values() {
            let gained = reps.iter().filter(|rep| !kept.sight.every.contains(rep) && !kept.sight.withheld.contains(rep)).copied().collect();
            gain(writing, kept, gained, &ever, &mut months).await?;
        }
    }
    Ok(())
}

/// Lets somebody see every rating that `gained` got in a closed month, or none, where that would undo what was shown of it.
async fn gain(
    writing: &mut Writing,
    mut kept: Kept,
    gained: BTreeSet<MemberId>,
    ever: &BTreeMap<MemberId, BTreeSet<MemberId>>,
    months: &mut BTreeMap<NaiveDate, ClosedMonth>,
) -> Result<(), Error> {
    if gained.is_empty() {
        return Ok(());
    }
    let (viewer, first_day) = (kept.month.member, kept.month.first_day);
    if let Entry::Vacant(entry) = months.entry(first_day) {
        entry.insert(queries::closed(writing, first_day).await?);
    }
    let month = &months[&first_day];
    let every = kept.sight.every.union(&gained).copied().collect();
    if Lattice::new(month).is_safe(&sight(viewer, &every, ever), &kept.cells()) {
        kept.sight.every = every;
    } else {
        for rating in month.ratings.iter().filter(|rating| gained.contains(&rating.rep)) {
            queries::withhold(writing, viewer, rating.id).await?;
        }
        kept.sight.withheld.extend(gained);
    }
    queries::keep_sight(writing, &kept).await
}

/// What `viewer`, who sees every rating of some reps, sees of a month.
pub(super) fn sight(viewer: MemberId, every: &BTreeSet<MemberId>, ever: &BTreeMap<MemberId, BTreeSet<MemberId>>) -> Sight {
    Sight { every_of: every.clone(), named_of: BTreeSet::from([viewer]), some_of: ever.get(&viewer).cloned().unwrap_or_default() }
}

/// Whom each manager manages who may sign in.
pub(super) fn managed(members: &[Member], teams: &[Team]) -> BTreeMap<MemberId, BTreeSet<MemberId>> {
    let managers = members.iter().filter(|member| member.active && member.is(Role::Manager));
    let of = |manager: &Member| {
        let actor = Actor::new(manager.clone(), teams);
        (manager.id, members.iter().filter(|member| actor.manages(member)).map(|member| member.id).collect())
    };
    managers.map(of).collect()
}
