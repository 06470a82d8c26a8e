use crate::{account::Session, db::Waiting, sync::pull};
use app::{
    account::Actor,
    id::{MemberId, OrganisationId},
    sync::protocol::Scope,
};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};
use tokio::{
    sync::watch,
    time::{Instant, timeout_at},
};

/// What a server needs for a pull, about. Whoever is poked together pulls one after the other.
const PULL_TAKES: Duration = Duration::from_millis(2);
/// The longest that a poke waits, however many there are.
const SPREAD_MAX: Duration = Duration::from_secs(30);
/// The most streams of one session. A browser needs one, and for a moment two while another tab takes over.
const STREAMS_MAX: usize = 4;

/// The streams that this process holds open, and the organisations that are to be looked at for their sake.
#[derive(Clone, Debug, Default)]
pub struct Pokes {
    open: Arc<Mutex<Open>>,
    to_look_at: Arc<Waiting>,
}

#[derive(Debug, Default)]
struct Open {
    stopping: bool,
    opened: u64,
    organisations: HashMap<OrganisationId, BTreeMap<u64, Stream>>,
}

#[derive(Debug)]
struct Stream {
    session: String,
    member: MemberId,
    scopes: Vec<Scope>,
    /// The sequence up to which it was told of everything, or told by being opened.
    seen: i64,
    /// Pokes, and says over what time all who are poked are spread; dropping it ends the stream.
    poke: watch::Sender<Duration>,
}

/// Where a stream hears its pokes; dropped, the stream is forgotten.
#[derive(Debug)]
pub(super) struct Ear {
    pokes: Pokes,
    organisation: OrganisationId,
    number: u64,
    poked: watch::Receiver<Duration>,
}

/// What there is to find out for the streams of an organisation.
#[derive(Debug)]
pub(super) struct Question {
    /// Streams with lower numbers are asked for.
    before: u64,
    /// Their sessions.
    pub(super) sessions: BTreeSet<String>,
    /// Everything that any of them sees.
    pub(super) scopes: BTreeSet<Scope>,
    /// The sequence up to which all of them were told.
    pub(super) seen: i64,
}

/// What was found out.
#[derive(Debug)]
pub(super) struct Finding {
    /// The sessions that last.
    pub(super) lasting: BTreeSet<String>,
    /// The scopes in which something is new.
    pub(super) changed: BTreeSet<Scope>,
    /// The sequence up to which that is all.
    pub(super) head: i64,
    /// Everybody, where somebody may see something else than before.
    pub(super) actors: Option<BTreeMap<MemberId, Actor>>,
}

impl Pokes {
    /// Opens a stream for a session that is told of what is later than `seen`.
    pub(super) fn open(&self, session: &Session, seen: i64) -> Ear {
        let (poke, poked) = watch::channel(Duration::ZERO);
        let (organisation, mut open) = (session.organisation, self.lock());
        open.opened += 1;
        let number = open.opened;
        // A server that stops drops the sender, which ends the stream.
        if !open.stopping {
            let streams = open.organisations.entry(organisation).or_default();
            let own: Vec<u64> = streams.iter().filter(|(_, it)| it.session == session.id).map(|(number, _)| *number).collect();
            if own.len() >= STREAMS_MAX {
                streams.remove(&own[0]);
            }
            let (scopes, member) = (pull::scopes(&session.actor), session.actor.member.id);
            streams.insert(number, Stream { session: session.id.clone(), member, scopes, seen, poke });
        }
        Ear { pokes: self.clone(), organisation, number, poked }
    }

    /// Something happened in these organisations.
    pub(super) fn look_at(&self, organisations: impl IntoIterator<Item = OrganisationId>) {
        self.to_look_at.add(organisations);
    }

    /// Waits until something happened anywhere.
    pub(super) async fn to_look_at(&self) -> BTreeSet<OrganisationId> {
        self.to_look_at.take().await
    }

