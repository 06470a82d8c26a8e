//! Single stories, one sentence each.

use super::world::{End, Step, World};
use crate::{
    browser::tabs::TabMessage,
    id::{DeviceId, MutationId},
    sync::{
        answer::Trouble,
        client::{Connection, Effect, Event},
        outbox::{Item, ItemState, RefusedBy},
        protocol::{Envelope, Mutation, Push},
        sample::{ME, a_contact, a_customer, contact, customer, rename_customer, sealed},
    },
    time::Timestamp,
};
use uuid::Uuid;

/// Does everything that waits in tab 0, each effect well, until nothing but timers is left.
pub(super) fn settle(world: &mut World) {
    while !world.to_do(0).is_empty() {
        world.act(0, true, End::Well);
    }
}

/// A phone with everything exchanged.
pub(super) fn settled() -> World {
    let mut world = World::new();
    settle(&mut world);
    world
}

/// Does what waits in tab 0 until its next effect is one of these.
pub(super) fn until(world: &mut World, wanted: fn(&Effect) -> bool) {
    while !world.to_do(0).first().copied().is_some_and(wanted) {
        assert!(!world.to_do(0).is_empty(), "it never came");
        world.act(0, true, End::Well);
    }
}

fn is_push(effect: &Effect) -> bool {
    matches!(effect, Effect::Push(..))
}

fn pushes(world: &World) -> usize {
    world.to_do(0).into_iter().filter(|effect| is_push(effect)).count()
}

pub(super) fn is_pull(effect: &Effect) -> bool {
    matches!(effect, Effect::Pull(_))
}

fn states(world: &World) -> Vec<ItemState> {
    world.client(0).outbox().items().map(|item| item.state.clone()).collect()
}

fn connection(world: &World) -> Connection {
    world.client(0).health().connection
}

#[test]
fn a_mutation_whose_first_answer_was_cut_off_arrives_once() {
    let mut world = settled();
    world.commit(0, vec![customer(1)]);
    until(&mut world, is_push);
    world.act(0, true, End::Cut);
    assert_eq!(states(&world), [ItemState::OnThisPhone], "as far as the phone knows");
    assert_eq!(connection(&world), Connection::Troubled);
    world.take(Step::Wait(2));
    settle(&mut world);
    assert_eq!(states(&world), [ItemState::Accepted]);
    assert_eq!(world.server.rows().customers.len(), 1);
    assert_eq!(connection(&world), Connection::UpToDate);
}

#[test]
fn an_item_goes_from_this_phone_over_received_to_accepted_and_never_flickers() {
    let mut world = settled();
    world.commit(0, vec![customer(1)]);
    assert_eq!(states(&world), [ItemState::OnThisPhone]);
    until(&mut world, is_pull);
    assert!(matches!(states(&world)[..], [ItemState::Received { .. }]));
    while !world.to_do(0).is_empty() {
        world.check_that_what_was_saved_is_kept_and_shown();
        world.act(0, true, End::Well);
    }
    assert_eq!(states(&world), [ItemState::Accepted]);
    world.check_that_what_was_saved_is_kept_and_shown();
}

#[test]
fn a_kill_at_any_step_of_an_exchange_loses_nothing() {
    for kill_after in 0..12 {
        let mut world = settled();
        world.commit(0, vec![customer(1), contact(10, 1), rename_customer(1, "New name")]);
        (0..kill_after).for_each(|_| world.act(0, true, End::Well));
        world.kill(0);
        world.open(0);
        world.check_that_what_was_saved_is_kept_and_shown();
        settle(&mut world);
        assert_eq!(states(&world), [ItemState::Accepted, ItemState::Accepted, ItemState::Accepted], "killed after {kill_after}");
        assert_eq!(world.client(0).replica().as_ref(), world.server.rows());
    }
}

