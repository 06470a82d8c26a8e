use super::queries;
use crate::{
    State,
    account::{self, Session},
    error::Error,
    routes::{Access, Routes},
    sync,
};
use app::id::PhotoId;
use axum::{
    extract::{self, Path},
    http::{HeaderName, header},
    response::IntoResponse,
};

/// The routes of photos.
pub fn routes() -> Routes {
    Routes::default().get("/api/photos/{photo}", Access::Member, show)
}

/// Opened by itself it is an image and nothing else. What the app shows it keeps by itself; a browser that kept it too would still have it after a removal.
const HEADERS: [(HeaderName, &str); 2] =
    [(header::CONTENT_TYPE, "image/jpeg"), (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox")];

/// `GET /api/photos/{photo}`: what a photo shows, for whoever holds its row.
///
/// # Errors
/// [`NotFound`](app::sync::protocol::ProblemCode::NotFound), also where it is not to be seen: the two cannot be told apart.
async fn show(
    extract::State(state): extract::State<State>,
    session: Session,
    Path(photo): Path<String>,
) -> Result<impl IntoResponse, Error> {
    let id: PhotoId = photo.parse().map_err(|_| Error::not_found())?;
    let mut tx = state.db.read().await?;
    // The member as in this snapshot, as a pull has it.
    let member = session.actor.member.id.to_string();
    let actor = account::actor(&mut tx, session.organisation, &member).await?.ok_or_else(Error::signed_out)?;
    let seen = sync::scopes(&actor);
    if !queries::holders(&mut tx, session.organisation, id).await?.iter().any(|holder| seen.contains(holder)) {
        return Err(Error::not_found());
    }
    let content = queries::content(&mut tx, session.organisation, id).await?.ok_or_else(Error::not_found)?;
    Ok((HEADERS, content))
}
