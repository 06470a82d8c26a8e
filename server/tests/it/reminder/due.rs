use super::browser::{Service, kept, look, start, start_with, subscription};
use crate::{
    on_both_engines,
    support::{Phone, TestApp, at, held, new_customer},
};
use app::{
    account::{Absence, Hours, Member, Role, WorkingHours},
    id::{AbsenceId, SubjectId},
    meeting::{Meeting, MeetingStatus},
    reminder::{ReminderKind, Wanted},
    sync::{Replica, protocol::Mutation},
    time::Timestamp,
    today::{Snooze, SnoozeReason},
};
use server::{random, reminder::remind_due};

/// So many hours after midnight in Amsterdam, on Tuesday 2 June 2026.
fn tuesday(hours: f64) -> Timestamp {
    // Noon in Amsterdam is ten o'clock at Greenwich.
    at(1).plus_millis(((hours - 12.0) * 3_600_000.0) as i64)
}

async fn remind(app: &TestApp, now: Timestamp) {
    remind_due(&app.state, now).await.expect("reminding works");
}

async fn members(app: &TestApp) -> (Member, Member) {
    let team = app.team("North", None).await;
    (app.member("Rik", &team, &[Role::Rep]).await, app.member("Mia", &team, &[Role::Rep]).await)
}

/// Gives a member a visit on Tuesday and a customer whom nobody has met since the beginning of the year.
async fn busy(phone: &mut Phone<'_>) {
    let (visited, neglected) = (new_customer(phone.member.id, "Acme"), new_customer(phone.member.id, "Bakker"));
    let visit = Meeting { status: MeetingStatus::Planned, ..held(phone.member.id, visited.id, 1) };
    for customer in [visited, neglected] {
        phone.must(Mutation::CreateCustomer { customer }).await;
    }
    phone.must(Mutation::CreateMeeting { meeting: visit }).await;
}

fn said(to: &str, body: &str) -> (String, String) {
    (to.to_owned(), body.to_owned())
}

