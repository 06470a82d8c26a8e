//! What customers sent: kept once, joined to its request, corrected within a day.

use crate::{
    db::{Transaction, Writing, execute, fetch_optional},
    error::Error,
};
use app::{
    id::{InvitationId, MemberId, RatingId},
    survey::{Answers, Invitation, Rating, Release, Way},
    time::Timestamp,
};

/// A submission as kept.
#[derive(Clone, Debug)]
pub(super) struct Submission {
    /// The rating that it makes.
    pub(super) id: RatingId,
    /// By which link, if by one.
    pub(super) token_hash: Option<String>,
    /// What it answers, where that is known.
    pub(super) asked: Option<Asked>,
    /// Who is rated.
    pub(super) rep: MemberId,
    /// When it was given.
    pub(super) given_at: Timestamp,
    /// The answers.
    pub(super) answers: Answers,
    /// The answers before a correction that came after release.
    pub(super) first_answers: Option<Answers>,
    /// SHA-256 of the secret for correcting.
    pub(super) secret_hash: Option<String>,
    /// Whether it counts for its meeting and contact.
    pub(super) counted: bool,
    /// When it reaches the rep, if it still will.
    pub(super) rep_due: Option<Timestamp>,
    /// When it reaches the managers, if it still will.
    pub(super) manager_due: Option<Timestamp>,
}

/// The request that a submission answers, as columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) invitation: String,
    pub(super) meeting: String,
    pub(super) customer: String,
    /// Empty where the meeting was logged without a contact.
    pub(super) contact: String,
}

impl From<&Invitation> for Asked {
    fn from(invitation: &Invitation) -> Self {
        Self {
            invitation: invitation.id.to_string(),
            meeting: invitation.meeting.to_string(),
            customer: invitation.customer.to_string(),
            contact: invitation.contact.map(|contact| contact.to_string()).unwrap_or_default(),
        }
    }
}

impl Submission {
    /// Sets when it reaches whom: never, where it does not count or nobody knows yet what it answers.
    pub(super) fn schedule(&mut self, release: Release) {
        let live = self.counted && self.asked.is_some();
        self.rep_due = release.rep.filter(|_| live);
        self.manager_due = live.then_some(release.manager);
    }

    /// The rating that it makes; nothing while nobody knows what it answers.
    pub(super) fn rating(&self) -> Result<Option<Rating>, Error> {
        let Some(asked) = &self.asked else { return Ok(None) };
        Ok(Some(Rating {
            id: self.id,
            meeting: id(&asked.meeting)?,
            customer: id(&asked.customer)?,
            contact: (!asked.contact.is_empty()).then(|| id(&asked.contact)).transpose()?,
            rep: self.rep,
            way: if self.token_hash.is_some() { Way::Link } else { Way::Handover },
            given_at: self.given_at,
            answers: self.answers.clone(),
            first_answers: self.first_answers.clone(),
            context: String::new(),
            exclusions: Vec::new(),
        }))
    }

    fn next_due(&self) -> Option<i64> {
        [self.rep_due, self.manager_due].into_iter().flatten().min().map(|at| at.0)
    }
}

/// An id as stored.
fn id<T: std::str::FromStr>(text: &str) -> Result<T, Error> {
    text.parse().map_err(|_| Error::Internal(format!("{text} is stored as an id")))
}

/// Keeps a new submission. False, and nothing kept, where its id, its link or its receipt is taken or, if it is to count, another counts.
pub(super) async fn insert(writing: &mut Writing, it: &Submission) -> Result<bool, Error> {
    let organisation = writing.organisation.to_string();
    let asked = it.asked.as_ref();
    let rows = execute!(
        writing.tx.up_to_date().await?,
        "insert into submission (
            organisation, id, token_hash, invitation, meeting, customer, contact, rep, given_at, answers, secret_hash, counted,
            rep_due, manager_due, next_due
        )
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
        on conflict do nothing",
        &organisation,
        it.id.to_string(),
        &it.token_hash,
        asked.map(|asked| &asked.invitation),
        asked.map(|asked| &asked.meeting),
        asked.map(|asked| &asked.customer),
        asked.map(|asked| &asked.contact),
        it.rep.to_string(),
        it.given_at.0,
        serde_json::to_string(&it.answers)?,
        &it.secret_hash,
        it.counted,
        it.rep_due.map(|at| at.0),
        it.manager_due.map(|at| at.0),
        it.next_due()
    )?;
    Ok(rows > 0)
}