    /// Organisations of which somebody waits here.
    pub(super) fn organisations(&self) -> Vec<OrganisationId> {
        self.lock().organisations.keys().copied().collect()
    }

    /// What there is to find out for those who wait; nothing where nobody does.
    pub(super) fn question(&self, organisation: OrganisationId) -> Option<Question> {
        let open = self.lock();
        let streams = open.organisations.get(&organisation)?;
        Some(Question {
            before: open.opened + 1,
            sessions: streams.values().map(|it| it.session.clone()).collect(),
            scopes: streams.values().flat_map(|it| it.scopes.iter().copied()).collect(),
            seen: streams.values().map(|it| it.seen).min()?,
        })
    }

    /// Pokes those who see something new, and ends the streams of sessions that ended.
    pub(super) fn settle(&self, organisation: OrganisationId, question: &Question, finding: &Finding) {
        let mut open = self.lock();
        let Some(streams) = open.organisations.get_mut(&organisation) else { return };
        streams.retain(|number, it| *number >= question.before || finding.lasting.contains(&it.session));
        // A sequence that goes back is another history's: whatever was told does not count.
        let is_new = |stream: &Stream| stream.seen > finding.head || stream.scopes.iter().any(|scope| finding.changed.contains(scope));
        poke(streams.range(..question.before).map(|(_, stream)| stream).filter(|stream| is_new(stream)));
        streams.range_mut(..question.before).for_each(|(_, stream)| stream.seen = finding.head);
        for stream in streams.values_mut() {
            if let Some(actor) = finding.actors.as_ref().and_then(|actors| actors.get(&stream.member)) {
                stream.scopes = pull::scopes(actor);
            }
        }
    }

    /// Pokes all: something may have happened that this process was not told of.
    pub(super) fn poke_all(&self) {
        poke(self.lock().organisations.values().flat_map(BTreeMap::values));
    }

    /// Ends all streams, and those that are opened from now on: the server stops.
    pub fn close(&self) {
        let mut open = self.lock();
        open.stopping = true;
        open.organisations.clear();
    }

    fn lock(&self) -> MutexGuard<'_, Open> {
        self.open.lock().expect("no holder of the streams panics")
    }
}

impl Ear {
    /// Waits for the next poke, and for this `share` of the time over which all who are poked with it are spread; false where the stream ends.
    pub(super) async fn poked(&mut self, share: f64) -> bool {
        if self.poked.changed().await.is_err() {
            return false;
        }
        let at = Instant::now() + self.poked.borrow_and_update().mul_f64(share);
        loop {
            match timeout_at(at, self.poked.changed()).await {
                // Told together.
                Ok(Ok(())) => {}
                Ok(Err(_)) => return false,
                Err(_) => return true,
            }
        }
    }
}

/// Pokes these, over a time in which the server keeps up with their pulls.
fn poke<'a>(streams: impl Iterator<Item = &'a Stream> + Clone) {
    let within = spread(streams.clone().count());
    for stream in streams {
        stream.poke.send_replace(within);
    }
}

/// The time over which so many are poked; none for one.
fn spread(streams: usize) -> Duration {
    let others = u32::try_from(streams.saturating_sub(1)).unwrap_or(u32::MAX);
    PULL_TAKES.saturating_mul(others).min(SPREAD_MAX)
}

impl Drop for Ear {
    fn drop(&mut self) {
        let mut open = self.pokes.lock();
        let Some(streams) = open.organisations.get_mut(&self.organisation) else { return };
        streams.remove(&self.number);
        if streams.is_empty() {
            open.organisations.remove(&self.organisation);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_poked_at_once_and_many_one_after_the_other() {
        let seconds = |streams| spread(streams).as_secs_f64();
        assert_eq!([0, 1, 11, 1_001, 1_000_000].map(seconds), [0.0, 0.0, 0.02, 2.0, 30.0]);
    }
}
