//! Writes that share a transaction.

use crate::{on_both_engines, support::TestApp};
use app::{id::TeamId, sync::Refusal, team::Team};
use server::{
    db::{self, Writing},
    error::Error,
    organisation, random, score,
};
use std::collections::BTreeSet;
use tokio::sync::oneshot;

/// A write that holds the writer until all others wait, and what lets it end, to be polled after them.
fn gate(app: &TestApp) -> (impl Future<Output = Result<(), Error>>, impl Future<Output = ()>) {
    let (open, opened) = oneshot::channel::<()>();
    let gate =
        app.state.writer.write(app.id(), |_| Box::pin(async move { opened.await.map_err(|_| Error::Internal("the gate broke".into())) }));
    let all_wait = async {
        tokio::task::yield_now().await;
        open.send(()).expect("the gate waits");
    };
    (gate, all_wait)
}

fn team(name: &str) -> Team {
    Team { id: TeamId(random::uuid()), name: name.into(), parent: None }
}

on_both_engines! {
    async fn of_writes_that_share_a_transaction_what_fails_leaves_no_trace_and_the_rest_is_kept(app) {
        let (writer, id) = (&app.state.writer, app.id());
        let (gate, all_wait) = gate(&app);
        let named = |name: &'static str, fails: bool| {
            writer.write(id, move |writing| {
                Box::pin(async move {
                    organisation::save_team(writing, &team(name)).await?;
                    score::mark_stale(writing).await?;
                    if fails { Err(Refusal::NotYours.into()) } else { Ok(writing.sequence) }
                })
            })
        };
        let (gate, lost, one, again, two, ()) =
            tokio::join!(gate, named("Lost", true), named("One", false), named("Lost too", true), named("Two", false), all_wait);
        gate.expect("the gate opens");
        assert!(lost.is_err() && again.is_err());
        let (one, two) = (one.expect("kept"), two.expect("kept"));
        assert_eq!(one, two, "one transaction, one number");
        assert_eq!(app.number("select count(*) from team where body like '%\"One\"%' or body like '%\"Two\"%'").await, 2);
        assert_eq!(app.number("select count(*) from team where body like '%Lost%'").await, 0);
        assert_eq!(app.number("select changed from scoring").await, two, "noted again after it was undone with the first");
        assert_eq!(app.number("select count(*) from change where entity = 'team' and not gone").await, app.number("select count(*) from team").await);
    }

    async fn of_a_write_that_fails_half_way_nothing_is_kept_either_before_or_after_a_savepoint_of_its_own(app) {
        let (writer, id) = (&app.state.writer, app.id());
        let (gate, all_wait) = gate(&app);
        let broken = writer.write(id, |writing| {
            Box::pin(async move {
                for name in ["Lost early", "Lost late"] {
                    writing.savepoint().await?;
                    organisation::save_team(writing, &team(name)).await?;
                    writing.release().await?;
                }
                writing.savepoint().await?;
                organisation::save_team(writing, &team("Lost in the midst")).await?;
                Err::<(), _>(Error::Internal("it broke".into()))
            })
        });
        let kept = writer.write(id, |writing| {
            Box::pin(async move { organisation::save_team(writing, &team("Kept")).await })
        });
        let (gate, broken, kept, ()) = tokio::join!(gate, broken, kept, all_wait);
        gate.expect("the gate opens");
        kept.expect("the next is done");
        assert!(broken.is_err());
        assert_eq!(app.number("select count(*) from team where body like '%Lost%'").await, 0);
        assert_eq!(app.number("select count(*) from team where body like '%Kept%'").await, 1);
    }

    async fn what_a_transaction_read_once_it_reads_anew_after_it_wrote_or_undid_it(app) {
        let work = app.state.writer.write(app.id(), |writing| {
            Box::pin(async move {
                let team = |name: &str| Team { id: TeamId(uuid::Uuid::from_u128(7)), name: name.into(), parent: None };
                let key = team("").id.to_string();
                let mut names = vec![name_of(writing, &key).await?];
                db::add(writing, &team("North"), &BTreeSet::new())?;
                names.push(name_of(writing, &key).await?);
                writing.savepoint().await?;
                db::save(writing, &team("South"), &BTreeSet::new()).await?;
                names.push(name_of(writing, &key).await?);
                writing.undo().await?;
                names.push(name_of(writing, &key).await?);
                db::add(writing, &team("West"), &BTreeSet::new())?;
                let taken = writing.flush().await;
                assert!(matches!(taken, Err(Error::Refused(Refusal::IdTaken))), "{taken:?}");
                names.push(name_of(writing, &key).await?);
                db::delete::<Team>(writing, &key).await?;
                names.push(name_of(writing, &key).await?);
                Ok(names)
            })
        });
        let names = work.await.expect("it is done");
        assert_eq!(names.iter().map(Option::as_deref).collect::<Vec<_>>(), [None, Some("North"), Some("South"), Some("North"), Some("North"), None]);
    }
}

async fn name_of(writing: &mut Writing, key: &str) -> Result<Option<String>, Error> {
    Ok(writing.find::<Team>(key).await?.map(|team| team.name.clone()))
}
