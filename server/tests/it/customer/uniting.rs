//! Two customers that are the same: who sees what then, what arrives late, and that they come apart as if they had never been one.

use crate::{
    on_both_engines,
    support::{
        Phone, TestApp, at, held, new_contact, new_customer, new_member, new_organisation,
        visitor::{Visit, open, submit},
    },
};
use app::{
    account::{Member, Role},
    customer::{Contact, CsvFile, Customer, CustomerEdit, ImportReport},
    id::{CustomerId, PromiseId, TouchId},
    meeting::{Meeting, MeetingEdit, Touch, TouchKind},
    organisation::Rules,
    promise::{Promise, PromiseState},
    score::{Audience, Score},
    survey::Coverage,
    sync::{
        Refusal, Replica,
        protocol::{Mutation, Outcome, Row},
    },
    team::Team,
    time::Timestamp,
};
use chrono::Days;
use serde_json::json;
use server::{
    State, clock, random,
    score::{Cache, refresh_stale},
};

/// Anna in North looks after one row of a customer, Sam in South after the other; Mia and Sue manage them.
struct World<'a> {
    app: &'a TestApp,
    north: Team,
    anna: Phone<'a>,
    sam: Phone<'a>,
    mia: Phone<'a>,
    sue: Phone<'a>,
    annas: Customer,
    sams: Customer,
    contact: Contact,
    meeting: Meeting,
}

impl<'a> World<'a> {
    async fn new(app: &'a TestApp) -> Self {
        let (north, south) = (app.team("North", None).await, app.team("South", None).await);
        let mut anna = app.phone(&app.member("Anna", &north, &[Role::Rep]).await).await;
        let mut sam = app.phone(&app.member("Sam", &south, &[Role::Rep]).await).await;
        let mia = app.phone(&app.member("Mia", &north, &[Role::Manager]).await).await;
        let sue = app.phone(&app.member("Sue", &south, &[Role::Manager]).await).await;
        let annas = new_customer(anna.member.id, "Acme");
        let sams = Customer { place: "Utrecht".into(), ..new_customer(sam.member.id, "Acme B.V.") };
        let contact = new_contact(sams.id, "Cora");
        let meeting = Meeting { contacts: vec![contact.id], ..held(sam.member.id, sams.id, 0) };
        anna.must(Mutation::CreateCustomer { customer: annas.clone() }).await;
        sam.must(Mutation::CreateCustomer { customer: sams.clone() }).await;
        sam.must(Mutation::CreateContact { contact: contact.clone() }).await;
        sam.must(Mutation::CreateMeeting { meeting: meeting.clone() }).await;
        Self { app, north, anna, sam, mia, sue, annas, sams, contact, meeting }
    }

    /// Somebody who sees both: an administrator.
    async fn office(&self) -> Phone<'a> {
        self.app.phone(&self.app.member("Ada", &self.north, &[Role::Administrator]).await).await
    }

    fn unite(&self) -> Mutation {
        Mutation::UniteCustomers { id: self.sams.id, into: self.annas.id }
    }

    fn apart(&self) -> Mutation {
        Mutation::TakeApart { id: self.sams.id, into: self.annas.id }
    }
}

/// What a phone holds, as it is pulled.
async fn pulled(phone: &mut Phone<'_>) -> Replica {
    let mut replica = Replica::default();
    phone.rows().await.into_iter().for_each(|row| replica.put(row));
    replica
}

/// What a phone shows.
async fn shown(phone: &mut Phone<'_>) -> Replica {
    pulled(phone).await.as_one()
}

/// How many customers, contacts and meetings a phone holds.
async fn counts(phone: &mut Phone<'_>) -> [usize; 3] {
    let it = pulled(phone).await;
    [it.customers.len(), it.contacts.len(), it.meetings.len()]
}

fn said(customer: &Customer) -> Customer {
    Customer { version: 0, history: Default::default(), ..customer.clone() }
}

fn touch(rep: &Member, customer: CustomerId) -> Touch {
    let id = TouchId(random::uuid());
    Touch { id, customer, rep: rep.id, kind: TouchKind::Call, at: at(1), offset_minutes: 0, note: String::new() }
}

fn promise(rep: &Member, customer: CustomerId) -> Promise {
    Promise {
        id: PromiseId(random::uuid()),
        customer,
        meeting: None,
        maker: rep.id,
        keeper: rep.id,
        what: "Send drawings".into(),
        due: clock::now().date_at(0) - Days::new(1),
        evidence: String::new(),
        state: PromiseState::Open,
        course: Default::default(),
    }
}

fn is_refused(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Refused { .. })
}

