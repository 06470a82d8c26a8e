use app::{
    account::{Actor, Member, Role},
    customer::{Contact, Customer},
    id::{ContactId, CustomerId, InvitationId, MeetingId, MemberId, TeamId},
    meeting::{Channel, Meeting, MeetingFormat, MeetingStatus, Notes},
    organisation::{Organisation, Rules},
    survey::{Invitation, InvitationState, Way},
    sync::protocol::Mutation,
    team::Team,
};
use server::{
    State, clock,
    db::{Db, Writing},
    error::Error,
    organisation, random, survey, sync,
};
use std::collections::BTreeSet;

/// Reps in a team.
const TEAM: usize = 10;
/// Links that a rep's customers hold: all of one customer's contacts.
const LINKS: usize = 50;

/// An organisation with a team of one rep.
pub struct Filled {
    pub organisation: Organisation,
    pub team: Team,
    pub rep: Member,
}

impl Filled {
    /// In an empty database.
    pub async fn new(state: &State) -> Result<Self, Error> {
        let new = organisation::NewOrganisation {
            name: "Measured".into(),
            time_zone: "Europe/Amsterdam".into(),
            administrator: "Ada Administrator".into(),
            email: "ada@example.test".into(),
            password_hash: None,
            // So many on one day are fine for once; all other rules are the default.
            rules: Rules { ask_per_rep_and_day: LINKS as u16, ..Rules::default() },
        };
        let (organisation, _) = organisation::create(&state.db, new).await?;
        let mut filled = Self { organisation, team: new_team(), rep: new_rep(TeamId(random::uuid())) };
        filled.rep.team = Some(filled.team.id);
        filled.keep(state, vec![filled.rep.clone()], filled.team.clone()).await?;
        Ok(filled)
    }

    /// Paths of `wanted` surveys that different contacts are asked to fill in.
    pub async fn invite(&self, state: &State, wanted: usize) -> Result<Vec<String>, Error> {
        let mut paths = Vec::with_capacity(wanted);
        while paths.len() < wanted {
            let first = paths.is_empty();
            paths.extend(self.invite_by_a_team(state).await?);
            if first {
                // PostgreSQL's autovacuum would notice within a minute that tables are not empty any more; until then it reads them whole.
                analyze(&state.db).await?;
            }
        }
        analyze(&state.db).await?;
        paths.truncate(wanted);
        Ok(paths)
    }

    async fn keep(&self, state: &State, reps: Vec<Member>, team: Team) -> Result<(), Error> {
        state.writer.write(self.organisation.id, move |writing| Box::pin(async move { keep(writing, &team, &reps).await })).await
    }

    /// One meeting of each rep of a new team, with as many contacts as are asked.
    async fn invite_by_a_team(&self, state: &State) -> Result<Vec<String>, Error> {
        let team = new_team();
        let reps: Vec<Member> = (0..TEAM).map(|_| new_rep(team.id)).collect();
        let organisation = self.organisation.clone();
        let work = state.writer.write(self.organisation.id, move |writing| {
            Box::pin(async move {
                keep(writing, &team, &reps).await?;
                let mut paths = Vec::with_capacity(TEAM * LINKS);
                for rep in reps {
                    paths.extend(invite_by(writing, &organisation, rep).await?);
                }
                Ok(paths)
            })
        });
        work.await
    }
}

async fn keep(writing: &mut Writing, team: &Team, reps: &[Member]) -> Result<(), Error> {
    organisation::save_team(writing, team).await?;
    for rep in reps {
        organisation::save_member(writing, rep).await?;
    }
    Ok(())
}

async fn invite_by(writing: &mut Writing, organisation: &Organisation, rep: Member) -> Result<Vec<String>, Error> {
    let stock = survey::keep_links(writing.tx.up_to_date().await?, organisation, rep.id, LINKS as u16, writing.now).await?;
    let paths = stock.iter().map(|token| format!("/s/{}", token.token)).collect();
    let customer = new_customer(rep.id);
    let contacts: Vec<Contact> = (1..=LINKS).map(|number| new_contact(customer.id, number)).collect();
    let meeting = Meeting { contacts: contacts.iter().map(|it| it.id).collect(), ..held(rep.id, customer.id) };
    let invitations: Vec<_> = contacts.iter().zip(stock).map(|(it, token)| (asked(&meeting, it.id), Some(token.hash))).collect();
    let mut mutations = vec![Mutation::CreateCustomer { customer }];
    mutations.extend(contacts.into_iter().map(|contact| Mutation::CreateContact { contact }));
    mutations.push(Mutation::CreateMeeting { meeting });
    mutations.extend(invitations.into_iter().map(|(invitation, token)| Mutation::Invite { invitation, token }));
    let actor = Actor::new(rep, []);
    for mutation in &mutations {
        sync::apply(writing, &actor, mutation).await?;
    }
    Ok(paths)
}

async fn analyze(db: &Db) -> Result<(), Error> {
    if let Db::Postgres(pool) = db {
        sqlx::query("analyze").execute(pool).await?;
    }
    Ok(())
}

fn new_team() -> Team {
    Team { id: TeamId(random::uuid()), name: "Team".into(), parent: None }
}

fn new_rep(team: TeamId) -> Member {
    let id = MemberId(random::uuid());
    Member {
        id,
        name: "Rik Rep".into(),
        email: format!("{id}@example.test"),
        team: Some(team),
        roles: BTreeSet::from([Role::Rep]),
        active: true,
    }
}

/// A customer of `owner`.
pub fn new_customer(owner: MemberId) -> Customer {
    Customer {
        id: CustomerId(random::uuid()),
        name: "Bakery Molen".into(),
        place: "Utrecht".into(),
        industry: String::new(),
        size: Default::default(),
        owner,
        co_owners: BTreeSet::new(),
        owned_since: clock::now().date_at(0),
        tier: Default::default(),
        window_days: None,
        ideal_days: None,
        archived: false,
        united: None,
        version: 0,
        history: Default::default(),
    }
}

/// Somebody of `customer`.
pub fn new_contact(customer: CustomerId, number: usize) -> Contact {
    Contact {
        id: ContactId(random::uuid()),
        customer,
        name: format!("Contact {number}"),
        role: "Buyer".into(),
        email: String::new(),
        phone: String::new(),
        archived: false,
        version: 0,
        history: Default::default(),
    }
}

/// A meeting held just now, with nobody yet.
pub fn held(rep: MemberId, customer: CustomerId) -> Meeting {
    Meeting {
        id: MeetingId(random::uuid()),
        customer,
        rep,
        format: MeetingFormat::Discovery,
        status: MeetingStatus::Held,
        starts_at: clock::now(),
        offset_minutes: 0,
        length_minutes: 60,
        channel: Channel::InPerson,
        contacts: Vec::new(),
        colleagues: Vec::new(),
        notes: Notes::default(),
        corrections: Vec::new(),
        version: 0,
        history: Default::default(),
        calendar: None,
    }
}

fn asked(meeting: &Meeting, contact: ContactId) -> Invitation {
    Invitation {
        id: InvitationId(random::uuid()),
        meeting: meeting.id,
        customer: meeting.customer,
        contact: Some(contact),
        rep: meeting.rep,
        way: Way::Link,
        asked_at: clock::now(),
        state: InvitationState::Asked,
    }
}
