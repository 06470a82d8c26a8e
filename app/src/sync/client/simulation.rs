//! The machine against a server, a database and tabs that are maps: whatever fails, whenever it fails, nothing saved is lost.

mod phone;
mod pokes;
mod server;
mod stories;
mod world;

use self::world::{Step, World, step};
use proptest::{collection::vec, prelude::*};

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn whatever_happens_everything_saved_arrives_once_and_phone_and_server_agree(steps in vec(step(), 0..150)) {
        let mut world = World::new();
        for step in steps {
            world.take(step);
            world.check_that_what_was_saved_is_kept_and_shown();
        }
        world.heal();
        world.check_that_all_agree();
    }

    #[test]
    fn an_item_that_the_server_chokes_on_holds_up_only_what_builds_on_it(poison in 1_u128..8, steps in vec(step(), 0..60)) {
        let mut world = World::new();
        world.server.chokes_on = Some(poison);
        (1..8).for_each(|n| world.take(Step::SaveWithContact(0, n)));
        steps.into_iter().filter(|step| !matches!(step, Step::Restore)).for_each(|step| world.take(step));
        world.heal();
        world.check_that_only_these_wait(poison);
    }
}