on_both_engines! {
    async fn whoever_sees_what_stands_sees_all_of_it_and_nobody_else(app) {
        let mut world = World::new(&app).await;
        let mut ada = world.office().await;
        assert_eq!((counts(&mut world.anna).await, counts(&mut world.sue).await), ([1, 0, 0], [1, 1, 1]));
        ada.must(world.unite()).await;
        let (anna, sam) = (world.anna.member.id, world.sam.member.id);
        for phone in [&mut world.anna, &mut world.mia, &mut world.sam] {
            assert_eq!(counts(phone).await, [2, 1, 1]);
            let shown = shown(phone).await;
            let only = shown.customers.values().next().expect("the one that stands");
            assert_eq!((shown.customers.len(), only.id, only.owner), (1, world.annas.id, anna));
            assert_eq!((only.co_owners.clone(), only.place.as_str()), ([sam].into(), "Utrecht"));
            assert_eq!(shown.meetings[&world.meeting.id].customer, world.annas.id);
        }
        assert_eq!(counts(&mut world.sue).await, [0, 0, 1], "she manages who met, not who owns");

        world.sam.must(world.apart()).await;
        assert_eq!((counts(&mut world.anna).await, counts(&mut world.mia).await), ([1, 0, 0], [1, 0, 0]));
        assert_eq!((counts(&mut world.sam).await, counts(&mut world.sue).await), ([1, 1, 1], [1, 1, 1]));
        let (annas, sams) = (pulled(&mut world.anna).await, pulled(&mut world.sam).await);
        assert_eq!(said(&annas.customers[&world.annas.id]), world.annas);
        assert_eq!(said(&sams.customers[&world.sams.id]), world.sams);
    }

    async fn who_sees_only_one_of_them_says_nothing_about_both(app) {
        let mut world = World::new(&app).await;
        let not_there = Outcome::Refused { refusal: Refusal::not_found("customer") };
        assert_eq!(world.anna.make(world.unite()).await, not_there);
        assert_eq!(world.sue.make(world.unite()).await, not_there);
        let (other, _) = new_organisation(&app.state, "Others").await;
        let stranger = new_member(&app.state, other.id, "Stranger", world.north.id, &[Role::Administrator]).await;
        let mut strange = Phone::new(&app, other.id, &stranger).await;
        for mutation in [world.unite(), world.apart()] {
            assert_eq!(strange.make(mutation).await, not_there);
        }
        world.office().await.must(world.unite()).await;
        assert_eq!(world.sue.make(world.apart()).await, not_there, "she does not see the one that stands");
        world.anna.must(world.apart()).await;
        assert!(!is_refused(&world.sam.make(world.apart()).await), "said once more, it is so already");
    }

    async fn what_a_phone_sends_late_is_at_the_one_that_stands_and_goes_back(app) {
        let mut world = World::new(&app).await;
        world.office().await.must(world.unite()).await;
        let (sams, sam) = (world.sams.id, world.sam.member.clone());
        let late = held(sam.id, sams, 3);
        let (call, contact, owed) = (touch(&sam, sams), new_contact(sams, "Dirk"), promise(&sam, sams));
        world.sam.must(Mutation::CreateMeeting { meeting: late.clone() }).await;
        world.sam.must(Mutation::RecordTouch { touch: call.clone() }).await;
        world.sam.must(Mutation::CreateContact { contact: contact.clone() }).await;
        world.sam.must(Mutation::MakePromise { promise: owed.clone() }).await;
        let name = CustomerEdit { name: Some("Acme Group".into()), ..CustomerEdit::default() };
        world.sam.must(Mutation::edit_customer(&world.sams, name)).await;
        let seen = shown(&mut world.anna).await;
        assert_eq!(seen.customers[&world.annas.id].name, "Acme Group");
        assert!(seen.meetings[&late.id].customer == world.annas.id && seen.promises[&owed.id].customer == world.annas.id);
        assert!(seen.touches[&call.id].customer == world.annas.id && seen.contacts[&contact.id].customer == world.annas.id);

        // What is written as one names people of either.
        let both = Meeting { contacts: vec![contact.id, world.contact.id], ..held(sam.id, world.annas.id, 4) };
        world.sam.must(Mutation::CreateMeeting { meeting: both.clone() }).await;
        let edit = MeetingEdit { customer: Some(world.annas.id), contacts: Some(vec![contact.id]), ..MeetingEdit::default() };
        let visit = seen.meetings[&late.id].clone();
        world.sam.must(Mutation::edit_meeting(&visit, edit, None)).await;
        world.sam.must(Mutation::MakePromise { promise: Promise { meeting: Some(late.id), ..promise(&sam, world.annas.id) } }).await;

        world.anna.must(world.apart()).await;
        let (annas, sams) = (pulled(&mut world.anna).await, pulled(&mut world.sam).await);
        assert_eq!(said(&annas.customers[&world.annas.id]), world.annas);
        assert_eq!(sams.customers[&world.sams.id].name, "Acme Group");
        assert_eq!(sams.meetings[&late.id].customer, world.sams.id);
        assert_eq!((sams.meetings[&late.id].contacts.clone(), sams.meetings[&late.id].history.clashes().len()), (vec![contact.id], 0));
        assert!(annas.meetings.contains_key(&both.id) && !annas.meetings.contains_key(&late.id), "what was written at the one stays there");
        let note = MeetingEdit { next_step: Some("Call".into()), ..MeetingEdit::default() };
        world.sam.must(Mutation::edit_meeting(&sams.meetings[&both.id], note, None)).await;
    }

    async fn of_two_who_say_it_at_once_one_is_enough_and_a_third_waits(app) {
        let mut world = World::new(&app).await;
        let mut ada = world.office().await;
        let third = new_customer(world.anna.member.id, "Acme Group");
        world.anna.must(Mutation::CreateCustomer { customer: third.clone() }).await;
        ada.must(world.unite()).await;
        ada.must(Mutation::UniteCustomers { id: world.annas.id, into: world.sams.id }).await;
        assert_eq!(shown(&mut world.anna).await.united.len(), 1);
        assert!(is_refused(&ada.make(Mutation::UniteCustomers { id: world.sams.id, into: third.id }).await), "it is one with another");
        assert!(is_refused(&ada.make(Mutation::UniteCustomers { id: third.id, into: third.id }).await));
        // Named by the one that is not shown any more.
        ada.must(Mutation::UniteCustomers { id: third.id, into: world.sams.id }).await;
        assert!(is_refused(&ada.make(world.apart()).await), "the third came later");
        ada.must(Mutation::TakeApart { id: third.id, into: world.annas.id }).await;
        ada.must(Mutation::UniteCustomers { id: world.annas.id, into: third.id }).await;
        let chain = shown(&mut world.anna).await;
        assert_eq!((chain.standing_for(world.sams.id), chain.meetings[&world.meeting.id].customer), (third.id, third.id));
        assert!(is_refused(&ada.make(world.apart()).await), "it went further");
        ada.must(Mutation::TakeApart { id: world.annas.id, into: third.id }).await;
        ada.must(world.apart()).await;
        assert_eq!((counts(&mut world.sam).await, counts(&mut world.anna).await), ([1, 1, 1], [2, 0, 0]));
    }

    async fn a_new_owner_of_what_stands_gets_all_of_it(app) {
        let mut world = World::new(&app).await;
        let mut ada = world.office().await;
        ada.must(world.unite()).await;
        let tom = app.member("Tom", &world.north, &[Role::Rep]).await;
        let mut toms = app.phone(&tom).await;
        // Also where somebody chose it by the one that is not shown any more.
        let assign = json!({ "customers": [world.sams.id], "assignment": { "owner": tom.id, "without": [world.sam.member.id] } });
        app.call("customer/assign_customers", Some(&ada.cookie), assign).await.ok::<usize>();
        assert_eq!(counts(&mut toms).await, [2, 1, 1]);
        assert_eq!((counts(&mut world.anna).await, counts(&mut world.sam).await), ([0, 0, 0], [0, 0, 1]));
        let south = world.sue.member.team;
        let moved = Member { team: south, ..tom.clone() };
        app.call("account/save_member", Some(&ada.cookie), json!({ "member": moved })).await.ok::<()>();
        assert_eq!((counts(&mut world.sue).await, counts(&mut world.mia).await), ([2, 1, 1], [0, 0, 0]));
        ada.must(world.apart()).await;
        assert_eq!((counts(&mut toms).await, counts(&mut world.sam).await), ([1, 0, 0], [1, 1, 1]));
    }

    async fn a_file_that_names_either_means_the_one_that_stands(app) {
        let world = World::new(&app).await;
        let mut ada = world.office().await;
        ada.must(world.unite()).await;
        let import = async |text: &str| {
            let file = CsvFile(text.as_bytes().to_vec());
            app.call("customer/import", Some(&ada.cookie), json!({ "file": file })).await.ok::<ImportReport>()
        };
        let file = "customer,place,contact_name\nAcme B.V.,Zeist,Cora\nAcme B.V.,,Dirk\nAcme,,Erik\n";
        let report = import(file).await;
        assert!(report.done, "{report:?}");
        assert_eq!((report.counts.customers_created, report.counts.customers_updated, report.counts.contacts_created), (0, 0, 2));
        assert_eq!(import(file).await.counts, Default::default(), "once more it does nothing");
        let mut sams = app.phone(&world.sam.member).await;
        let seen = shown(&mut sams).await;
        assert_eq!((seen.customers.len(), seen.contacts.values().filter(|it| it.customer == world.annas.id).count()), (1, 3));
    }

    async fn a_link_bound_to_the_other_asks_and_answers_as_before(app) {
        let mut visit = Visit::new(&app).await;
        let path = visit.ask().await;
        let stands = new_customer(visit.rep.id, "Acme Group");
        visit.phone.must(Mutation::CreateCustomer { customer: stands.clone() }).await;
        visit.phone.must(Mutation::UniteCustomers { id: visit.customer.id, into: stands.id }).await;
        let owed = promise(&visit.rep, stands.id);
        visit.phone.must(Mutation::MakePromise { promise: owed.clone() }).await;
        let page = open(&app, &path, None).await;
        assert!(page.html.contains("Send drawings"), "what was promised to either is asked\n{}", page.html);
        let field = format!("promise-{}", owed.id);
        submit(&app, &path, &[("trust", "2"), (field.as_str(), "kept")]).await;
        let seen = shown(&mut visit.phone).await;
        let rating = seen.ratings.values().next().expect("it arrived");
        assert_eq!((rating.customer, rating.answers.promises.len()), (stands.id, 1));
        assert_eq!(seen.recovery_cases.values().map(|case| case.customer).collect::<Vec<_>>(), [stands.id]);
        visit.phone.must(Mutation::TakeApart { id: visit.customer.id, into: stands.id }).await;
        let apart = pulled(&mut visit.phone).await;
        assert!(apart.ratings.values().all(|it| it.customer == visit.customer.id));
    }

    async fn a_score_is_what_it_would_be_had_they_been_one_from_the_start(app) {
        let rules = Rules { ask_per_rep_and_day: 1_000, release_to_rep_after: 0, release_to_manager_after: 0, ..Rules::default() };
        app.set_rules(rules).await;
        let mut visit = Visit::new(&app).await;
        let first = visit.customer.id;
        for (customer, points) in [("Acme", ["5", "4"]), ("Acme B.V.", ["2", "1"]), ("Bakker", ["4", "3"]), ("Dam", ["5", "3"])] {
            if customer != "Acme" {
                visit.customer = new_customer(visit.rep.id, customer);
                visit.contact.customer = visit.customer.id;
                visit.phone.must(Mutation::CreateCustomer { customer: visit.customer.clone() }).await;
            }
            for point in points {
                rate(&app, &mut visit, point).await;
            }
        }
        let rows = pulled(&mut visit.phone).await;
        let same = rows.customers.values().find(|it| it.name == "Acme B.V.").expect("it was made").id;
        let two = score(&app, &mut visit).await;
        assert_eq!((two.ratings, two.customers), (8, 4));
        visit.phone.must(Mutation::UniteCustomers { id: same, into: first }).await;
        let one = score(&app, &mut visit).await;
        assert_eq!((one.ratings, one.customers), (8, 3));
        assert_ne!(one.overall, two.overall);
        // A process that remembers nothing solves it anew, to the same.
        app.sql("update scoring set computed = 0").await;
        refresh_stale(&State { scores: Cache::default(), ..app.state.clone() }).await.expect("scores can be computed");
        assert_eq!(said_of(&score(&app, &mut visit).await), said_of(&one));
        // From a phone that still knows the other.
        (visit.customer.id, visit.contact.customer) = (same, same);
        rate(&app, &mut visit, "3").await;
        let more = score(&app, &mut visit).await;
        assert_eq!((more.ratings, more.customers), (9, 3));
        visit.phone.must(Mutation::TakeApart { id: same, into: first }).await;
        assert_eq!(score(&app, &mut visit).await.customers, 4);
    }
}

/// A rating of `point` for every component, by somebody new at the visit's customer.
async fn rate(app: &TestApp, visit: &mut Visit<'_>, point: &str) {
    visit.next(0).await;
    let path = visit.ask().await;
    submit(app, &path, &["listening", "understanding", "trust", "value", "progress"].map(|component| (component, point))).await;
}

/// The rep's score, once it is fresh.
async fn score(app: &TestApp, visit: &mut Visit<'_>) -> Score {
    refresh_stale(&app.state).await.expect("scores can be computed");
    let of = |row| if let Row::Score(score) = row { Some(score) } else { None };
    let mut found = visit.phone.rows().await.into_iter().filter_map(of).filter(|it| it.audience == Audience::Rep);
    found.next().expect("the rep is rated")
}

/// Without when it was computed.
fn said_of(score: &Score) -> Score {
    Score { computed_at: Timestamp(0), coverage: Coverage::default(), movement: None, ..score.clone() }
}
