//! Everything there is in a schedule.

use crate::{
    host::{self, Host, PROCESSES},
    phone::{Phone, TABS, Told},
    rated::Rated,
    sight::Sight,
    step::{End, PHONES, Step},
    things::{Kind, Maker},
};
use app::{
    account::Member,
    browser::reply::{NetworkError, Reply},
    customer::Customer,
    id::MemberId,
    sync::{
        answer,
        client::{Effect, Event},
        outbox::Item,
        protocol::{Mutation, Pulled},
    },
    time::Timestamp,
};
use serde_json::json;
use server::db;
use std::collections::BTreeSet;

/// Whose the phones are: the first rep has two.
const OWNERS: [usize; PHONES] = [0, 0, 1, 2, 3, 4];

pub struct World {
    pub server: Host,
    pub phones: Vec<Phone>,
    /// The session that each phone's browser holds.
    cookies: Vec<String>,
    /// The last push of each phone as it was sent, which may come again.
    sent: Vec<Option<String>>,
    /// Everything that was ever said to be saved on each phone.
    pub saved: Vec<Vec<Item>>,
    /// What was saved on phones that were revoked since.
    pub wiped: Vec<Item>,
    /// Whether a backup was ever restored, which may know nothing of what those phones had.
    pub was_restored: bool,
    /// What customers answered.
    pub rated: Rated,
    now: Timestamp,
    ids: u128,
}

impl World {
    /// Everybody is signed in and has a customer.
    pub async fn new() -> Self {
        let (mut server, now) = (Host::new().await, Timestamp(1_780_000_000_000));
        let (mut phones, mut cookies) = (Vec::new(), Vec::new());
        for (device, owner) in (1..).zip(OWNERS) {
            let member = server.people.members[owner].id;
            cookies.push(server.sign_in(member).await);
            phones.push(Phone::new(member, device, now));
        }
        let rated = Rated::new(&server.people);
        let (sent, saved) = (vec![None; PHONES], vec![Vec::new(); PHONES]);
        let mut world = Self { server, phones, cookies, sent, saved, wiped: Vec::new(), was_restored: false, rated, now, ids: 0x1000 };
        (0..PHONES).for_each(|phone| world.save(phone, 0, Kind::CustomerWithContact, 0));
        world.settle().await;
        world
    }

    pub async fn close(mut self) {
        self.server.restart().await;
    }

    /// The phones and tabs in which something waits to be done.
    pub fn busy(&self) -> Vec<(usize, usize)> {
        let all = (0..PHONES).flat_map(|phone| (0..TABS).map(move |tab| (phone, tab)));
        all.filter(|(phone, tab)| self.phones[*phone].to_do(*tab).next().is_some()).collect()
    }

    pub async fn take(&mut self, step: Step) {
        let now = self.now;
        match step {
            Step::Save { phone, tab, kind, pick } => self.save(phone, tab, kind, pick),
            Step::Do { phone, tab, oldest, end } => self.act(phone, tab, oldest, end).await,
            Step::Echo { phone, process } => {
                if let Some(push) = self.sent[phone].clone() {
                    self.server.post(process, "/api/sync/push", &self.cookies[phone], push).await;
                }
            }
            Step::Kill { phone, tab } => self.phones[phone].kill(tab, now),
            Step::Open { phone, tab } => self.phones[phone].open(tab, now),
            Step::Tell { phone, tab, told } => self.phones[phone].tell(tab, told.event(), now),
            Step::Wait { seconds } => self.wait(seconds),
            Step::Clock { phone, hours } => self.phones[phone].ahead = hours * 3_600_000,
            Step::BackUp => {
                self.server.back_up().await;
                self.rated.backed_up();
            }
            Step::Restore => {
                if self.server.restore().await {
                    self.rated.restored();
                    self.was_restored = true;
                }
            }
            Step::Rate { link, process, hide_name, end } => self.rated.answer(&mut self.server, link, process, hide_name, end).await,
            Step::Restart => self.server.restart().await,
            Step::EndSessions { member } => self.server.end_sessions(self.id_of(member)).await,
            Step::Revoke { member } => self.server.revoke(self.id_of(member)).await,
            Step::SignIn { phone } => self.sign_in(phone).await,
            Step::Assign { customer, owner, with } => self.assign(customer, owner, with).await,
            Step::Move { rep } => {
                let teams = self.server.people.teams.clone();
                self.change(rep, |member| {
                    let other = teams.iter().find(|team| Some(team.id) != member.team).map(|team| team.id);
                    Member { team: other, ..member }
                })
                .await;
            }
            Step::Activate { member, active } => {
                let member = member % self.server.people.members.len();
                self.change(member, |member| Member { active, ..member }).await;
            }
        }
    }

