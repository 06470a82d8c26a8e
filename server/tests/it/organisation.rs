use crate::{on_both_engines, support::TestApp};
use app::{
    account::Role,
    organisation::{Organisation, Rules, Settings},
    sync::protocol::{ProblemCode, Row},
};
use serde_json::json;

fn settings(of: &Organisation) -> Settings {
    let Organisation { name, time_zone, purpose, privacy_notice, rules, .. } = of.clone();
    Settings { name, time_zone, purpose, privacy_notice, rules }
}

async fn save(app: &TestApp, settings: &Settings) -> crate::support::Called {
    let office = app.team("Office", None).await;
    let ada = app.signed_in(&app.member("Ada", &office, &[Role::Administrator]).await).await;
    app.call("organisation/save_settings", Some(&ada), json!({ "settings": settings })).await
}

async fn pulled(app: &TestApp) -> Organisation {
    let team = app.team("North", None).await;
    let rows = app.phone(&app.member("Rik", &team, &[Role::Rep]).await).await.rows().await;
    rows.into_iter().find_map(|row| if let Row::Organisation(it) = row { Some(it) } else { None }).expect("every phone holds it")
}

on_both_engines! {
    async fn what_administrators_set_reaches_every_phone_and_the_rest_stays(app) {
        let before = pulled(&app).await;
        let rules = Rules { window_days: 60, ..before.rules.clone() };
        let changed = Settings { name: " Acme ".into(), time_zone: "America/New_York".into(), rules, ..settings(&before) };
        save(&app, &changed).await.ok::<()>();
        let after = pulled(&app).await;
        assert_eq!((after.name.as_str(), after.time_zone.as_str(), after.rules.window_days), ("Acme", "America/New_York", 60));
        assert_eq!((after.id, &after.code, &after.sealing_key), (before.id, &before.code, &before.sealing_key));
        assert_eq!(after.purpose_dated, before.purpose_dated, "the purpose did not change");
    }

    async fn a_new_purpose_is_dated_today(app) {
        app.sql("update organisation set body = replace(body, '\"purpose_dated\":\"20', '\"purpose_dated\":\"19')").await;
        let before = pulled(&app).await;
        save(&app, &Settings { purpose: "To get better.".into(), ..settings(&before) }).await.ok::<()>();
        let after = pulled(&app).await;
        assert!(after.purpose_dated > before.purpose_dated, "{} {}", before.purpose_dated, after.purpose_dated);
    }

    async fn settings_that_make_no_sense_are_refused_beside_the_field(app) {
        let before = settings(&app.organisation);
        for (settings, field) in [
            (Settings { name: " ".into(), ..before.clone() }, "name"),
            (Settings { time_zone: "Mars/Olympus".into(), ..before.clone() }, "time_zone"),
            (Settings { purpose: String::new(), ..before.clone() }, "purpose"),
            (Settings { privacy_notice: "x".repeat(6000), ..before.clone() }, "privacy_notice"),
            (Settings { rules: Rules { window_days: 0, ..Rules::default() }, ..before.clone() }, "window_days"),
            (Settings { rules: Rules { unhappy_recommend: 11, ..Rules::default() }, ..before.clone() }, "unhappy_recommend"),
        ] {
            let failure = save(&app, &settings).await.failure();
            assert_eq!((failure.code, failure.field.as_deref()), (ProblemCode::Malformed, Some(field)), "{failure:?}");
        }
    }
}
