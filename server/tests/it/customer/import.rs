use crate::{
    on_both_engines,
    support::{TestApp, held, new_customer},
};
use app::{
    account::{Member, Role},
    customer::{Column, Contact, CsvFile, Customer, Effect, ImportCounts, ImportReport, Tier, example_file},
    sync::protocol::{Mutation, ProblemCode, Row},
};
use serde_json::json;

/// An office with an administrator, and a rep with a phone.
struct Office {
    ada: String,
    rik: Member,
}

impl Office {
    async fn new(app: &TestApp) -> Self {
        let team = app.team("North", None).await;
        let ada = app.signed_in(&app.member("Ada", &team, &[Role::Administrator]).await).await;
        Self { ada, rik: app.member("Rik", &team, &[Role::Rep]).await }
    }

    async fn ask(&self, app: &TestApp, what: &str, text: &str) -> ImportReport {
        let file = CsvFile(text.replace("RIK", &self.rik.email).into_bytes());
        app.call(&format!("customer/{what}"), Some(&self.ada), json!({ "file": file })).await.ok()
    }

    async fn preview(&self, app: &TestApp, text: &str) -> ImportReport {
        self.ask(app, "preview_import", text).await
    }

    async fn import(&self, app: &TestApp, text: &str) -> ImportReport {
        self.ask(app, "import", text).await
    }

    async fn held(&self, app: &TestApp) -> (Vec<Customer>, Vec<Contact>) {
        let rows = app.phone(&self.rik).await.rows().await;
        let mut customers: Vec<Customer> =
            rows.iter().filter_map(|row| if let Row::Customer(it) = row { Some(it.clone()) } else { None }).collect();
        let mut contacts: Vec<Contact> =
            rows.iter().filter_map(|row| if let Row::Contact(it) = row { Some(it.clone()) } else { None }).collect();
        customers.sort_by(|a, b| a.name.cmp(&b.name));
        contacts.sort_by(|a, b| a.name.cmp(&b.name));
        (customers, contacts)
    }
}

const FILE: &str = "\u{feff}external_id;customer;place;owner_email;window_days;contact_name;contact_role;contact_email;contact_phone\r\n\
    K1;Acme B.V.;Utrecht;RIK;30;Cora;Buyer;cora@acme.test;030\r\n\
    K1;Acme B.V.;Utrecht;RIK;30;\"Dirk\nde Vries\";;;\r\n\
    K2;Bakker;;RIK;;;;;\r\n";

#[test]
fn the_readme_names_every_column_and_says_what_is_in_it() {
    let readme = include_str!("../../../../README.md");
    for column in Column::ALL {
        let line = format!("| `{}` | {} |", column.name(), column.explanation());
        assert!(readme.contains(&line), "README.md lacks: {line}");
    }
}

