use crate::support::{
    Phone, TestApp, new_customer, photo_data, photo_on,
    visitor::{Visit, submit},
};
use app::{
    account::{Member, Role},
    customer::Customer,
    id::{EpochId, MutationId, RatingId},
    meeting::Meeting,
    organisation::Organisation,
    photo::{Photo, PhotoSubject},
    sync::protocol::Mutation,
    team::Team,
};
use server::backup::backup;
use std::collections::BTreeSet;

/// An organisation with something of everything, and what of it an intruder could have got hold of.
pub(super) struct World<'a> {
    pub(super) organisation: Organisation,
    pub(super) rep: Member,
    pub(super) team: Team,
    pub(super) customer: Customer,
    pub(super) meeting: Meeting,
    pub(super) photo: Photo,
    pub(super) rating: RatingId,
    /// The path of a survey that is open.
    pub(super) link: String,
    /// The path of answers that can be changed.
    pub(super) receipt: String,
    /// Something of the rep's that could not be saved.
    pub(super) quarantined: MutationId,
    /// The id of the rep's session.
    pub(super) session: String,
    pub(super) epoch: EpochId,
    /// The cookies of the rep and of an administrator.
    pub(super) reps: String,
    pub(super) administrators: String,
    /// The cookie of a device of the rep's that was revoked.
    pub(super) revoked: String,
    pub(super) administrator: Member,
    app: &'a TestApp,
}

impl<'a> World<'a> {
    pub(super) async fn new(app: &'a TestApp) -> Self {
        let mut visit = Visit::new(app).await;
        let answered = visit.ask().await;
        let receipt = submit(app, &answered, &[("trust", "5"), ("comment", "Secret words")]).await.receipt();
        let rating = visit.ratings_of_rep().await.remove(0).id;
        visit.next(3).await;
        let link = visit.ask().await;
        let Visit { rep, mut phone, customer, meeting, .. } = visit;
        let photo = photo_on(rep.id, PhotoSubject::Meeting(meeting.id), customer.id);
        phone.must(Mutation::AttachPhoto { photo: photo.clone(), data: photo_data() }).await;
        let team = Team { id: rep.team.expect("a team"), name: "North".into(), parent: None };
        let administrator = app.member("Ada Administrator", &team, &[Role::Administrator]).await;
        let administrators = app.phone(&administrator).await.cookie;
        let sessions = app.call("account/sessions", Some(&phone.cookie), serde_json::json!({})).await;
        let session = sessions.ok::<Vec<app::account::SessionLine>>().remove(0).id;
        let epoch = phone.pull().await.epoch;
        let nameless = Mutation::CreateCustomer { customer: new_customer(rep.id, "") };
        let envelope = phone.envelope(nameless);
        phone.push(&phone.batch(vec![envelope.clone()])).await;
        let quarantined = envelope.id;
        let revoked = app.phone(&rep).await.cookie;
        app.call("account/revoke_others", Some(&phone.cookie), serde_json::json!({})).await.ok::<()>();
        let (organisation, reps) = (app.organisation.clone(), phone.cookie);
        Self {
            organisation,
            rep,
            team,
            customer,
            meeting,
            photo,
            rating,
            link,
            receipt,
            quarantined,
            session,
            epoch,
            reps,
            administrators,
            revoked,
            administrator,
            app,
        }
    }

    /// The cookie of a member of another organisation, who may do everything there.
    pub(super) async fn intruder(&self) -> (Member, String) {
        let (other, _) = crate::support::new_organisation(&self.app.state, "Others").await;
        let all = [Role::Rep, Role::Manager, Role::Administrator];
        // The team's id is of the other organisation, too, as ids go.
        let intruder = crate::support::new_member(&self.app.state, other.id, "Ines Intruder", self.team.id, &all).await;
        let cookie = Phone::new(self.app, other.id, &intruder).await.cookie;
        (intruder, cookie)
    }

    /// Every row of this organisation.
    pub(super) async fn own_rows(&self) -> BTreeSet<String> {
        let id = self.organisation.id.to_string();
        self.rows().await.into_iter().filter(|row| row.contains(&id)).collect()
    }

    /// Every row, but for those that only count attempts.
    pub(super) async fn rows(&self) -> BTreeSet<String> {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let file = directory.path().join("rows.jsonl");
        backup(&self.app.state.db, &file).await.expect("a backup is written");
        let text = std::fs::read_to_string(&file).expect("the backup reads");
        text.lines().skip(1).filter(|line| !line.starts_with("[\"attempt\"")).map(str::to_owned).collect()
    }

    /// Whether an answer tells anything of this organisation.
    pub(super) fn is_told_in(&self, answer: &str) -> bool {
        let ids = [self.organisation.id.to_string(), self.organisation.code.clone()];
        let words = ["Testers", "Acme", "Cora Contact", "Rik Rep", "Secret words", "Mia Manager"];
        words.iter().any(|word| answer.contains(word)) || ids.iter().any(|id| answer.contains(id))
    }
}