    /// Somebody saves something in a tab, or in the other if that is closed.
    fn save(&mut self, phone: usize, tab: usize, kind: Kind, pick: usize) {
        self.ids += 1;
        let (id, now, saved, phone) = (self.ids, self.now, &mut self.saved[phone], &mut self.phones[phone]);
        let open = [tab, 1 - tab].into_iter().find_map(|tab| Some((tab, phone.client(tab)?)));
        let Some((tab, client)) = open else { return };
        let link = self.rated.next_link(phone.member);
        let maker = Maker { me: phone.member, replica: client.replica(), now, id, pick, link };
        let made = maker.make(kind);
        let made = if made.is_empty() { maker.make(Kind::Customer) } else { made };
        for mutation in &made {
            if let Mutation::Invite { invitation, token: Some(_) } = mutation {
                self.rated.show(phone.member, invitation.id);
            }
        }
        saved.extend(phone.save(tab, made, now));
    }

    fn wait(&mut self, seconds: i64) {
        self.now = self.now.plus_millis(seconds * 1_000);
        for phone in &mut self.phones {
            (0..TABS).for_each(|tab| phone.tell(tab, Event::Tick, self.now));
        }
    }

    async fn sign_in(&mut self, phone: usize) {
        let member = self.phones[phone].member;
        if self.member(member).await.active {
            self.cookies[phone] = self.server.sign_in(member).await;
            (0..TABS).for_each(|tab| self.phones[phone].tell(tab, Told::SignedIn.event(), self.now));
        }
    }

    async fn assign(&mut self, customer: usize, owner: usize, with: Option<usize>) {
        let db = self.server.db().await;
        let mut tx = db.read().await.expect("a snapshot");
        let customers: Vec<Customer> = db::all(&mut tx, &self.server.people.organisation.to_string()).await.expect("customers");
        drop(tx);
        if customers.is_empty() {
            return;
        }
        let members = &self.server.people.members;
        let with: Vec<_> = with.into_iter().map(|with| members[with].id).collect();
        let assignment = json!({ "owner": members[owner].id, "with": with });
        let customers = [customers[customer % customers.len()].id];
        self.server.administer("customer/assign_customers", json!({ "customers": customers, "assignment": assignment })).await;
    }

    fn id_of(&self, member: usize) -> MemberId {
        let members = &self.server.people.members;
        members[member % members.len()].id
    }

    async fn member(&mut self, id: MemberId) -> Member {
        let db = self.server.db().await;
        let mut tx = db.read().await.expect("a snapshot");
        let found = db::find(&mut tx, &self.server.people.organisation.to_string(), &id.to_string()).await;
        found.expect("members can be read").expect("members stay")
    }

    /// The administrator changes a member.
    async fn change(&mut self, member: usize, change: impl FnOnce(Member) -> Member) {
        let id = self.server.people.members[member].id;
        let member = change(self.member(id).await);
        self.server.administer("account/save_member", json!({ "member": member })).await;
    }

    /// Does one effect of a tab.
    async fn act(&mut self, phone: usize, tab: usize, oldest: bool, end: End) {
        let Some(effect) = self.phones[phone].next(tab, oldest) else { return };
        match effect {
            Effect::Deliver(id, delivery) => {
                let json = serde_json::to_string(&delivery).expect("requests have a JSON form");
                let reply = self.exchange(phone, tab, "/api/sync/deliver", json, end).await;
                self.phones[phone].tell(tab, Event::PushAnswered(id, answer::read(&reply)), self.now);
            }
            Effect::Wipe if self.phones[phone].outbox().unsent() == 0 => self.wipe(phone),
            Effect::Push(id, push) => {
                let json = serde_json::to_string(&push).expect("requests have a JSON form");
                self.sent[phone] = Some(json.clone());
                let reply = self.exchange(phone, tab, "/api/sync/push", json, end).await;
                self.phones[phone].tell(tab, Event::PushAnswered(id, answer::read(&reply)), self.now);
            }
            Effect::Pull(pull) => {
                let json = serde_json::to_string(&pull).expect("requests have a JSON form");
                let reply = self.exchange(phone, tab, "/api/sync/pull", json, end).await;
                let answer = answer::read(&reply);
                if let Ok(pulled) = &answer {
                    self.check_that_all_may_be_seen(phone, pulled).await;
                }
                self.phones[phone].tell(tab, Event::PullAnswered(answer), self.now);
            }
            other => self.phones[phone].act(tab, other, end != End::Lost, self.now),
        }
    }