/// A phone whose database is given the first of two pages, the next one asked for.
fn reading_pages() -> World {
    let mut world = settled();
    world.commit(0, (1..=4).map(customer).collect());
    until(&mut world, is_pull);
    world.act(0, true, End::Well);
    assert!(matches!(world.to_do(0)[..], [Effect::Store(..), Effect::Pull(_)]), "{:?}", world.to_do(0));
    world
}

#[test]
fn a_page_is_asked_for_while_the_last_one_is_being_stored() {
    for front in [true, false] {
        let mut world = reading_pages();
        while !world.to_do(0).is_empty() {
            world.act(0, front, End::Well);
        }
        assert_eq!(states(&world), vec![ItemState::Accepted; 4]);
        assert_eq!(&world.as_stored(), world.server.rows());
    }
}

#[test]
fn a_page_that_could_not_be_stored_takes_the_one_asked_for_with_it() {
    for answered_first in [true, false] {
        let mut world = reading_pages();
        if answered_first {
            world.act(0, false, End::Well);
        }
        world.act(0, true, End::Failed(Trouble::Server));
        assert_eq!(world.client(0).replica().customers.len(), 4, "what was saved shows");
        world.take(Step::Wait(2));
        settle(&mut world);
        assert_eq!(states(&world), vec![ItemState::Accepted; 4]);
        assert_eq!(&world.as_stored(), world.server.rows(), "no page is missing");
    }
}

#[test]
fn what_is_saved_between_pages_need_not_wait_for_the_last() {
    let mut world = settled();
    world.commit(0, (1..=4).map(customer).collect());
    until(&mut world, is_pull);
    world.commit(0, vec![customer(5)]);
    world.act(0, true, End::Well);
    assert!(!world.to_do(0).into_iter().any(is_pull), "nothing is asked for ahead");
    until(&mut world, is_push);
}

#[test]
fn a_refused_item_needs_the_person_and_holds_up_nobody() {
    let mut world = settled();
    world.commit(0, vec![contact(10, 7), customer(1)]);
    settle(&mut world);
    assert!(matches!(states(&world)[..], [ItemState::NeedsYou { .. }, ItemState::Accepted]));
    let replica = world.client(0).replica();
    assert!(replica.contacts.is_empty(), "the rows show what the server has");
    assert_eq!(world.client(0).health().needing_you, 1);
}

#[test]
fn a_refused_item_is_sent_again_where_a_restored_backup_has_lost_what_became_of_it() {
    let mut world = settled();
    world.take(Step::BackUp);
    world.commit(0, vec![contact(10, 7)]);
    settle(&mut world);
    world.take(Step::Restore);
    world.commit(0, vec![customer(1)]);
    world.heal();
    assert!(matches!(states(&world)[..], [ItemState::NeedsYou { .. }, ItemState::Accepted]));
    assert_eq!(world.server.receipts(), 2, "the administrator finds it in quarantine again");
}

#[test]
fn answers_that_the_server_cannot_count_need_nobody_here_and_stay_as_long_as_what_was_accepted() {
    let mut world = settled();
    world.take(Step::BackUp);
    world.commit(0, vec![sealed(1)]);
    settle(&mut world);
    assert!(matches!(states(&world)[..], [ItemState::NeedsYou { by: RefusedBy::Server, .. }]));
    assert_eq!(world.client(0).health().needing_you, 0);
    world.take(Step::Restore);
    world.commit(0, vec![customer(1)]);
    world.heal();
    assert_eq!(world.server.receipts(), 2, "the administrators have them again");
    for (days, kept) in [(29, 2), (2, 0)] {
        (0..days * 2).for_each(|_| world.take(Step::Wait(43_200)));
        settle(&mut world);
        world.commit(0, vec![]);
        settle(&mut world);
        assert_eq!(states(&world).len(), kept);
    }
}

