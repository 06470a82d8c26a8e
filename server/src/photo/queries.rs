use crate::{
    db::{Transaction, Writing, execute, fetch_all, fetch_optional},
    error::Error,
};
use app::{
    id::{OrganisationId, PhotoId},
    photo::PhotoSubject,
    sync::protocol::{Entity, Scope},
};

/// How many photos `subject` has.
pub async fn count(writing: &mut Writing, subject: PhotoSubject) -> Result<usize, Error> {
    let sql = "select count(*) from photo where organisation = $1 and subject = $2";
    let organisation = writing.organisation.to_string();
    let row = fetch_optional!(writing.tx.up_to_date().await?, (i64,), sql, organisation, subject.id().to_string())?;
    Ok(row.map_or(0, |(count,)| count as usize))
}

/// Keeps what a photo shows.
pub async fn add_content(writing: &mut Writing, id: PhotoId, content: &[u8]) -> Result<(), Error> {
    let sql = "insert into photo_content (organisation, id, content) values ($1, $2, $3)";
    let organisation = writing.organisation.to_string();
    execute!(writing.tx.up_to_date().await?, sql, organisation, id.to_string(), content)?;
    Ok(())
}

/// Removes what a photo showed.
pub async fn remove_content(writing: &mut Writing, id: PhotoId) -> Result<(), Error> {
    let sql = "delete from photo_content where organisation = $1 and id = $2";
    execute!(writing.tx.up_to_date().await?, sql, writing.organisation.to_string(), id.to_string())?;
    Ok(())
}

/// Counts bytes that came or, below zero, went. Returns how many the organisation keeps now.
pub async fn add_space(writing: &mut Writing, bytes: i64) -> Result<i64, Error> {
    let row = fetch_optional!(
        writing.tx.up_to_date().await?,
        (i64,),
        "insert into photo_space (organisation, bytes)
        values ($1, $2)
        on conflict (organisation) do update set bytes = photo_space.bytes + excluded.bytes
        returning bytes",
        writing.organisation.to_string(),
        bytes
    )?;
    row.map(|(bytes,)| bytes).ok_or_else(|| Error::Internal("an upsert returned no row".into()))
}

/// The scopes that hold a photo.
pub async fn holders(tx: &mut Transaction, organisation: OrganisationId, id: PhotoId) -> Result<Vec<Scope>, Error> {
    let rows = fetch_all!(
        tx,
        (String,),
        "select scope from change where organisation = $1 and entity = $2 and id = $3 and not gone",
        organisation.to_string(),
        Entity::Photo.as_str(),
        id.to_string()
    )?;
    rows.iter().map(|(scope,)| crate::db::read_kept(scope)).collect()
}

/// What a photo shows, if it is there.
pub async fn content(tx: &mut Transaction, organisation: OrganisationId, id: PhotoId) -> Result<Option<Vec<u8>>, Error> {
    let sql = "select content from photo_content where organisation = $1 and id = $2";
    let row = fetch_optional!(tx, (Vec<u8>,), sql, organisation.to_string(), id.to_string())?;
    Ok(row.map(|(content,)| content))
}