    /// A revoked phone has delivered everything and is empty: nobody uses it until somebody signs in, as on a new one.
    fn wipe(&mut self, phone: usize) {
        self.wiped.append(&mut self.saved[phone]);
        self.ids += 1;
        self.phones[phone] = Phone::new(self.phones[phone].member, self.ids << 16, self.now);
        self.cookies[phone] = String::new();
        self.sent[phone] = None;
    }

    /// Sends a request of a tab. Tabs are served by different processes.
    async fn exchange(&mut self, phone: usize, tab: usize, path: &str, json: String, end: End) -> Result<Reply, NetworkError> {
        let (process, cookie) = (tab % PROCESSES, &self.cookies[phone]);
        match end {
            End::Lost => return host::lost(),
            End::Status(status) => return Ok(Reply { status, body: "<html>".to_owned(), ..Reply::default() }),
            End::Broken => return Ok(self.server.post_in_vain(process, path, cookie, json).await),
            _ => {}
        }
        let reply = self.server.post(process, path, cookie, json.clone()).await;
        match end {
            End::Twice => Ok(self.server.post(PROCESSES - 1 - process, path, cookie, json).await),
            End::Cut(part) => {
                let length = (reply.body.len() as f64 * part) as usize;
                Ok(Reply { body: String::from_utf8_lossy(&reply.body.as_bytes()[..length]).into_owned(), ..reply })
            }
            _ => Ok(reply),
        }
    }

    async fn check_that_all_may_be_seen(&mut self, phone: usize, pulled: &Pulled) {
        let (db, organisation) = (self.server.db().await, self.server.people.organisation);
        let (sight, member) = (Sight::now(&db, organisation).await, self.phones[phone].member);
        for row in pulled.pages.iter().flat_map(|page| &page.changes).filter_map(|change| change.row.as_ref()) {
            assert!(sight.may_see(member, row), "{member} was sent {row:?}");
        }
    }

    pub fn check_that_what_was_saved_is_kept_and_shown(&self) {
        for phone in &self.phones {
            let outbox = phone.outbox();
            let numbers: Vec<u64> = outbox.items().map(|item| item.envelope.sequence).collect();
            assert_eq!(numbers, (1..phone.next_number()).collect::<Vec<_>>(), "kept, without gaps");
            for client in (0..TABS).filter_map(|tab| phone.client(tab)) {
                // The other tab's meetings show as soon as this one hears of them.
                let waiting = || client.outbox().items().filter(|item| item.is_unsent()).filter_map(|item| item.mutation.as_deref());
                let removed: BTreeSet<_> =
                    waiting().filter(|it| matches!(it, Mutation::DeleteMeeting { .. })).map(Mutation::subject).collect();
                for mutation in waiting().filter(|mutation| !removed.contains(&mutation.subject())) {
                    if let Mutation::CreateMeeting { meeting } = mutation {
                        assert!(client.replica().meetings.contains_key(&meeting.id), "{meeting:?} does not show");
                    }
                }
            }
        }
    }

    /// Everything works again, for as long as it takes.
    pub async fn heal(&mut self) {
        for member in 0..self.server.people.members.len() {
            if !self.member(self.server.people.members[member].id).await.active {
                self.change(member, |member| Member { active: true, ..member }).await;
            }
        }
        for phone in 0..PHONES {
            self.phones[phone].ahead = 0;
            self.phones[phone].kill(1, self.now);
            self.phones[phone].open(0, self.now);
            self.sign_in(phone).await;
            for told in [Told::Online, Told::Visible, Told::SyncNow] {
                self.phones[phone].tell(0, told.event(), self.now);
            }
        }
        self.settle().await;
        // Whoever had the phone emptied signs in on it again.
        for phone in 0..PHONES {
            if self.cookies[phone].is_empty() {
                self.sign_in(phone).await;
            }
        }
        // Somebody who works on hears of everything that a restored backup lost.
        self.settle().await;
        (0..PHONES).for_each(|phone| self.save(phone, 0, Kind::Customer, 0));
        // What waits longest waits five minutes.
        for _ in 0..20 {
            self.settle().await;
            if self.phones.iter().all(|phone| phone.outbox().items().all(|item| !item.is_pending())) {
                break;
            }
            self.wait(60);
        }
        // And once more, for what others sent last.
        (0..PHONES).for_each(|phone| self.phones[phone].tell(0, Told::SyncNow.event(), self.now));
        self.settle().await;
    }

    /// Does all that waits, well, until nothing but timers is left.
    pub async fn settle(&mut self) {
        for phone in 0..PHONES {
            let mut work = 0;
            while self.phones[phone].to_do(0).next().is_some() {
                self.act(phone, 0, true, End::Well).await;
                work += 1;
                assert!(work < 2_000, "it never comes to rest");
            }
        }
    }

    pub fn now(&self) -> Timestamp {
        self.now
    }
}
