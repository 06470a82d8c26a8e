use super::queries;
use crate::{
    account::{self, Audience},
    customer,
    db::{self, Writing},
    error::Error,
    meeting, promise,
};
use app::{
    account::{Actor, Member},
    id::{CustomerId, MemberId, PhotoId},
    meeting::Meeting,
    photo::{Photo, PhotoData, PhotoSubject},
    promise::Promise,
    sync::Refusal,
};

/// A photo of `actor`'s, attached to something that `actor` may change.
///
/// # Errors
/// [`Refusal`] where it is no photo, is one too many, or belongs to what `actor` may not change.
pub async fn attach(writing: &mut Writing, actor: &Actor, photo: &Photo, data: &PhotoData) -> Result<(), Error> {
    let customer = changeable(writing, actor, photo.subject).await?;
    photo.check(actor.member.id, queries::count(writing, photo.subject).await?)?;
    let content = photo.content(data)?;
    let photo = Photo { customer, ..photo.clone() };
    let audience = audience(writing, &photo).await?.ok_or_else(|| Refusal::not_found("customer"))?;
    db::add(writing, &photo, &audience)?;
    queries::add_content(writing, photo.id, &content).await?;
    if queries::add_space(writing, i64::from(photo.bytes)).await? > writing.room {
        return Err(Refusal::NoRoom.into());
    }
    Ok(())
}

/// Removes a photo that `actor`, or somebody whom `actor` manages, attached.
///
/// # Errors
/// [`Refusal::NotFound`] where it is not there or another's.
pub async fn delete(writing: &mut Writing, actor: &Actor, id: PhotoId) -> Result<(), Error> {
    let organisation = writing.organisation.to_string();
    let photo: Option<Photo> = db::find(writing.tx.up_to_date().await?, &organisation, &id.to_string()).await?;
    let photo = photo.ok_or_else(|| Refusal::not_found("photo"))?;
    let author = writing.find::<Member>(&photo.author.to_string()).await?;
    if !photo.may_remove(actor, author.as_deref()) {
        return Err(Refusal::not_found("photo").into());
    }
    remove(writing, &photo).await
}

/// Removes the photos of what is removed.
///
/// # Errors
/// The database's.
pub async fn remove_of(writing: &mut Writing, subject: PhotoSubject) -> Result<(), Error> {
    for photo in of(writing, subject).await? {
        remove(writing, &photo).await?;
    }
    Ok(())
}

/// Tells the photos of `subject` to whom it belongs now: after its people or its customer changed.
///
/// # Errors
/// The database's.
pub async fn follow(writing: &mut Writing, subject: PhotoSubject) -> Result<(), Error> {
    for photo in of(writing, subject).await? {
        republish(writing, photo).await?;
    }
    Ok(())
}

/// Tells all photos at the customer of that id to whom they belong now.
///
/// # Errors
/// The database's.
pub async fn republish_at_customer(writing: &mut Writing, id: &str) -> Result<(), Error> {
    let organisation = writing.organisation.to_string();
    for photo in db::by::<Photo>(writing.tx.up_to_date().await?, &organisation, "customer", id).await? {
        republish(writing, photo).await?;
    }
    Ok(())
}

/// Tells one photo, unless its customer is `member`'s own and told already.
///
/// # Errors
/// The database's.
pub async fn republish_one(writing: &mut Writing, member: MemberId, id: &str) -> Result<(), Error> {
    let organisation = writing.organisation.to_string();
    let Some(photo) = db::find::<Photo>(writing.tx.up_to_date().await?, &organisation, id).await? else { return Ok(()) };
    let customer = customer::standing_for(writing, photo.customer).await?;
    if customer.is_some_and(|customer| customer.owner != member) { republish(writing, photo).await } else { Ok(()) }
}

async fn of(writing: &mut Writing, subject: PhotoSubject) -> Result<Vec<Photo>, Error> {
    let organisation = writing.organisation.to_string();
    db::by(writing.tx.up_to_date().await?, &organisation, "subject", &subject.id().to_string()).await
}

async fn remove(writing: &mut Writing, photo: &Photo) -> Result<(), Error> {
    db::delete::<Photo>(writing, &photo.id.to_string()).await?;
    queries::remove_content(writing, photo.id).await?;
    queries::add_space(writing, -i64::from(photo.bytes)).await?;
    Ok(())
}

async fn republish(writing: &mut Writing, photo: Photo) -> Result<(), Error> {
    let Some(customer) = customer_of(writing, photo.subject).await? else { return Ok(()) };
    let photo = Photo { customer, ..photo };
    match audience(writing, &photo).await? {
        Some(audience) => db::save(writing, &photo, &audience).await,
        None => Ok(()),
    }
}

/// The customer of what `actor` may attach photos to: the same who may change it.
async fn changeable(writing: &mut Writing, actor: &Actor, subject: PhotoSubject) -> Result<CustomerId, Error> {
    Ok(match subject {
        PhotoSubject::Meeting(id) => meeting::own_or_managed(writing, actor, id).await?.customer,
        PhotoSubject::Promise(id) => promise::own(writing, actor, id).await?.customer,
    })
}

async fn customer_of(writing: &mut Writing, subject: PhotoSubject) -> Result<Option<CustomerId>, Error> {
    Ok(match subject {
        PhotoSubject::Meeting(id) => writing.find::<Meeting>(&id.to_string()).await?.map(|meeting| meeting.customer),
        PhotoSubject::Promise(id) => writing.find::<Promise>(&id.to_string()).await?.map(|promise| promise.customer),
    })
}

/// Who sees what it is attached to.
async fn audience(writing: &mut Writing, photo: &Photo) -> Result<Option<Audience>, Error> {
    let Some(customer) = customer::standing_for(writing, photo.customer).await? else { return Ok(None) };
    let audience = match photo.subject {
        PhotoSubject::Meeting(id) => match writing.find::<Meeting>(&id.to_string()).await? {
            Some(meeting) => meeting::audience(writing, &customer, &[meeting.rep]).await?,
            None => return Ok(None),
        },
        PhotoSubject::Promise(id) => match writing.find::<Promise>(&id.to_string()).await? {
            Some(promise) => promise::audience(writing, &customer, &promise).await?,
            None => return Ok(None),
        },
    };
    Ok(Some(account::photos(audience)))
}