#[test]
fn what_the_person_let_go_is_not_lost_though_the_server_never_had_it() {
    let mut world = settled();
    world.commit(0, vec![customer(1)]);
    until(&mut world, is_push);
    world.act(0, true, End::Failed(Trouble::Malformed));
    settle(&mut world);
    assert!(matches!(states(&world)[..], [ItemState::NeedsYou { by: RefusedBy::Phone, .. }]));
    world.let_go(1);
    settle(&mut world);
    for n in 2..=3 {
        world.commit(0, vec![customer(n)]);
        settle(&mut world);
        assert_eq!(world.client(0).health().lost, 0);
        world.kill(0);
        world.open(0);
        settle(&mut world);
    }
    assert_eq!(states(&world), [ItemState::Accepted, ItemState::Accepted]);
}

#[test]
fn what_is_lost_stays_said_whichever_of_two_pushes_is_answered_last() {
    for front in [true, false] {
        let mut world = settled();
        world.take(Step::BackUp);
        world.commit(0, (1..=3).map(customer).collect());
        settle(&mut world);
        world.lose(2);
        world.take(Step::Restore);
        until(&mut world, is_push);
        world.commit(0, vec![customer(4)]);
        assert_eq!(pushes(&world), 2, "the later one cannot say yet that the first three were sent");
        while !world.to_do(0).is_empty() {
            world.act(0, front, End::Well);
        }
        assert_eq!(states(&world), vec![ItemState::Accepted; 3]);
        assert_eq!(world.client(0).health().lost, 1);
    }
}

/// A refused item that an administrator decided about.
fn decided() -> World {
    let mut world = settled();
    world.take(Step::BackUp);
    world.commit(0, vec![contact(10, 7)]);
    settle(&mut world);
    let refused = world.client(0).outbox().get(1).expect("saved").envelope.id;
    world.server.discard(refused);
    world.tell(0, Event::SyncNow);
    settle(&mut world);
    world
}

#[test]
fn what_an_administrator_decided_about_needs_the_person_no_more() {
    let world = decided();
    assert!(matches!(states(&world)[..], [ItemState::Settled { .. }]), "{:?}", states(&world));
    assert_eq!(world.client(0).health().needing_you, 0);
}

#[test]
fn a_decision_outlives_a_restored_backup_that_knows_it_and_no_other() {
    let mut world = decided();
    world.take(Step::Restore);
    world.commit(0, vec![customer(1)]);
    world.heal();
    assert!(matches!(states(&world)[..], [ItemState::NeedsYou { .. }, ItemState::Accepted]), "the administrator must decide again");
    let mut world = decided();
    world.take(Step::BackUp);
    world.commit(0, vec![customer(1)]);
    settle(&mut world);
    world.take(Step::Restore);
    world.commit(0, vec![customer(2)]);
    world.heal();
    assert!(matches!(states(&world)[..], [ItemState::Settled { .. }, ItemState::Accepted, ItemState::Accepted]), "{:?}", states(&world));
}

#[test]
fn the_end_of_a_session_pauses_the_queue_until_there_is_one_again() {
    let mut world = settled();
    world.commit(0, vec![customer(1)]);
    until(&mut world, is_push);
    world.act(0, true, End::Failed(Trouble::SignedOut));
    assert_eq!(connection(&world), Connection::SignedOut);
    world.commit(0, vec![customer(2)]);
    world.take(Step::Wait(3_600));
    settle(&mut world);
    assert_eq!(states(&world), [ItemState::OnThisPhone, ItemState::OnThisPhone], "saved, and not tried");
    world.tell(0, Event::SignedIn);
    settle(&mut world);
    assert_eq!(states(&world), [ItemState::Accepted, ItemState::Accepted]);
}

#[test]
fn a_revoked_device_delivers_what_it_holds_and_empties_itself_wherever_it_is_killed() {
    for kill_after in 0..12 {
        let mut world = settled();
        world.server.revoked = true;
        world.commit(0, vec![customer(1), customer(2)]);
        for _ in 0..kill_after {
            world.act(0, true, End::Well);
        }
        world.kill(0);
        world.open(0);
        settle(&mut world);
        assert_eq!(world.server.receipts(), 2, "killed after {kill_after}");
        assert!(world.server.delivered_all && world.server.rows().customers.is_empty(), "nothing of it is applied");
        assert!(world.is_empty(), "killed after {kill_after}");
    }
}

