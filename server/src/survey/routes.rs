//! `/s/LINK`, the survey; `/r/RECEIPT`, what was sent; `/api/survey/tokens`, links for a phone's stock.

use super::{
    answer::{self, Answered, CORRECTABLE_HOURS},
    link::Link,
    page::{self, Note, Survey, Thanks},
    questionnaire,
    receipt::{self, Receipt},
    release::Zone,
    submission::{self, By},
    token,
};
use crate::{
    State, clock,
    error::Error,
    routes::{Access, Routes},
};
use app::{
    organisation::Organisation,
    survey::{Answers, FormError, Hiding, field, parse, parse_so_far},
    time::Timestamp,
};
use axum::{
    Form,
    extract::{self, DefaultBodyLimit, Path, rejection::FormRejection},
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use tower_http::compression::{CompressionLayer, predicate::SizeAbove};

/// The largest form: the longest comment in four-byte characters, each byte percent-encoded, and the rest.
const FORM_BYTES_MAX: usize = 4 * 3 * app::text::NOTE_MAX + 4096;
/// Holds the receipt of the link whose path it is set for.
const RECEIPT_COOKIE: &str = "qdos-receipt";

type Pairs = Result<Form<Vec<(String, String)>>, FormRejection>;

/// The customer's pages and the phone's stock.
pub fn routes() -> Routes {
    let pages = Routes::default()
        .get("/s/{link}", Access::Anyone, show)
        .post("/s/{link}", Access::Anyone, submit)
        .get("/r/{receipt}", Access::Anyone, read)
        .post("/r/{receipt}", Access::Anyone, correct)
        .post("/r/{receipt}/comment", Access::Anyone, comment)
        .layer(DefaultBodyLimit::max(FORM_BYTES_MAX))
        .layer(axum::middleware::map_response(private))
        // The survey itself is worth it; thanks are not.
        .layer(CompressionLayer::new().compress_when(SizeAbove::new(4096)));
    pages.post("/api/survey/tokens", Access::Member, token::issue)
}

/// These pages are for one person, once.
async fn private(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex"));
    response
}

/// `GET /s/LINK`: the survey, or why it is not there. Opening it changes nothing.
async fn show(extract::State(state): extract::State<State>, Path(link): Path<String>, cookies: CookieJar) -> Result<Response, Error> {
    let Some(link) = Link::read(&link) else { return Ok(unknown(&state)) };
    let mut tx = state.db.read().await?;
    let Some(opened) = questionnaire::open(&mut tx, &link).await? else { return Ok(unknown(&state)) };
    let organisation = opened.organisation.id.to_string();
    if let Some(used) = submission::find(&mut tx, &organisation, By::Token, &link.hash()).await? {
        let own = cookies.get(RECEIPT_COOKIE).and_then(|cookie| Link::read(cookie.value()));
        let own = own.filter(|own| Some(own.hash()) == used.secret_hash && clock::now() < answer::correctable_until(used.given_at));
        return Ok(done(&state, own.map(|own| receipt_path(&own))));
    }
    if opened.expires_at <= clock::now() {
        return Ok(expired(&state));
    }
    let questionnaire = questionnaire::of_link(&mut tx, &opened).await?;
    let survey = Survey {
        questionnaire,
        answers: None,
        action: survey_path(&link),
        secret: Some(Link::new(&link.code).secret().to_owned()),
        hiding: Hiding::InTime,
        error: None,
    };
    Ok(Html(page::survey(stylesheet(&state), survey)).into_response())
}

/// `POST /s/LINK`: the deliberate submission, which uses the link.
async fn submit(
    extract::State(state): extract::State<State>,
    Path(link): Path<String>,
    cookies: CookieJar,
    form: Pairs,
) -> Result<Response, Error> {
    let Some(link) = Link::read(&link) else { return Ok(unknown(&state)) };
    let Form(pairs) = match form {
        Ok(form) => form,
        Err(rejection) => return Ok(not_a_form(&state, rejection.status())),
    };
    let answers = match parse(&pairs) {
        Ok(answers) => answers,
        Err(error) => return ask_again(&state, &link, &pairs, error).await,
    };
    // Looked at before, too: whoever guesses does not get to write.
    let opened = questionnaire::open(&mut state.db.look().await?, &link).await?;
    let Some(opened) = opened else { return Ok(unknown(&state)) };
    let secret = pairs.iter().find(|(name, _)| name == field::SECRET).and_then(|(_, secret)| Link::with_secret(&link.code, secret));
    let own = secret.unwrap_or_else(|| Link::new(&link.code));
    let (organisation, token_hash, secret_hash, given) = (opened.organisation.clone(), link.hash(), own.hash(), answers.clone());
    let answered = state
        .writer
        .write(opened.organisation.id, move |writing| {
            Box::pin(async move { answer::by_link(writing, &organisation, token_hash, secret_hash, given).await })
        })
        .await?;
    match answered {
        Answered::Kept { correctable_until } => {
            let receipt = receipt_path(&own);
            let thanks = Thanks {
                rep: opened.rep.name,
                answers,
                address: state.config.public().join(&receipt).map_err(|e| Error::Internal(e.to_string()))?.into(),
                receipt,
                until: until(&opened.organisation, correctable_until),
            };
            let cookie = receipt_cookie(&link, &own, state.config.is_https());
            Ok((cookies.add(cookie), Html(page::thanks(stylesheet(&state), thanks))).into_response())
        }
        Answered::Used => Ok(done(&state, None)),
        Answered::Expired => Ok(expired(&state)),
        Answered::Unknown => Ok(unknown(&state)),
    }
}

/// The survey once more, with what was chosen and what is wrong.
async fn ask_again(state: &State, link: &Link, pairs: &[(String, String)], error: FormError) -> Result<Response, Error> {
    let mut tx = state.db.read().await?;
    let Some(opened) = questionnaire::open(&mut tx, link).await? else { return Ok(unknown(state)) };
    let survey = Survey {
        questionnaire: questionnaire::of_link(&mut tx, &opened).await?,
        answers: parse_so_far(pairs).ok(),
        action: survey_path(link),
        secret: Some(Link::new(&link.code).secret().to_owned()),
        hiding: Hiding::InTime,
        error: Some(error),
    };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page::survey(stylesheet(state), survey))).into_response())
}

