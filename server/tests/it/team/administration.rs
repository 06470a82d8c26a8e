use crate::{on_both_engines, support::TestApp};
use app::{
    account::Role,
    id::TeamId,
    sync::protocol::{ProblemCode, Row},
    team::Team,
};
use serde_json::json;
use server::random;

async fn administrator(app: &TestApp) -> (String, Team) {
    let office = app.team("Office", None).await;
    (app.signed_in(&app.member("Ada", &office, &[Role::Administrator]).await).await, office)
}

on_both_engines! {
    async fn teams_nest_but_never_in_a_ring(app) {
        let (ada, office) = administrator(&app).await;
        let save = async |team: &Team| app.call("team/save_team", Some(&ada), json!({ "team": team })).await;
        let north = Team { id: TeamId(random::uuid()), name: " North ".into(), parent: Some(office.id) };
        let coast = Team { id: TeamId(random::uuid()), name: "Coast".into(), parent: Some(north.id) };
        save(&north).await.ok::<()>();
        save(&coast).await.ok::<()>();
        for (team, field) in [
            (Team { parent: Some(coast.id), ..office.clone() }, "parent"),
            (Team { parent: Some(north.id), ..north.clone() }, "parent"),
            (Team { parent: Some(TeamId(random::uuid())), ..coast.clone() }, "parent"),
            (Team { name: "  ".into(), ..coast.clone() }, "name"),
        ] {
            let failure = save(&team).await.failure();
            assert_eq!((failure.code, failure.field.as_deref()), (ProblemCode::Malformed, Some(field)), "{team:?}");
        }
        let mut phone = app.phone(&app.member("Rik", &coast, &[Role::Rep]).await).await;
        let rows = phone.rows().await;
        let mut names: Vec<&str> = rows.iter().filter_map(|row| if let Row::Team(team) = row { Some(team.name.as_str()) } else { None }).collect();
        names.sort_unstable();
        assert_eq!(names, ["Coast", "North", "Office"]);
    }

    async fn a_team_goes_only_when_nothing_belongs_to_it(app) {
        let (ada, office) = administrator(&app).await;
        let north = app.team("North", Some(office.id)).await;
        let remove = async |team: TeamId| app.call("team/remove_team", Some(&ada), json!({ "id": team })).await;
        assert!(remove(office.id).await.failure().message.contains("Somebody still belongs"));
        remove(north.id).await.ok::<()>();
        assert_eq!(remove(north.id).await.failure().code, ProblemCode::NotFound);
        let above = app.team("All", None).await;
        app.team("Below", Some(above.id)).await;
        assert!(remove(above.id).await.failure().message.contains("Another team"));
    }
}