/// Keeps what changed of a submission.
pub(super) async fn update(writing: &mut Writing, it: &Submission) -> Result<(), Error> {
    let organisation = writing.organisation.to_string();
    let asked = it.asked.as_ref();
    execute!(
        writing.tx.up_to_date().await?,
        "update submission
        set invitation = $3, meeting = $4, customer = $5, contact = $6, answers = $7, first_answers = $8, counted = $9,
            rep_due = $10, manager_due = $11, next_due = $12
        where organisation = $1 and id = $2",
        &organisation,
        it.id.to_string(),
        asked.map(|asked| &asked.invitation),
        asked.map(|asked| &asked.meeting),
        asked.map(|asked| &asked.customer),
        asked.map(|asked| &asked.contact),
        serde_json::to_string(&it.answers)?,
        it.first_answers.as_ref().map(serde_json::to_string).transpose()?,
        it.counted,
        it.rep_due.map(|at| at.0),
        it.manager_due.map(|at| at.0),
        it.next_due()
    )?;
    Ok(())
}

/// Whether some submission counts already for this meeting and contact.
pub(super) async fn is_counted(writing: &mut Writing, asked: &Asked) -> Result<bool, Error> {
    let row = fetch_optional!(
        writing.tx.up_to_date().await?,
        (String,),
        "select id from submission where organisation = $1 and meeting = $2 and contact = $3 and counted",
        writing.organisation.to_string(),
        &asked.meeting,
        &asked.contact
    )?;
    Ok(row.is_some())
}

/// By what a submission is looked up.
#[derive(Clone, Copy, Debug)]
pub(super) enum By {
    /// Its rating's id.
    Id,
    /// The hash of its link.
    Token,
    /// The hash of its receipt.
    Secret,
}

/// The submission that `key` names, if there is one.
pub(super) async fn find(tx: &mut Transaction, organisation: &str, by: By, key: &str) -> Result<Option<Submission>, Error> {
    macro_rules! columns {
        ($column:literal) => {
            concat!(
                "select id, token_hash, invitation, meeting, customer, contact, rep, given_at, answers, first_answers, secret_hash,
                    counted, rep_due, manager_due
                from submission where organisation = $1 and ",
                $column,
                " = $2"
            )
        };
    }
    let sql = match by {
        By::Id => columns!("id"),
        By::Token => columns!("token_hash"),
        By::Secret => columns!("secret_hash"),
    };
    let row: Option<Columns> = fetch_optional!(tx, Columns, sql, organisation, key)?;
    row.map(Submission::try_from).transpose()
}

/// A row of `submission`.
#[derive(sqlx::FromRow)]
pub(super) struct Columns {
    id: String,
    token_hash: Option<String>,
    invitation: Option<String>,
    meeting: Option<String>,
    customer: Option<String>,
    contact: Option<String>,
    rep: String,
    given_at: i64,
    answers: String,
    first_answers: Option<String>,
    secret_hash: Option<String>,
    counted: bool,
    rep_due: Option<i64>,
    manager_due: Option<i64>,
}

impl TryFrom<Columns> for Submission {
    type Error = Error;

    fn try_from(row: Columns) -> Result<Self, Error> {
        let asked = match (row.invitation, row.meeting, row.customer, row.contact) {
            (Some(invitation), Some(meeting), Some(customer), Some(contact)) => Some(Asked { invitation, meeting, customer, contact }),
            _ => None,
        };
        Ok(Self {
            id: id(&row.id)?,
            token_hash: row.token_hash,
            asked,
            rep: id(&row.rep)?,
            given_at: Timestamp(row.given_at),
            answers: serde_json::from_str(&row.answers)?,
            first_answers: row.first_answers.as_deref().map(serde_json::from_str).transpose()?,
            secret_hash: row.secret_hash,
            counted: row.counted,
            rep_due: row.rep_due.map(Timestamp),
            manager_due: row.manager_due.map(Timestamp),
        })
    }
}

/// The invitation that a submission answers.
pub(super) fn invitation_of(submission: &Submission) -> Result<Option<InvitationId>, Error> {
    submission.asked.as_ref().map(|asked| id(&asked.invitation)).transpose()
}