/// `GET /r/RECEIPT`: what was sent, to be changed.
async fn read(extract::State(state): extract::State<State>, Path(text): Path<String>) -> Result<Response, Error> {
    let Some(link) = Link::read(&text) else { return Ok(unknown(&state)) };
    let mut tx = state.db.read().await?;
    let Some(organisation) = token::organisation_of(&mut tx, &link.code).await? else { return Ok(unknown(&state)) };
    match receipt::find(&mut tx, &organisation.id.to_string(), &link.hash(), clock::now()).await? {
        Receipt::Open(it, hiding) => {
            let survey = Survey {
                questionnaire: questionnaire::of_submission(&mut tx, &organisation, &it).await?,
                answers: Some(it.answers),
                action: receipt_path(&link),
                secret: None,
                hiding,
                error: None,
            };
            Ok(Html(page::survey(stylesheet(&state), survey)).into_response())
        }
        Receipt::Closed => Ok(closed(&state)),
        Receipt::Unknown => Ok(unknown(&state)),
    }
}

/// `POST /r/RECEIPT`: all answers anew.
async fn correct(extract::State(state): extract::State<State>, Path(text): Path<String>, form: Pairs) -> Result<Response, Error> {
    let Some(link) = Link::read(&text) else { return Ok(unknown(&state)) };
    let Form(pairs) = match form {
        Ok(form) => form,
        Err(rejection) => return Ok(not_a_form(&state, rejection.status())),
    };
    match parse(&pairs) {
        Ok(answers) => change(&state, &link, move |kept| *kept = answers).await,
        Err(error) => {
            let mut tx = state.db.read().await?;
            let Some(organisation) = token::organisation_of(&mut tx, &link.code).await? else { return Ok(unknown(&state)) };
            let found = receipt::find(&mut tx, &organisation.id.to_string(), &link.hash(), clock::now()).await?;
            let Receipt::Open(it, hiding) = found else { return Ok(closed(&state)) };
            let survey = Survey {
                questionnaire: questionnaire::of_submission(&mut tx, &organisation, &it).await?,
                answers: parse_so_far(&pairs).ok().or(Some(it.answers)),
                action: receipt_path(&link),
                secret: None,
                hiding,
                error: Some(error),
            };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page::survey(stylesheet(&state), survey))).into_response())
        }
    }
}

/// `POST /r/RECEIPT/comment`: the open question, answered after the rest.
async fn comment(extract::State(state): extract::State<State>, Path(text): Path<String>, form: Pairs) -> Result<Response, Error> {
    let Some(link) = Link::read(&text) else { return Ok(unknown(&state)) };
    let Form(pairs) = match form {
        Ok(form) => form,
        Err(rejection) => return Ok(not_a_form(&state, rejection.status())),
    };
    if !pairs.iter().any(|(name, _)| name == field::COMMENT) {
        // An empty comment takes back the one before; something else than a comment does not.
        return Ok(not_a_form(&state, StatusCode::BAD_REQUEST));
    }
    match parse_so_far(&pairs) {
        Ok(Answers { comment, .. }) => change(&state, &link, move |kept| kept.comment = comment).await,
        Err(_) => Ok(too_long(&state)),
    }
}