#[test]
fn nothing_is_wiped_before_it_was_delivered() {
    let mut world = settled();
    world.server.revoked = true;
    world.commit(0, vec![customer(1)]);
    for trouble in [Trouble::Offline, Trouble::Timeout, Trouble::Server, Trouble::SignedOut] {
        until(&mut world, |effect| matches!(effect, Effect::Deliver(..)));
        world.act(0, true, End::Failed(trouble));
        assert_eq!(states(&world), [ItemState::OnThisPhone], "{trouble}");
        world.tell(0, Event::SyncNow);
    }
    until(&mut world, |effect| matches!(effect, Effect::Deliver(..)));
    world.act(0, true, End::Cut);
    assert_eq!(states(&world), [ItemState::OnThisPhone], "the receipt was lost on the way");
    assert_eq!(connection(&world), Connection::Revoked);
    world.take(Step::Wait(300));
    settle(&mut world);
    assert!(world.is_empty() && world.server.receipts() == 1);
}

#[test]
fn what_another_tab_saves_while_a_revoked_device_says_that_this_was_all_is_delivered_too() {
    let mut world = settled();
    world.server.revoked = true;
    world.open(1);
    world.commit(0, vec![customer(1)]);
    until(&mut world, |effect| matches!(effect, Effect::Deliver(_, delivery) if delivery.last));
    world.commit(1, vec![customer(2)]);
    settle(&mut world);
    assert_eq!(world.server.receipts(), 2);
    assert!(world.is_empty());
}

#[test]
fn a_push_too_large_for_the_server_is_sent_in_parts() {
    let mut world = settled();
    world.commit(0, (1..=13).map(customer).collect());
    world.heal();
    world.check_that_what_was_saved_is_kept_and_shown();
    assert_eq!(world.server.rows().customers.len(), 13, "more than this server takes at once");
}

#[test]
fn sync_now_tries_at_once_whatever_failed_before() {
    let mut world = settled();
    world.commit(0, vec![customer(1)]);
    for _ in 0..5 {
        until(&mut world, is_push);
        world.act(0, true, End::Failed(Trouble::Timeout));
        world.tell(0, Event::SyncNow);
    }
    settle(&mut world);
    assert_eq!(connection(&world), Connection::UpToDate);
}

#[test]
fn offline_nothing_is_tried_and_the_queue_goes_on_when_the_network_is_back() {
    let mut world = settled();
    world.tell(0, Event::Offline);
    world.commit(0, vec![customer(1)]);
    settle(&mut world);
    assert_eq!((connection(&world), world.client(0).health().unsent), (Connection::Offline, 1));
    world.tell(0, Event::Online);
    settle(&mut world);
    assert_eq!((connection(&world), world.client(0).health().unsent), (Connection::UpToDate, 0));
}

#[test]
fn only_the_tab_with_the_lock_sends_and_the_others_follow() {
    let mut world = settled();
    world.open(1);
    world.commit(1, vec![customer(1)]);
    assert!(world.announced(1, TabMessage::Saved));
    assert!(!world.to_do(1).into_iter().any(is_push));
    for _ in 0..40 {
        world.act(1, true, End::Well);
        world.act(0, true, End::Well);
    }
    assert_eq!(states(&world), [ItemState::Accepted]);
    assert_eq!(world.client(1).replica(), world.client(0).replica());
}

#[test]
fn a_tab_that_is_not_looked_at_gives_way_to_one_that_is() {
    let mut world = settled();
    world.open(1);
    world.tell(0, Event::Hidden);
    settle(&mut world);
    world.commit(1, vec![customer(1)]);
    for _ in 0..20 {
        world.act(1, true, End::Well);
    }
    assert_eq!(world.server.rows().customers.len(), 1, "the first tab may sleep for hours");
}

