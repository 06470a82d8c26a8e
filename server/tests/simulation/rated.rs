//! What customers answer by the links that they are shown, and what must come of it: whoever answers first is kept, once.

use crate::{
    host::{Host, People},
    sight::Sight,
    step::End,
    world::World,
};
use app::{
    id::{InvitationId, MemberId, MutationId},
    survey::{Answers, Rating, StockToken},
    sync::{
        protocol::{Mutation, Outcome, Row},
        replica::Replica,
    },
};
use std::collections::{BTreeMap, BTreeSet};

/// The links of a schedule.
pub struct Rated {
    /// What each member still has in stock.
    stock: BTreeMap<MemberId, Vec<StockToken>>,
    /// What customers were shown.
    shown: Vec<Shown>,
    /// The first comments on [`Rated::shown`] when the last backup was made.
    backup: Vec<Option<String>>,
    /// How often a page was opened.
    pages: u32,
}

/// A link that a customer was shown.
struct Shown {
    link: StockToken,
    invitation: InvitationId,
    /// The comment that arrived first.
    first: Option<String>,
}

/// Answers as the database has them.
#[derive(sqlx::FromRow)]
struct Submission {
    token_hash: String,
    invitation: Option<String>,
    meeting: Option<String>,
    contact: Option<String>,
    answers: String,
    counted: bool,
}

impl Rated {
    pub fn new(people: &People) -> Self {
        let stock = people.members.iter().map(|member| member.id).zip(people.links.iter().cloned()).collect();
        Self { stock, shown: Vec::new(), backup: Vec::new(), pages: 0 }
    }

    /// The link that `member` shows next.
    pub fn next_link(&self, member: MemberId) -> Option<&StockToken> {
        self.stock[&member].last()
    }

    /// `member` showed it.
    pub fn show(&mut self, member: MemberId, invitation: InvitationId) {
        let link = self.stock.get_mut(&member).and_then(Vec::pop).expect("it was the next");
        self.shown.push(Shown { link, invitation, first: None });
    }

    pub fn backed_up(&mut self) {
        self.backup = self.shown.iter().map(|shown| shown.first.clone()).collect();
    }

    /// What came after the backup is lost, as nobody but the customer has it.
    pub fn restored(&mut self) {
        let firsts = self.backup.iter().cloned().chain(std::iter::repeat(None));
        self.shown.iter_mut().zip(firsts).for_each(|(shown, first)| shown.first = first);
    }

    /// Somebody opens the page of a link and answers.
    pub async fn answer(&mut self, server: &mut Host, link: usize, process: usize, hide_name: bool, end: End) {
        if self.shown.is_empty() || matches!(end, End::Lost | End::Status(_)) {
            return;
        }
        self.pages += 1;
        let link = link % self.shown.len();
        let shown = &mut self.shown[link];
        let (comment, secret) = (format!("Answer-{}", self.pages), format!("{:026}", self.pages));
        let hidden = if hide_name { "&hide_name=yes" } else { "" };
        let form = format!("listening={}&comment={comment}&secret={secret}{hidden}", 1 + self.pages % 5);
        for _ in 0..if end == End::Twice { 2 } else { 1 } {
            let reply = server.submit(process, &format!("/s/{}", shown.link.token), form.clone()).await;
            assert_eq!(reply.status, 200, "no link is too old or unknown");
            let first = shown.first.get_or_insert_with(|| comment.clone());
            assert_eq!(reply.body.contains(&secret), *first == comment, "only whoever was first hears of a receipt");
        }
    }
}

impl World {
    /// Every answer that arrived is there once, and is a rating where its request was accepted.
    pub async fn check_that_answers_are_kept_once(&mut self, outcomes: &BTreeMap<MutationId, Outcome>) {
        let sql = "select token_hash, invitation, meeting, contact, answers, counted from submission";
        let kept: Vec<Submission> = self.server.select(sql).await;
        let accepted: BTreeSet<InvitationId> = self
            .saved
            .iter()
            .flatten()
            .chain(&self.wiped)
            .filter(|item| matches!(outcomes.get(&item.envelope.id), Some(Outcome::Accepted { .. })))
            .filter_map(|item| match item.mutation.as_deref() {
                Some(Mutation::Invite { invitation, .. }) => Some(invitation.id),
                _ => None,
            })
            .collect();
        let answered: Vec<(&Shown, &String)> = self.rated.shown.iter().filter_map(|shown| Some((shown, shown.first.as_ref()?))).collect();
        assert_eq!(kept.len(), answered.len(), "each link is used once");
        for (shown, first) in answered {
            let kept = kept.iter().find(|it| it.token_hash == shown.link.hash.0).expect("what arrived is kept");
            let answers: Answers = serde_json::from_str(&kept.answers).expect("answers");
            assert_eq!(answers.comment, *first, "whoever answered first");
            let invitation = Some(shown.invitation).filter(|it| accepted.contains(it));
            assert_eq!(kept.invitation, invitation.map(|it| it.to_string()), "joined to what was asked");
        }
        let asked = |it: &&Submission| it.invitation.is_some();
        let of = |it: &Submission| (it.meeting.clone(), it.contact.clone());
        let meetings: BTreeSet<_> = kept.iter().filter(asked).map(of).collect();
        let counted: Vec<_> = kept.iter().filter(asked).filter(|it| it.counted).map(of).collect();
        assert_eq!(counted.len(), meetings.len(), "one counts per meeting and contact");
        assert_eq!(counted.into_iter().collect::<BTreeSet<_>>(), meetings, "one counts per meeting and contact");
        assert_eq!(self.ratings().await.len(), meetings.len(), "which makes a rating");
    }

    /// Those that were released.
    pub async fn ratings(&mut self) -> Vec<Rating> {
        let rows: Vec<(String,)> = self.server.select("select body from rating").await;
        rows.iter().map(|(body,)| serde_json::from_str(body).expect("a rating")).collect()
    }
}

/// Whoever may see a rating has it.
pub fn check_that_ratings_reach(member: MemberId, shown: &Replica, sight: &Sight, ratings: &[Rating]) {
    let theirs = ratings.iter().filter(|rating| sight.may_see(member, &Row::Rating((*rating).clone())));
    let theirs: BTreeSet<_> = theirs.map(|rating| rating.id).collect();
    assert_eq!(shown.ratings.keys().copied().collect::<BTreeSet<_>>(), theirs, "the ratings that {member} may see");
}
