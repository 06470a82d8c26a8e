//! What a link asks: read from everything that is known about it, decided by the rules that phones apply too.

use super::{link::Link, release::Zone, submission::Submission};
use crate::{
    customer,
    db::{self, Transaction, fetch_optional},
    error::Error,
};
use app::{
    account::Member,
    id::MemberId,
    meeting::Meeting,
    organisation::Organisation,
    promise::Promise,
    survey::{Calendar, Invitation, Questionnaire, promises_to_ask, recommend_is_due},
    team::Team,
    time::Timestamp,
};

/// A link that leads somewhere.
#[derive(Clone, Debug)]
pub(super) struct Opened {
    /// Whose customer follows it.
    pub(super) organisation: Organisation,
    /// Who is rated.
    pub(super) rep: Member,
    /// What it was bound to, where the phone that shows it has synced.
    pub(super) invitation: Option<Invitation>,
    /// Until when it can be used.
    pub(super) expires_at: Timestamp,
}

/// The link, if it is one: by one statement.
pub(super) async fn open(tx: &mut Transaction, link: &Link) -> Result<Option<Opened>, Error> {
    let row = fetch_optional!(
        tx,
        (String, i64, String, Option<String>),
        "select organisation.body, token.expires_at, member.body, invitation.body
        from organisation
        join token on token.organisation = organisation.id
        join member on member.organisation = token.organisation and member.id = token.member
        left join invitation on invitation.organisation = token.organisation and invitation.token_hash = token.hash
        where organisation.code = $1 and token.hash = $2",
        &link.code,
        link.hash()
    )?;
    let Some((organisation, expires_at, rep, invitation)) = row else { return Ok(None) };
    Ok(Some(Opened {
        organisation: serde_json::from_str(&organisation)?,
        rep: serde_json::from_str(&rep)?,
        invitation: invitation.as_deref().map(serde_json::from_str).transpose()?,
        expires_at: Timestamp(expires_at),
    }))
}

/// What an opened link asks.
pub(super) async fn of_link(tx: &mut Transaction, opened: &Opened) -> Result<Questionnaire, Error> {
    ask(tx, &opened.organisation, &opened.rep, opened.invitation.as_ref()).await
}

/// What a submission was asked, for correcting it.
pub(super) async fn of_submission(tx: &mut Transaction, organisation: &Organisation, it: &Submission) -> Result<Questionnaire, Error> {
    let id = organisation.id.to_string();
    let rep = rep(tx, &id, it.rep).await?;
    let invitation = match &it.asked {
        Some(asked) => db::find::<Invitation>(tx, &id, &asked.invitation).await?,
        None => None,
    };
    let mut questionnaire = ask(tx, organisation, &rep, invitation.as_ref()).await?;
    // What was answered can be corrected, also where it would not be asked any more.
    questionnaire.recommend |= it.answers.recommend.is_some();
    Ok(questionnaire)
}

async fn rep(tx: &mut Transaction, organisation: &str, id: MemberId) -> Result<Member, Error> {
    db::find(tx, organisation, &id.to_string()).await?.ok_or_else(Error::not_found)
}

async fn ask(
    tx: &mut Transaction,
    organisation: &Organisation,
    rep: &Member,
    invitation: Option<&Invitation>,
) -> Result<Questionnaire, Error> {
    let id = organisation.id.to_string();
    let (teams, members) = above(tx, &id, rep).await?;
    let mut questionnaire = Questionnaire::generic(organisation, rep, &members, &teams);
    let Some(invitation) = invitation else { return Ok(questionnaire) };
    let meeting: Option<Meeting> = db::find(tx, &id, &invitation.meeting.to_string()).await?;
    questionnaire.format = meeting.map(|meeting| meeting.format);
    let mut earlier: Vec<Invitation> = match invitation.contact {
        Some(contact) => db::by(tx, &id, "contact", &contact.to_string()).await?,
        None => Vec::new(),
    };
    earlier.retain(|it| it.id != invitation.id && it.asked_at <= invitation.asked_at);
    questionnaire.recommend = recommend_is_due(invitation.contact, &earlier, &organisation.rules, invitation.asked_at);
    let mut promises: Vec<Promise> = customer::at_all_one_with(tx, &id, &invitation.customer.to_string()).await?;
    promises.iter_mut().for_each(|promise| promise.customer = invitation.customer);
    let zone = Zone::of(organisation);
    let last_asked = earlier.iter().map(|it| it.asked_at).max().map(|at| zone.date(at));
    let today = zone.date(invitation.asked_at);
    questionnaire.promises = promises_to_ask(&promises, invitation.customer, invitation.rep, last_asked, today);
    Ok(questionnaire)
}

/// The rep's team and those above it, with their members: all who can be the rep's managers.
async fn above(tx: &mut Transaction, organisation: &str, rep: &Member) -> Result<(Vec<Team>, Vec<Member>), Error> {
    let (mut teams, mut members): (Vec<Team>, Vec<Member>) = Default::default();
    let mut next = rep.team;
    while let Some(id) = next.filter(|id| teams.iter().all(|team| team.id != *id)) {
        let Some(team) = db::find::<Team>(tx, organisation, &id.to_string()).await? else { break };
        members.extend(db::by::<Member>(tx, organisation, "team", &id.to_string()).await?);
        next = team.parent;
        teams.push(team);
    }
    Ok((teams, members))
}
