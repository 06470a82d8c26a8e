use super::{
    apply::save,
    release,
    submission::{self, Asked, By, Submission},
};
use crate::{
    db::{self, Writing, fetch_all},
    error::Error,
};
use app::{
    id::{ContactId, RatingId},
    meeting::Meeting,
    survey::Invitation,
};

/// Takes requests to rate a meeting, and what came of them, along to the customer and the person that the meeting was corrected to. The
/// ratings concerned, also those that have reached nobody yet.
///
/// # Errors
/// The database's.
pub async fn follow(writing: &mut Writing, before: &Meeting, after: &Meeting) -> Result<Vec<RatingId>, Error> {
    let (organisation, meeting) = (writing.organisation.to_string(), after.id.to_string());
    let invitations: Vec<Invitation> = db::by(writing.tx.up_to_date().await?, &organisation, "meeting", &meeting).await?;
    if invitations.is_empty() {
        return Ok(Vec::new());
    }
    let replaced = replaced(before, after, &invitations);
    let is_now = |contact: Option<ContactId>| match replaced {
        Some((gone, come)) if contact == Some(gone) => Some(come),
        _ => contact,
    };
    for invitation in invitations {
        let contact = is_now(invitation.contact);
        save(writing, &Invitation { customer: after.customer, contact, ..invitation }).await?;
    }
    // No index leads from a meeting to answers that do not count: this is rare, and each would cost every submission.
    let sql = "select id from submission where organisation = $1 and meeting = $2";
    let submissions = fetch_all!(writing.tx.up_to_date().await?, (String,), sql, &organisation, &meeting)?;
    let mut ratings = Vec::new();
    for (id,) in &submissions {
        let Some(it) = submission::find(writing.tx.up_to_date().await?, &organisation, By::Id, id).await? else { continue };
        let Some(rating) = it.rating()? else { continue };
        let contact = is_now(rating.contact).map(|contact| contact.to_string()).unwrap_or_default();
        let asked = it.asked.clone().map(|asked| Asked { customer: after.customer.to_string(), contact, ..asked });
        let it = Submission { asked, ..it };
        submission::update(writing, &it).await?;
        if let Some(reached) = release::reached(writing.tx.up_to_date().await?, &organisation, id).await? {
            release::publish(writing, &it, &reached).await?;
        }
        ratings.push(it.id);
    }
    Ok(ratings)
}

/// Who was taken for whom: where one person came in the place of one, and nobody asked the other as well. Where more changed, nobody knows.
fn replaced(before: &Meeting, after: &Meeting, invitations: &[Invitation]) -> Option<(ContactId, ContactId)> {
    let only_in = |one: &Meeting, other: &Meeting| -> Vec<ContactId> {
        one.contacts.iter().filter(|contact| !other.contacts.contains(contact)).copied().collect()
    };
    match (only_in(before, after).as_slice(), only_in(after, before).as_slice()) {
        ([gone], [come]) if invitations.iter().all(|it| it.contact != Some(*come)) => Some((*gone, *come)),
        _ => None,
    }
}