#[test]
fn what_a_restored_backup_lost_is_sent_again_before_what_builds_on_it() {
    let mut world = settled();
    world.take(Step::BackUp);
    world.commit(0, vec![customer(1)]);
    settle(&mut world);
    world.take(Step::Restore);
    world.commit(0, vec![contact(10, 1)]);
    world.heal();
    assert_eq!(states(&world), [ItemState::Accepted, ItemState::Accepted]);
    assert_eq!((world.server.rows().customers.len(), world.server.rows().contacts.len()), (1, 1));
}

#[test]
fn accepted_items_are_kept_for_thirty_days() {
    let mut world = settled();
    world.commit(0, vec![customer(1)]);
    settle(&mut world);
    for (days, kept) in [(29, 1), (2, 0)] {
        (0..days * 2).for_each(|_| world.take(Step::Wait(43_200)));
        settle(&mut world);
        world.commit(0, vec![]);
        settle(&mut world);
        assert_eq!(states(&world).len(), kept);
    }
    assert_eq!(world.client(0).replica().customers.len(), 1, "the row stays");
}

/// A phone whose first push was answered, while its receipt waits to be stored, and which has sent the next.
fn pushing_ahead(first: Vec<Mutation>, next: Vec<Mutation>) -> World {
    let mut world = settled();
    world.server.back_up();
    world.commit(0, first);
    world.commit(0, next);
    until(&mut world, is_push);
    world.act(0, true, End::Well);
    let waits = |wanted: fn(&Effect) -> bool| world.to_do(0).into_iter().any(wanted);
    assert!(waits(|effect| matches!(effect, Effect::Store(..))) && waits(is_push), "both are under way");
    world
}

#[test]
fn the_next_push_leaves_while_receipts_are_stored_and_needs_none_of_them_stored() {
    for stores in [End::Well, End::Failed(Trouble::Server)] {
        let mut world = pushing_ahead(vec![customer(1)], vec![contact(10, 1), customer(2)]);
        until(&mut world, |effect| matches!(effect, Effect::Store(..)));
        world.act(0, true, stores);
        settle(&mut world);
        world.take(Step::Wait(60));
        settle(&mut world);
        assert_eq!(states(&world), [ItemState::Accepted, ItemState::Accepted, ItemState::Accepted]);
        assert_eq!(world.server.receipts(), 3, "each once");
    }
}

#[test]
fn where_receipts_cannot_be_stored_what_was_answered_after_them_is_not_stored_before_them() {
    let mut world = pushing_ahead(vec![customer(1)], vec![contact(10, 1)]);
    while pushes(&world) > 0 {
        world.act(0, false, End::Well);
    }
    until(&mut world, |effect| matches!(effect, Effect::Store(..)));
    world.act(0, true, End::Failed(Trouble::Server));
    settle(&mut world);
    assert_eq!(states(&world), [ItemState::OnThisPhone, ItemState::OnThisPhone]);
    world.take(Step::Wait(60));
    settle(&mut world);
    assert_eq!(states(&world), [ItemState::Accepted, ItemState::Accepted]);
    assert_eq!(world.server.receipts(), 2, "each once");
}

#[test]
fn two_pushes_travel_together_where_neither_touches_what_the_other_does() {
    let failures = [End::Well, End::Cut, End::Failed(Trouble::Offline), End::Failed(Trouble::Server), End::Failed(Trouble::SignedOut)];
    for (first, second) in failures.into_iter().flat_map(|first| failures.map(|second| (first, second))) {
        for front in [true, false] {
            let mut world = settled();
            world.commit(0, vec![customer(1)]);
            until(&mut world, is_push);
            world.commit(0, vec![contact(10, 1)]);
            assert_eq!(pushes(&world), 1, "a contact waits for its customer");
            world.commit(0, vec![customer(2)]);
            assert_eq!(pushes(&world), 2, "another customer does not");
            let mut ends = [first, second].into_iter();
            while pushes(&world) > 0 {
                let waiting = world.to_do(0);
                let next = if front { waiting.first() } else { waiting.last() };
                let end = next.filter(|effect| is_push(effect)).and_then(|_| ends.next());
                world.act(0, front, end.unwrap_or(End::Well));
            }
            world.heal();
            assert_eq!(states(&world), vec![ItemState::Accepted; 3], "{first:?}, {second:?}");
            assert_eq!(world.server.receipts(), 3, "each once");
        }
    }
}