async fn change(state: &State, link: &Link, change: impl FnOnce(&mut Answers) + Send + 'static) -> Result<Response, Error> {
    let mut tx = state.db.read().await?;
    let Some(organisation) = token::organisation_of(&mut tx, &link.code).await? else { return Ok(unknown(state)) };
    let (id, secret_hash) = (organisation.id, link.hash());
    // Looked at before, too: whoever guesses does not get to write.
    match receipt::find(&mut tx, &id.to_string(), &secret_hash, clock::now()).await? {
        Receipt::Open(..) => drop(tx),
        Receipt::Closed => return Ok(closed(state)),
        Receipt::Unknown => return Ok(unknown(state)),
    }
    let write = state
        .writer
        .write(id, move |writing| Box::pin(async move { receipt::correct(writing, &organisation, &secret_hash, change).await }));
    match write.await? {
        Receipt::Open(..) => Ok(changed(state, receipt_path(link))),
        Receipt::Closed => Ok(closed(state)),
        Receipt::Unknown => Ok(unknown(state)),
    }
}

fn survey_path(link: &Link) -> String {
    format!("/s/{}", link.text)
}

fn receipt_path(receipt: &Link) -> String {
    format!("/r/{}", receipt.text)
}

/// Lets the device that answered read and correct; sent back only to the link that was used. It goes with the browser's session, and the
/// server ends what it opens after a day.
fn receipt_cookie(link: &Link, receipt: &Link, https: bool) -> Cookie<'static> {
    Cookie::build((RECEIPT_COOKIE, receipt.text.clone()))
        .path(survey_path(link))
        .http_only(true)
        .secure(https)
        // Lax, so that it is there when the link is followed again from a message.
        .same_site(SameSite::Lax)
        .build()
}

/// An instant as people say it where the organisation is.
fn until(organisation: &Organisation, at: Timestamp) -> String {
    Zone::of(organisation).local(at).format("%A %-d %B, %H:%M").to_string()
}

/// Empty where the app was not built.
fn stylesheet(state: &State) -> &str {
    state.assets.files.get("survey.css").map_or("", String::as_str)
}

fn say(state: &State, status: StatusCode, note: Note) -> Response {
    (status, Html(page::note(stylesheet(state), note))).into_response()
}

fn unknown(state: &State) -> Response {
    let text = "Please check that you have the whole address, or ask the person who gave it to you for a new one.".to_owned();
    say(state, StatusCode::NOT_FOUND, Note { title: "This link leads nowhere", text, link: None, done: false })
}

fn expired(state: &State) -> Response {
    let text = "It was meant for the days after your meeting. Nothing is expected of you; after your next meeting there may be a new one."
        .to_owned();
    say(state, StatusCode::GONE, Note { title: "This link is too old", text, link: None, done: false })
}

fn closed(state: &State) -> Response {
    let text = format!("Answers can be read and changed for {CORRECTABLE_HOURS} hours. Yours are in; thank you.");
    say(state, StatusCode::GONE, Note { title: "The time for changes is over", text, link: None, done: false })
}

fn done(state: &State, receipt: Option<String>) -> Response {
    let text = "This link was used and has done its work.".to_owned();
    let link = receipt.map(|path| (path, "Read or change my answers"));
    say(state, StatusCode::OK, Note { title: "Thank you", text, link, done: true })
}

fn changed(state: &State, receipt: String) -> Response {
    let text = "Your answers are as you want them.".to_owned();
    let link = Some((receipt, "Read or change my answers"));
    say(state, StatusCode::OK, Note { title: "Saved. Thank you", text, link, done: true })
}

fn too_long(state: &State) -> Response {
    let text = "Go back and shorten your words a little; the answers that you sent are safe.".to_owned();
    say(state, StatusCode::UNPROCESSABLE_ENTITY, Note { title: "That is more than we can keep", text, link: None, done: false })
}

/// Something other than what the page sends.
fn not_a_form(state: &State, status: StatusCode) -> Response {
    let text = if status == StatusCode::PAYLOAD_TOO_LARGE {
        "Go back and shorten your words, then send again."
    } else {
        "Go back, open the page again and send once more."
    };
    say(state, status, Note { title: "That did not arrive", text: text.to_owned(), link: None, done: false })
}
