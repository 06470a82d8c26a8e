use crate::{
    browser::{
        record::{Durability, Records, Write},
        tabs::TabMessage,
    },
    sync::{
        answer::Trouble,
        outbox::Item,
        protocol::{Delivery, Pull, Pulled, Push, Pushed},
        stored::Keys,
    },
    time::Timestamp,
};
use serde_json::value::RawValue;

/// Tells pushes apart that are on their way together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PushId(pub(super) u64);

/// Something that happened.
#[derive(Debug)]
pub enum Event {
    /// These items are in the database, all in one commit.
    Saved(Vec<Item>),
    /// The person let an item go, and it is out of the database.
    LetGo,
    /// Everything in the database, as asked by [`Effect::Load`].
    Loaded(Records),
    /// The outbox from that number on, and meta, as asked by [`Effect::LoadOutbox`].
    OutboxLoaded(u64, Records),
    /// Some of the rows, as asked by [`Effect::ReadRows`], and the key of the last; none where these were all.
    RowsRead(Records, Option<String>),
    /// This tab may send.
    LockGranted,
    /// There is a network.
    Online,
    /// There is none.
    Offline,
    /// The app is looked at.
    Visible,
    /// It no longer is.
    Hidden,
    /// The person asks to exchange everything now.
    SyncNow,
    /// There is a session again.
    SignedIn,
    /// What came of [`Effect::Listen`]: the stream is open, for the first time or again.
    Listening,
    /// The stream says that there is something to pull.
    Poked,
    /// What else may come of [`Effect::Listen`]: the stream does not open, and nobody tries any more.
    NotListening,
    /// What may come of [`Effect::Wipe`].
    NotWiped,
    /// The time asked for by [`Effect::WakeAt`] has come.
    Tick,
    /// Another tab said something.
    Heard(TabMessage),
    /// What came of [`Effect::Push`].
    PushAnswered(PushId, Result<Pushed, Trouble>),
    /// What came of [`Effect::Pull`].
    PullAnswered(Result<Pulled, Trouble>),
    /// Whether [`Effect::Store`] is in the database.
    Stored(bool),
}

/// Something to do. Effects that ask for something are answered by one event each, also when they fail; [`Effect::Listen`] by as many as come.
#[derive(Debug)]
pub enum Effect {
    /// Send it; answer with [`Event::PushAnswered`].
    Push(PushId, Push<Box<RawValue>>),
    /// Ask for it; answer with [`Event::PullAnswered`].
    Pull(Pull),
    /// Hand it over, because this device was revoked; answer with [`Event::PushAnswered`].
    Deliver(PushId, Delivery<Box<RawValue>>),
    /// Everything was handed over: remove the member's database from this phone, unless it holds something unsent by now; then answer with
    /// [`Event::NotWiped`].
    Wipe,
    /// Commit the writes; answer with [`Event::Stored`].
    Store(Vec<Write>, Durability),
    /// Read the whole database; answer with [`Event::Loaded`], as soon as it can be read.
    Load,
    /// Read the outbox from that number on, and meta; answer with [`Event::OutboxLoaded`], as soon as they can be read.
    LoadOutbox(u64),
    /// Read rows with these keys, the first of them and as many as take no time; answer with [`Event::RowsRead`], as soon as they can be read.
    ReadRows(Keys),
    /// Open the stream of pokes and keep it open; answer with [`Event::Listening`] whenever it opens, with [`Event::NotListening`] at its end.
    Listen,
    /// Close the stream of pokes.
    StopListening,
    /// Let go of the lock and queue for it again; answer with [`Event::LockGranted`].
    YieldLock,
    /// Answer with [`Event::Tick`] then; replaces the time asked for before.
    WakeAt(Timestamp),
    /// Tell the other tabs.
    Announce(TabMessage),
}
