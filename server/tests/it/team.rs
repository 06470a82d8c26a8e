//! The manager's team view over what the server lets the manager's phone hold.

mod administration;

use crate::{
    on_both_engines,
    support::{
        Phone,
        visitor::{Visit, submit},
    },
};
use app::{
    account::{Role, Viewed, Viewing, is_to_be_recorded, viewings_of},
    id::ViewingId,
    sync::{
        Replica,
        protocol::{Mutation, Outcome},
    },
    team,
};
use server::{clock, random, score::refresh_stale};

/// What a phone's screens read from.
async fn replica(phone: &mut Phone<'_>) -> Replica {
    let mut replica = Replica::default();
    phone.rows().await.into_iter().for_each(|row| replica.put(row));
    replica
}

on_both_engines! {
    async fn the_manager_sees_the_people_the_unhappy_and_the_neglected_of_the_own_team_only(app) {
        let (mut north, mut south) = (Visit::new(&app).await, Visit::new(&app).await);
        let path = north.ask().await;
        submit(&app, &path, &[("trust", "2"), ("comment", "Too long")]).await;
        refresh_stale(&app.state).await.expect("scores can be computed");
        let (manager, other) = (north.managers_phone.member.id, south.managers_phone.member.id);
        let (here, there) = (replica(&mut north.managers_phone).await, replica(&mut south.managers_phone).await);
        let people = team::reps(&here, manager);
        assert_eq!(people.iter().map(|rep| rep.id).collect::<Vec<_>>(), [north.rep.id]);
        let score = people[0].score.as_ref().expect("computed");
        assert_eq!((score.ratings, score.overall), (1, None), "not enough yet");
        let unhappy = team::unhappy(&here, manager, clock::now());
        assert_eq!(unhappy.iter().map(|line| line.who.words()).collect::<Vec<_>>(), ["Cora Contact, Acme"]);
        assert!(team::unhappy(&there, other, clock::now()).is_empty());
        let late = north.meeting.date() + chrono::TimeDelta::days(46);
        assert_eq!(team::neglected(&here, manager, late).iter().map(|line| line.id).collect::<Vec<_>>(), [north.customer.id]);
        assert!(team::neglected(&here, manager, north.meeting.date()).is_empty());
        assert!(team::neglected(&there, other, late).iter().all(|line| line.id != north.customer.id));
    }

    async fn a_manager_above_sees_the_teams_below(app) {
        let mut visit = Visit::new(&app).await;
        let above = app.team("All of it", None).await;
        let below = app::team::Team { id: visit.rep.team.expect("a team"), name: "North".into(), parent: Some(above.id) };
        app.state
            .writer
            .write(app.id(), move |writing| Box::pin(async move { server::organisation::save_team(writing, &below).await }))
            .await
            .expect("a team can be put below another");
        let head = app.member("Hanna Head", &above, &[Role::Manager]).await;
        let path = visit.ask().await;
        submit(&app, &path, &[("trust", "1")]).await;
        let mut phone = app.phone(&head).await;
        let seen = replica(&mut phone).await;
        assert_eq!(team::reps(&seen, head.id).iter().map(|rep| rep.id).collect::<Vec<_>>(), [visit.rep.id]);
        assert_eq!(team::unhappy(&seen, head.id, clock::now()).len(), 1);
        assert!(team::reps(&replica(&mut visit.phone).await, visit.rep.id).is_empty(), "a rep manages nobody");
    }

    async fn the_one_looked_at_sees_who_looked(app) {
        let mut visit = Visit::new(&app).await;
        let (rep, manager, today) = (visit.rep.id, visit.managers_phone.member.id, clock::now().date_at(0));
        let look = |viewer| {
            let viewing = Viewing { id: ViewingId(random::uuid()), viewer, subject: rep, viewed: Viewed::Score, on: today };
            Mutation::RecordViewing { viewing }
        };
        let due = is_to_be_recorded(&replica(&mut visit.managers_phone).await, manager, rep, Viewed::Score, today);
        assert!(due, "the first look of the day");
        visit.managers_phone.must(look(manager)).await;
        assert!(!is_to_be_recorded(&replica(&mut visit.managers_phone).await, manager, rep, Viewed::Score, today));
        let lines = viewings_of(&replica(&mut visit.phone).await, rep);
        assert_eq!(lines.iter().map(|line| (line.viewer.as_str(), line.on)).collect::<Vec<_>>(), [("Mia Manager", today)]);
        let mut elsewhere = Visit::new(&app).await;
        let outcome = elsewhere.managers_phone.make(look(elsewhere.managers_phone.member.id)).await;
        assert!(matches!(outcome, Outcome::Refused { .. }), "another team's manager cannot look: {outcome:?}");
    }
}
