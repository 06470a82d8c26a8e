//! How long one more rating takes to reach everybody's score in a large organisation, for `make bench`: figures as JSON on standard output.

use app::{
    account::{Member, Role},
    id::{ContactId, CustomerId, MeetingId, MemberId, OrganisationId, RatingId, TeamId},
    meeting::{Channel, Meeting, MeetingFormat, MeetingStatus, Notes},
    organisation::Rules,
    survey::{Answers, Component, FollowUp, Rating, Way},
    team::Team,
};
use clap::Parser;
use server::{
    State, clock,
    config::Config,
    db::{Transaction, Writing},
    error::Error,
    organisation::{self, NewOrganisation},
    random,
    score::{mark_stale, refresh_stale},
};
use std::{collections::BTreeSet, time::Instant};

/// Fill an empty SQLite database and measure.
#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    config: Config,
    /// Reps.
    #[arg(long, default_value_t = 1000)]
    reps: usize,
    /// Ratings of each.
    #[arg(long, default_value_t = 50)]
    ratings: usize,
    /// Ratings to add one after the other; the figure is the median.
    #[arg(long, default_value_t = 21)]
    more: usize,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let Arguments { config, reps, ratings, more } = Arguments::parse();
    tracing_subscriber::fmt().with_env_filter(tracing_subscriber::EnvFilter::from_default_env()).init();
    let state = State::open(config).await?;
    let organisation = new_organisation(&state).await?;
    let mut random = fastrand::Rng::with_seed(1);
    let team = Team { id: TeamId(random::uuid()), name: "North".into(), parent: None };
    let reps: Vec<Member> = (0..reps).map(|number| new_rep(number, team.id)).collect();
    let customers: Vec<(CustomerId, ContactId)> =
        (0..reps.len() * 12).map(|_| (CustomerId(random::uuid()), ContactId(random::uuid()))).collect();
    let kept = reps.clone();
    state.writer.write(organisation, move |writing| Box::pin(async move { keep(writing, &team, &kept).await })).await?;
    for (number, rep) in reps.iter().enumerate() {
        let given: Vec<Rating> = (0..ratings)
            .map(|_| {
                // Mostly one's own customers, sometimes a neighbour's.
                let of = if random.u8(..5) == 0 { random.usize(..reps.len()) } else { number };
                new_rating(rep.id, customers[12 * of + random.usize(..12)], random.i64(0..300), &mut random)
            })
            .collect();
        state.writer.write(organisation, move |writing| Box::pin(async move { rate(writing, &given).await })).await?;
    }
    let refresh = async || {
        let start = Instant::now();
        refresh_stale(&state).await?;
        Ok::<f64, Error>(start.elapsed().as_secs_f64())
    };
    let anew = refresh().await?;
    let mut taken = Vec::new();
    for _ in 0..more {
        let rep = random.usize(..reps.len());
        let rating = new_rating(reps[rep].id, customers[12 * rep], 0, &mut random);
        state.writer.write(organisation, move |writing| Box::pin(async move { rate(writing, &[rating]).await })).await?;
        taken.push(1e3 * refresh().await?);
    }
    taken.sort_unstable_by(f64::total_cmp);
    eprintln!("one more rating, ms: {taken:.0?}");
    println!("{}", serde_json::json!({ "score_refresh_ms": taken.get(more / 2), "score_refresh_anew_s": anew }));
    state.db.close().await;
    Ok(())
}

async fn new_organisation(state: &State) -> Result<OrganisationId, Error> {
    let new = NewOrganisation {
        name: "Measured".into(),
        time_zone: "Europe/Amsterdam".into(),
        administrator: "Ada Administrator".into(),
        email: "ada@example.test".into(),
        password_hash: None,
        rules: Rules::default(),
    };
    Ok(organisation::create(&state.db, new).await?.0.id)
}

fn new_rep(number: usize, team: TeamId) -> Member {
    Member {
        id: MemberId(random::uuid()),
        name: format!("Rep {number}"),
        email: format!("rep-{number}@example.test"),
        team: Some(team),
        roles: BTreeSet::from([Role::Rep]),
        active: true,
    }
}

fn new_rating(rep: MemberId, (customer, contact): (CustomerId, ContactId), days_ago: i64, random: &mut fastrand::Rng) -> Rating {
    Rating {
        id: RatingId(random::uuid()),
        meeting: MeetingId(random::uuid()),
        customer,
        contact: Some(contact),
        rep,
        way: Way::Link,
        given_at: clock::now().plus_days(-days_ago),
        answers: Answers {
            components: Component::ALL.into_iter().map(|component| (component, random.u8(2..=5))).collect(),
            recommend: Some(random.u8(4..=10)),
            promises: Default::default(),
            comment: String::new(),
            follow_up: FollowUp::default(),
            hide_name: false,
        },
        first_answers: None,
        context: String::new(),
        exclusions: Vec::new(),
    }
}

async fn keep(writing: &mut Writing, team: &Team, reps: &[Member]) -> Result<(), Error> {
    organisation::save_team(writing, team).await?;
    for rep in reps {
        organisation::save_member(writing, rep).await?;
    }
    Ok(())
}

/// Ratings as they are once they were released, with their meetings.
async fn rate(writing: &mut Writing, ratings: &[Rating]) -> Result<(), Error> {
    mark_stale(writing).await?;
    let (organisation, sequence) = (writing.organisation.to_string(), writing.sequence);
    let Transaction::Sqlite(tx) = writing.tx.up_to_date().await? else { return Err(Error::Internal("measured on SQLite".into())) };
    for rating in ratings {
        let (id, rep, at) = (rating.id.to_string(), rating.rep.to_string(), rating.given_at.0);
        let (meeting, body) = (rating.meeting.to_string(), serde_json::to_string(rating)?);
        sqlx::query(
            "insert into rating (organisation, id, rep, rep_at, manager_at, hidden, sequence, body) values ($1, $2, $3, $4, $4, false, $5, $6)",
        )
        .bind(&organisation)
        .bind(&id)
        .bind(&rep)
        .bind(at)
        .bind(sequence)
        .bind(body)
        .execute(&mut **tx)
        .await?;
        let sql = "insert into submission (organisation, id, meeting, contact, rep, given_at, answers, counted)
            values ($1, $2, $3, '', $4, $5, '{}', true)";
        sqlx::query(sql).bind(&organisation).bind(&id).bind(&meeting).bind(&rep).bind(at).execute(&mut **tx).await?;
        let sql = "insert into meeting (organisation, id, customer, rep, starts_at, body) values ($1, $2, $3, $4, $5, $6)";
        let (customer, body) = (rating.customer.to_string(), serde_json::to_string(&held(rating))?);
        sqlx::query(sql).bind(&organisation).bind(&meeting).bind(customer).bind(&rep).bind(at).bind(body).execute(&mut **tx).await?;
    }
    Ok(())
}

/// The meeting that a rating is of.
fn held(rating: &Rating) -> Meeting {
    let (low, _) = rating.meeting.0.as_u64_pair();
    Meeting {
        id: rating.meeting,
        customer: rating.customer,
        rep: rating.rep,
        format: MeetingFormat::ALL[low as usize % MeetingFormat::ALL.len()],
        status: MeetingStatus::Held,
        starts_at: rating.given_at,
        offset_minutes: 60,
        length_minutes: 30,
        channel: Channel::Video,
        contacts: rating.contact.into_iter().collect(),
        colleagues: Vec::new(),
        notes: Notes::default(),
        corrections: Vec::new(),
        version: 1,
        history: Default::default(),
        calendar: None,
    }
}