on_both_engines! {
    async fn a_preview_says_what_an_import_then_does(app) {
        let office = Office::new(&app).await;
        let preview = office.preview(&app, FILE).await;
        let expected = ImportCounts { customers_created: 2, contacts_created: 2, ..ImportCounts::default() };
        assert_eq!((preview.done, preview.counts, preview.problems.len()), (false, expected, 0), "{preview:?}");
        assert_eq!(preview.lines.iter().map(|line| line.line).collect::<Vec<_>>(), [2, 3, 5], "a quoted line break is no line");
        assert!(office.held(&app).await.0.is_empty(), "a preview changes nothing");

        let done = office.import(&app, FILE).await;
        assert_eq!((done.done, done.counts, &done.lines), (true, expected, &preview.lines));
        let (customers, contacts) = office.held(&app).await;
        assert_eq!(customers.iter().map(|it| (it.name.as_str(), it.place.as_str(), it.window_days, it.version)).collect::<Vec<_>>(), [
            ("Acme B.V.", "Utrecht", Some(30), 0),
            ("Bakker", "", None, 0),
        ]);
        assert_eq!(contacts.iter().map(|it| (it.name.as_str(), it.email.as_str(), it.customer)).collect::<Vec<_>>(), [
            ("Cora", "cora@acme.test", customers[0].id),
            ("Dirk\nde Vries", "", customers[0].id),
        ]);
    }

    async fn the_example_to_begin_with_can_be_imported(app) {
        let office = Office::new(&app).await;
        let report = office.preview(&app, &example_file("RIK")).await;
        let expected = ImportCounts { customers_created: 1, contacts_created: 2, ..ImportCounts::default() };
        assert_eq!((report.counts, report.problems.len(), report.unread.len()), (expected, 0, 0), "{report:?}");
    }

    async fn a_file_says_how_much_attention_a_customer_wants(app) {
        let office = Office::new(&app).await;
        let file = "customer,owner_email,tier\nAcme,RIK,Key\nBakker,RIK,\n";
        office.import(&app, file).await;
        let tiers = |customers: Vec<Customer>| customers.into_iter().map(|it| it.tier).collect::<Vec<_>>();
        assert_eq!(tiers(office.held(&app).await.0), [Tier::Key, Tier::Regular]);
        assert!(office.import(&app, file).await.counts.is_nothing());
        office.import(&app, "customer,tier\nBakker,occasional\n").await;
        assert_eq!(tiers(office.held(&app).await.0), [Tier::Key, Tier::Occasional]);
    }

    async fn the_same_file_again_changes_nothing(app) {
        let office = Office::new(&app).await;
        office.import(&app, FILE).await;
        let before = office.held(&app).await;
        let again = office.import(&app, FILE).await;
        assert!(again.done && again.counts.is_nothing(), "{again:?}");
        assert!(again.lines.iter().all(|line| line.customer_effect == Effect::Same && line.contact_effect == Effect::Same));
        assert_eq!(office.held(&app).await, before);
    }

    async fn a_customer_is_found_by_its_number_or_else_by_its_name(app) {
        let office = Office::new(&app).await;
        let by_hand = new_customer(office.rik.id, "ACME b.v.");
        app.phone(&office.rik).await.must(Mutation::CreateCustomer { customer: by_hand.clone() }).await;
        let report = office.import(&app, FILE).await;
        assert_eq!((report.counts.customers_created, report.counts.customers_updated), (1, 1), "the one made by hand is meant");
        let renamed = office.import(&app, "external_id,customer\nK1,Acme Group\n").await;
        assert_eq!(renamed.counts, ImportCounts { customers_updated: 1, ..ImportCounts::default() });
        let (customers, _) = office.held(&app).await;
        let acme = customers.iter().find(|it| it.id == by_hand.id).expect("still there");
        assert_eq!((acme.name.as_str(), acme.place.as_str(), acme.window_days, acme.version), ("Acme Group", "Utrecht", Some(30), 2));
        // The same name with another number is another customer.
        let report = office.import(&app, "external_id,customer,owner_email\nK9,Acme Group,RIK\n").await;
        assert_eq!(report.counts.customers_created, 1);
        let ambiguous = office.preview(&app, "customer,contact_name\nAcme Group,Eva\n").await;
        assert_eq!(ambiguous.problems[0].column, Some(Column::Customer));
        let told_apart = office.preview(&app, "customer,place,contact_name\nAcme Group,utrecht,Eva\n").await;
        assert_eq!((told_apart.problems.len(), told_apart.counts.contacts_created), (0, 1));
    }

    async fn empty_cells_leave_what_is_there_and_full_ones_change_it(app) {
        let office = Office::new(&app).await;
        office.import(&app, FILE).await;
        let report = office.import(&app, "customer,place,contact_name,contact_email,contact_phone\nacme b.v.,,CORA,,040\nbakker,Breda,,,\n").await;
        assert_eq!(report.problems, [], "{report:?}");
        let (customers, contacts) = office.held(&app).await;
        let bakker = customers.iter().find(|it| it.place == "Breda").expect("Bakker moved");
        assert_eq!(bakker.version, 1);
        assert!(contacts.iter().any(|it| it.name == "CORA" && it.phone == "040" && it.email == "cora@acme.test" && it.role == "Buyer"));
    }

    async fn anything_to_mend_and_nothing_is_done(app) {
        let office = Office::new(&app).await;
        let file = "customer,owner_email,window_days,contact_name,contact_email\n\
            Fine,RIK,,,\n\
            Nobodys,,,,\n\
            Strange,nobody@example.test,,,\n\
            ,RIK,,Eva,\n\
            Windy,RIK,soon,,\n\
            Mail,RIK,,Eva,eva\n\
            Fine,RIK,10,,\n\
            Fine,RIK,20,,\n";
        for what in ["preview_import", "import"] {
            let report = office.ask(&app, what, file).await;
            let found: Vec<_> = report.problems.iter().map(|it| (it.line, it.column.expect("a column"))).collect();
            assert_eq!(found, [
                (3, Column::OwnerEmail),
                (4, Column::OwnerEmail),
                (5, Column::Customer),
                (6, Column::WindowDays),
                (7, Column::ContactEmail),
                (9, Column::WindowDays),
            ], "{report:?}");
            assert!(!report.done && report.problems.iter().all(|it| it.message.ends_with('.')));
        }
        assert_eq!(office.held(&app).await, (vec![], vec![]));
    }

    async fn two_lines_that_contradict_each_other_about_a_person_are_told(app) {
        let office = Office::new(&app).await;
        let heading = "customer,owner_email,contact_name,contact_email,contact_phone\n";
        let report = office.preview(&app, &format!("{heading}Acme,RIK,Eva,eva@acme.test,1\nAcme,RIK,Eva,e.jansen@acme.test,1\n")).await;
        let found: Vec<_> = report.problems.iter().map(|it| (it.line, it.column)).collect();
        assert_eq!(found, [(3, Some(Column::ContactEmail))], "one Eva would take the other's place");
        let twice = format!("{heading}Acme,RIK,Eva,eva@acme.test,\nAcme,RIK,Eva,,020\nAcme,RIK,Eva Jansen,e.jansen@acme.test,\n");
        let report = office.import(&app, &twice).await;
        assert_eq!((report.done, report.counts.contacts_created), (true, 2), "what lines add to each other is no contradiction");
        assert!(office.import(&app, &twice).await.counts.is_nothing());
        let (_, contacts) = office.held(&app).await;
        assert_eq!(contacts.iter().map(|it| it.phone.as_str()).collect::<Vec<_>>(), ["020", ""]);
    }

    async fn the_archive_is_left_alone(app) {
        let office = Office::new(&app).await;
        let customer = Customer { archived: true, ..new_customer(office.rik.id, "Acme") };
        let mut phone = app.phone(&office.rik).await;
        phone.must(Mutation::CreateCustomer { customer: customer.clone() }).await;
        let file = "customer,place,owner_email\nAcme,Utrecht,RIK\n";
        assert_eq!(office.import(&app, file).await.counts.customers_updated, 1, "only the archived one has the name");
        assert!(office.held(&app).await.0[0].archived);
        phone.must(Mutation::CreateCustomer { customer: new_customer(office.rik.id, "ACME") }).await;
        let report = office.import(&app, "customer,place\nAcme,Breda\n").await;
        assert_eq!((report.problems.len(), report.counts.customers_updated), (0, 1));
        let places: Vec<_> = office.held(&app).await.0.into_iter().map(|it| (it.place, it.archived)).collect();
        assert!(places.contains(&("Breda".into(), false)) && places.contains(&("Utrecht".into(), true)), "{places:?}");
    }

    async fn a_new_owner_in_the_file_takes_everything_over(app) {
        let office = Office::new(&app).await;
        office.import(&app, FILE).await;
        let (customers, _) = office.held(&app).await;
        app.phone(&office.rik).await.must(Mutation::CreateMeeting { meeting: held(office.rik.id, customers[0].id, 0) }).await;
        let south = app.team("South", None).await;
        let sam = app.member("Sam", &south, &[Role::Rep]).await;
        let report = office.import(&app, &format!("external_id,customer,owner_email\nK1,Acme B.V.,{}\n", sam.email)).await;
        assert_eq!(report.counts, ImportCounts { customers_updated: 1, ..ImportCounts::default() });
        let rows = app.phone(&sam).await.rows().await;
        let count = |wanted: fn(&Row) -> bool| rows.iter().filter(|row| wanted(row)).count();
        assert_eq!((count(|row| matches!(row, Row::Contact(_))), count(|row| matches!(row, Row::Meeting(_)))), (2, 1));
        assert_eq!(office.held(&app).await.0.len(), 1, "Rik keeps the other");
    }

    async fn what_is_no_file_of_ours_is_a_typed_answer(app) {
        let office = Office::new(&app).await;
        let send = async |bytes: Vec<u8>| app.call("customer/import", Some(&office.ada), json!({ "file": CsvFile(bytes) })).await;
        assert_eq!(send(vec![b'a'; 1024 * 1024 + 1]).await.failure().code, ProblemCode::TooLarge);
        for bytes in [vec![], vec![0; 100], vec![0xff; 100], b"customer\n\"never closed".to_vec(), b"\xd0\xcf\x11\xe0".to_vec(), b"PK\x03\x04".to_vec()] {
            let report: ImportReport = send(bytes).await.ok();
            assert!(!report.done && !report.problems.is_empty(), "{report:?}");
        }
        for file in [json!("*"), json!(1), json!(null), json!([1, 2])] {
            let failure = app.call("customer/import", Some(&office.ada), json!({ "file": file })).await.failure();
            assert_eq!(failure.code, ProblemCode::Malformed);
        }
        let many: String = (0..2000).map(|n| format!("Customer {n},RIK\n")).collect();
        assert!(office.import(&app, &format!("customer,owner_email\n{many}")).await.done, "as much as is allowed");
    }
}