#[test]
fn two_pushes_that_find_no_network_wait_as_one() {
    let mut world = settled();
    world.commit(0, vec![customer(1)]);
    until(&mut world, is_push);
    world.commit(0, vec![customer(2)]);
    while pushes(&world) > 0 {
        world.act(0, true, End::Failed(Trouble::Offline));
    }
    world.take(Step::Wait(2));
    assert_eq!(pushes(&world), 1, "two seconds, not four");
}

#[test]
fn a_push_that_builds_on_what_a_restored_backup_lost_a_moment_ago_is_not_refused_for_good() {
    let mut world = pushing_ahead(vec![customer(1)], vec![contact(10, 1)]);
    world.server.restore();
    settle(&mut world);
    world.take(Step::Wait(60));
    settle(&mut world);
    assert_eq!(states(&world), [ItemState::Accepted, ItemState::Accepted]);
}

#[test]
fn what_fails_while_receipts_are_stored_is_waited_for_all_the_same() {
    let mut world = pushing_ahead(vec![customer(1)], vec![customer(2)]);
    until(&mut world, is_push);
    world.act(0, true, End::Failed(Trouble::Offline));
    settle(&mut world);
    assert_eq!(connection(&world), Connection::Offline, "although the receipts are stored");
    assert!(matches!(states(&world)[..], [ItemState::Received { .. }, ItemState::OnThisPhone]));
    world.take(Step::Wait(2));
    settle(&mut world);
    assert_eq!(states(&world), [ItemState::Accepted, ItemState::Accepted]);
}

#[test]
fn two_customers_that_are_said_to_be_one_show_as_one_at_once_and_come_apart_at_once() {
    let mut world = settled();
    let (id, into) = (a_customer(1).id, a_customer(2).id);
    let at = |world: &World, n: u128| world.client(0).replica().contacts[&a_contact(n, 1).id].customer;
    world.commit(0, vec![customer(1), customer(2), contact(10, 1)]);
    world.commit(0, vec![Mutation::UniteCustomers { id, into }]);
    assert_eq!((world.client(0).replica().customers.len(), at(&world, 10)), (1, into));
    world.commit(0, vec![contact(11, 1)]);
    assert_eq!(at(&world, 11), into, "also what is saved afterwards, by a screen that still knows the other");
    world.commit(0, vec![Mutation::TakeApart { id, into }]);
    assert_eq!((world.client(0).replica().customers.len(), at(&world, 10), at(&world, 11)), (2, id, id));
}

#[test]
fn what_was_refused_in_a_time_that_was_lost_and_taken_since_needs_nobody() {
    let mut world = settled();
    world.server.back_up();
    world.commit(0, vec![contact(10, 1)]);
    settle(&mut world);
    assert!(matches!(states(&world)[..], [ItemState::NeedsYou { .. }]), "the customer is not there");
    world.server.restore();
    // The customer comes, and the push that was on its way for so long arrives once more.
    let other = Item::new(MutationId(Uuid::from_u128(7)), ME, 1_000, customer(1), Timestamp(0)).envelope;
    let echo = world.client(0).outbox().get(1).expect("it is kept").envelope.clone();
    let mutations = [other, echo].map(|envelope| Envelope::clone(&envelope)).to_vec();
    let push = Push { device: DeviceId(Uuid::nil()), lowest_unsent: 1, seen: None, mutations };
    world.server.push(&push, 1).expect("it arrives");
    world.tell(0, Event::Poked);
    settle(&mut world);
    assert_eq!(states(&world), [ItemState::Accepted]);
}