on_both_engines! {
    async fn a_member_is_told_once_a_day_how_much_waits_and_nobody_in_between_learns_what(app) {
        let app = app.with(|config| config.outgoing_loopback = true);
        let service = Service::new().await;
        let (rik, mia) = members(&app).await;
        let (mut riks, mut mias) = (app.phone(&rik).await, app.phone(&mia).await);
        busy(&mut riks).await;
        busy(&mut mias).await;
        start(&app, &riks.cookie, &service.subscription("rik")).await;
        remind(&app, tuesday(7.9)).await;
        assert_eq!(service.said(), [], "not before working hours");
        remind(&app, tuesday(8.0)).await;
        let arrived = service.arrived();
        assert_eq!(arrived.len(), 1, "{arrived:?}");
        assert_eq!((arrived[0].reminder.title.as_str(), arrived[0].reminder.body.as_str()), ("Today", "1 visit, 1 customer overdue"));
        let header = |name: &str| arrived[0].headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        for (name, value) in [("ttl", "36000"), ("urgency", "low"), ("topic", "today"), ("content-encoding", "aes128gcm")] {
            assert_eq!(header(name), value, "{name}");
        }
        let key = look(&app, &riks.cookie).await.key;
        assert!(header("authorization").starts_with("vapid t=") && header("authorization").ends_with(&format!(", k={key}")));
        for hours in [8.0, 8.5, 9.9] {
            remind(&app, tuesday(hours)).await;
        }
        assert_eq!(service.said(), [], "once a day");
        remind(&app, tuesday(24.0 + 8.0)).await;
        assert_eq!(service.said(), [said("rik", "1 visit to log, 2 customers overdue")]);
    }

    async fn each_device_tells_what_is_wanted_there(app) {
        let app = app.with(|config| config.outgoing_loopback = true);
        let service = Service::new().await;
        let (rik, _) = members(&app).await;
        let (mut phone, tablet, watch) = (app.phone(&rik).await, app.phone(&rik).await, app.phone(&rik).await);
        busy(&mut phone).await;
        start_with(&app, &phone.cookie, &service.subscription("phone"), &["visits"]).await;
        start_with(&app, &tablet.cookie, &service.subscription("tablet"), &["customers", "promises"]).await;
        start_with(&app, &watch.cookie, &service.subscription("watch"), &["promises"]).await;
        remind(&app, tuesday(8.0)).await;
        let mut all = service.said();
        all.sort();
        assert_eq!(all, [said("phone", "1 visit"), said("tablet", "1 customer overdue")]);
    }

    async fn of_several_processes_one_reminds(app) {
        let app = app.with(|config| config.outgoing_loopback = true);
        let beside = app.beside().await;
        let service = Service::new().await;
        let (rik, _) = members(&app).await;
        let mut phone = app.phone(&rik).await;
        busy(&mut phone).await;
        start(&app, &phone.cookie, &service.subscription("rik")).await;
        tokio::join!(remind(&app, tuesday(8.0)), remind(&beside, tuesday(8.0)), remind(&app, tuesday(8.1)), remind(&beside, tuesday(8.1)));
        assert_eq!(service.said().len(), 1);
        assert_eq!(look(&app, &phone.cookie).await.key, look(&beside, &phone.cookie).await.key, "they sign with one key");
    }

    async fn a_reminder_comes_when_the_members_own_hours_begin_and_none_while_away(app) {
        let app = app.with(|config| config.outgoing_loopback = true);
        let service = Service::new().await;
        let (rik, _) = members(&app).await;
        let mut phone = app.phone(&rik).await;
        busy(&mut phone).await;
        let hours = Hours::Own(WorkingHours::on_working_days(13, 17));
        phone.must(Mutation::SetHours { member: rik.id, hours }).await;
        let wednesday = "2026-06-03".parse().expect("a date");
        let absence = Absence { id: AbsenceId(random::uuid()), from: wednesday, until: wednesday, cover: None };
        phone.must(Mutation::PlanAbsence { member: rik.id, absence }).await;
        start(&app, &phone.cookie, &service.subscription("rik")).await;
        remind(&app, tuesday(8.0)).await;
        remind(&app, tuesday(12.9)).await;
        assert_eq!(service.said(), []);
        remind(&app, tuesday(13.0)).await;
        assert_eq!(service.said().len(), 1);
        remind(&app, tuesday(24.0 + 13.0)).await;
        assert_eq!(service.said(), [], "away");
        remind(&app, tuesday(48.0 + 13.0)).await;
        assert_eq!(service.said().len(), 1, "back");
        remind(&app, tuesday(96.0 + 13.0)).await;
        assert_eq!(service.said(), [], "a Saturday");
    }

    async fn what_is_said_is_what_the_members_own_phone_counts(app) {
        let app = app.with(|config| config.outgoing_loopback = true);
        let service = Service::new().await;
        let team = app.team("North", None).await;
        let rik = app.member("Rik", &team, &[Role::Rep]).await;
        let mia = app.member("Mia", &team, &[Role::Rep, Role::Manager]).await;
        let (mut riks, mut mias) = (app.phone(&rik).await, app.phone(&mia).await);
        busy(&mut riks).await;
        busy(&mut mias).await;
        let (until, because) = ("2026-06-09".parse().expect("a date"), SnoozeReason::WaitingForThem);
        let neglected = new_customer(mia.id, "Dekker");
        let snooze = Snooze { member: mia.id, subject: SubjectId(neglected.id.0), until, because };
        mias.must(Mutation::CreateCustomer { customer: neglected }).await;
        mias.must(Mutation::Snooze { snooze }).await;
        let tuesday_too = "2026-06-02".parse().expect("a date");
        let absence = Absence { id: AbsenceId(random::uuid()), from: tuesday_too, until: tuesday_too, cover: Some(mia.id) };
        riks.must(Mutation::PlanAbsence { member: rik.id, absence }).await;
        start(&app, &riks.cookie, &service.subscription("rik")).await;
        start(&app, &mias.cookie, &service.subscription("mia")).await;
        remind(&app, tuesday(8.0)).await;

        let mut replica = Replica::default();
        mias.rows().await.into_iter().for_each(|row| replica.put(row));
        let wanted = Wanted { kinds: ReminderKind::ALL.into(), seen: 0 };
        let counted = app::reminder::remind(&replica, mia.id, "2026-06-02T08:00:00".parse().expect("a time"), &wanted).expect("something waits");
        let arrived = service.arrived();
        assert_eq!(arrived.iter().map(|it| (&*it.to, &it.reminder)).collect::<Vec<_>>(), [("mia", &counted)]);
        assert_eq!(counted.body, "2 visits, 2 customers overdue", "what she covers, too, and not what was put off");
    }

    async fn whoever_has_nothing_waiting_or_may_not_sign_in_is_told_nothing(app) {
        let app = app.with(|config| config.outgoing_loopback = true);
        let service = Service::new().await;
        let (rik, mia) = members(&app).await;
        let (riks, mut mias) = (app.phone(&rik).await, app.phone(&mia).await);
        busy(&mut mias).await;
        start(&app, &riks.cookie, &service.subscription("rik")).await;
        start(&app, &mias.cookie, &service.subscription("mia")).await;
        app.keep_member(&Member { active: false, ..mia.clone() }).await;
        remind(&app, tuesday(8.0)).await;
        assert_eq!(service.said(), []);
        app.keep_member(&mia).await;
        app.sql("update session set revoked_at = 1").await;
        remind(&app, tuesday(24.0 + 8.0)).await;
        app.sql("update session set revoked_at = null, expires_at = 1").await;
        remind(&app, tuesday(48.0 + 8.0)).await;
        assert_eq!(service.said(), []);
    }

    async fn a_browser_that_is_gone_is_forgotten_and_a_service_that_fails_is_left_alone(app) {
        let app = app.with(|config| config.outgoing_loopback = true);
        let service = Service::new().await;
        let (rik, _) = members(&app).await;
        let mut phone = app.phone(&rik).await;
        busy(&mut phone).await;
        start(&app, &phone.cookie, &service.subscription("rik")).await;
        service.say(429, Some("172800"));
        remind(&app, tuesday(8.0)).await;
        service.say(201, None);
        remind(&app, tuesday(24.0 + 8.0)).await;
        assert_eq!(service.said().len(), 1, "it wished for two days");
        remind(&app, tuesday(48.0 + 8.0)).await;
        assert_eq!(service.said().len(), 1);
        service.say(503, None);
        remind(&app, tuesday(72.0 + 8.0)).await;
        service.say(403, None);
        remind(&app, tuesday(144.0 + 8.0)).await;
        assert_eq!((service.said().len(), kept(&app).await[0]["failures"].as_i64()), (2, Some(2)), "once a day, failed or not");
        service.say(410, None);
        remind(&app, tuesday(168.0 + 8.0)).await;
        assert_eq!((service.said().len(), kept(&app).await.len()), (1, 0));
        assert_eq!(look(&app, &phone.cookie).await.here, None);
    }

    async fn nobody_is_led_to_what_only_the_server_reaches(app) {
        let service = Service::new().await;
        let (rik, _) = members(&app).await;
        let mut phone = app.phone(&rik).await;
        busy(&mut phone).await;
        let inside = service.address.replace("http:", "https:");
        start(&app, &phone.cookie, &subscription(&format!("{inside}/send/rik"))).await;
        remind(&app, tuesday(8.0)).await;
        assert_eq!((service.said(), kept(&app).await[0]["failures"].as_i64()), (vec![], Some(1)));
    }
}
