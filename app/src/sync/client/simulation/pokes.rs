//! Being told that there is something to pull, one sentence each.

use super::{
    stories::{is_pull, settle, settled, until},
    world::{End, Step, World},
};
use crate::sync::{
    answer::Trouble,
    client::{Connection, Effect, Event},
    sample::customer,
};

/// How many of what waits in a tab are such effects.
fn count(world: &World, tab: usize, wanted: fn(&Effect) -> bool) -> usize {
    world.to_do(tab).into_iter().filter(|effect| wanted(effect)).count()
}

fn is_listen(effect: &Effect) -> bool {
    matches!(effect, Effect::Listen)
}

fn is_stop(effect: &Effect) -> bool {
    matches!(effect, Effect::StopListening)
}

/// Does all that waits in tab 0; how often it pulled.
fn pulls(world: &mut World) -> usize {
    let mut pulls = 0;
    while !world.to_do(0).is_empty() {
        pulls += usize::from(is_pull(world.to_do(0)[0]));
        world.act(0, true, End::Well);
    }
    pulls
}

#[test]
fn a_poke_is_followed_by_one_pull() {
    let mut world = settled();
    world.tell(0, Event::Poked);
    assert_eq!(pulls(&mut world), 1);
    world.take(Step::Wait(60));
    assert_eq!(pulls(&mut world), 0, "what was pulled is not pulled again");
}

#[test]
fn however_many_pokes_come_during_a_pull_one_more_follows() {
    for pokes in [1, 2, 20] {
        let mut world = settled();
        world.tell(0, Event::Poked);
        until(&mut world, is_pull);
        (0..pokes).for_each(|_| world.tell(0, Event::Poked));
        assert_eq!(pulls(&mut world), 2, "{pokes} pokes");
    }
}

#[test]
fn what_is_saved_goes_up_before_a_poke_is_followed() {
    let mut world = settled();
    world.tell(0, Event::Poked);
    until(&mut world, is_pull);
    world.commit(0, vec![customer(1)]);
    world.tell(0, Event::Poked);
    assert_eq!(pulls(&mut world), 2, "the push's own pull is the poke's, too");
    assert_eq!(world.server.rows().customers.len(), 1);
}

#[test]
fn a_poke_does_not_hurry_a_server_that_is_busy() {
    let mut world = settled();
    world.tell(0, Event::Poked);
    until(&mut world, is_pull);
    world.act(0, true, End::Failed(Trouble::Busy(None)));
    world.tell(0, Event::Poked);
    assert_eq!(count(&world, 0, is_pull), 0);
    world.take(Step::Wait(2));
    assert_eq!(pulls(&mut world), 1, "it is followed in time");
}

#[test]
fn one_tab_listens_for_all() {
    let mut world = World::new();
    world.open(1);
    for _ in 0..20 {
        assert_eq!(count(&world, 1, is_listen), 0);
        world.act(0, true, End::Well);
        world.act(1, true, End::Well);
    }
    world.kill(0);
    assert_eq!(count(&world, 1, is_listen), 1, "the next to send is the next to listen");
}

#[test]
fn nobody_listens_while_there_is_nobody_to_look_or_no_network_or_no_session() {
    let hidden = |world: &mut World| world.tell(0, Event::Hidden);
    let offline = |world: &mut World| world.tell(0, Event::Offline);
    let signed_out = |world: &mut World| {
        world.tell(0, Event::Poked);
        until(world, is_pull);
        world.act(0, true, End::Failed(Trouble::SignedOut));
    };
    type Told = (fn(&mut World), fn() -> Event);
    let cases: [Told; 3] = [(hidden, || Event::Visible), (offline, || Event::Online), (signed_out, || Event::SignedIn)];
    for (stop, again) in cases {
        let mut world = settled();
        stop(&mut world);
        assert_eq!(count(&world, 0, is_stop), 1);
        settle(&mut world);
        world.take(Step::Wait(3_600));
        assert_eq!(count(&world, 0, is_listen), 0);
        settle(&mut world);
        world.tell(0, again());
        while count(&world, 0, is_listen) == 0 {
            assert!(!world.to_do(0).is_empty(), "it listens again");
            world.act(0, true, End::Well);
        }
    }
}

#[test]
fn a_stream_that_opens_tells_that_the_way_to_the_server_is_whole_again() {
    let mut world = settled();
    world.tell(0, Event::Poked);
    until(&mut world, is_pull);
    world.act(0, true, End::Failed(Trouble::Offline));
    assert_eq!((pulls(&mut world), world.client(0).health().connection), (0, Connection::Offline));
    world.tell(0, Event::Listening);
    assert_eq!(pulls(&mut world), 1);
    assert_eq!(world.client(0).health().connection, Connection::UpToDate);
}

#[test]
fn a_stream_that_does_not_open_is_tried_again_ever_later() {
    let mut world = settled();
    world.tell(0, Event::NotListening);
    for wait in [2, 4, 8, 16, 32, 64, 128, 256, 300, 300] {
        settle(&mut world);
        world.take(Step::Wait(wait - 1));
        assert_eq!(count(&world, 0, is_listen), 0, "before {wait} seconds");
        settle(&mut world);
        world.take(Step::Wait(1));
        assert_eq!(count(&world, 0, is_listen), 1, "after {wait} seconds");
        until(&mut world, is_listen);
        world.act(0, true, End::Failed(Trouble::Server));
    }
    settle(&mut world);
    assert_eq!(world.client(0).health().connection, Connection::UpToDate, "without a stream it pulls all the same");
}
