//! One connection to one database: opened on first use, opened again when the browser closed it, let go when asked.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures_channel::oneshot;
use futures_util::future::{Either, select};
use indexed_db_futures::database::{Database, VersionChangeEvent};
use indexed_db_futures::internals::SystemRepr;
use indexed_db_futures::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::StorageError;
use super::error::Failure;
use crate::browser::record::Table;

/// The shape of the databases. Raise it with the code in [`create_tables`] that brings an older one up to date.
const VERSION: u32 = 1;

pub(super) struct Connection {
    name: String,
    tables: &'static [Table],
    open: Rc<RefCell<Option<Database>>>,
    replaced: Rc<Cell<bool>>,
    /// Lives as long as any connection that calls it.
    on_version_change: Closure<dyn FnMut()>,
    on_close: Closure<dyn FnMut()>,
}

impl Connection {
    pub(super) fn new(name: String, tables: &'static [Table], tell: impl Fn() + 'static) -> Self {
        let open = Rc::new(RefCell::new(None::<Database>));
        let replaced = Rc::new(Cell::new(false));
        let on_version_change = Closure::new({
            let (open, replaced) = (open.clone(), replaced.clone());
            move || {
                tell();
                let (open, replaced) = (open.clone(), replaced.clone());
                // After what `tell` spawned, and still before the other tab is told that it has to wait. Running transactions finish.
                spawn_local(async move {
                    replaced.set(true);
                    if let Some(database) = open.take() {
                        database.close();
                    }
                });
            }
        });
        let on_close = Closure::new({
            let open = open.clone();
            move || drop(open.take())
        });
        Connection { name, tables, open, replaced, on_version_change, on_close }
    }

    /// The open database, opening it if need be.
    pub(super) async fn database(&self) -> Result<Database, StorageError> {
        if self.replaced.get() {
            return Err(StorageError::Closed);
        }
        if let Some(database) = self.open.borrow().clone() {
            return Ok(database);
        }
        let database = self.connect().await?;
        if let Some(earlier) = self.open.borrow().clone() {
            // Somebody else opened one meanwhile.
            database.close();
            return Ok(earlier);
        }
        database.as_sys().set_onversionchange(Some(self.on_version_change.as_ref().unchecked_ref()));
        database.as_sys().set_onclose(Some(self.on_close.as_ref().unchecked_ref()));
        self.open.replace(Some(database.clone()));
        Ok(database)
    }

    /// Runs `work`, and once more on a new connection if this one turns out to be closed.
    pub(super) async fn attempt<T>(&self, work: impl AsyncFn(Database) -> Result<T, Failure>) -> Result<T, StorageError> {
        let database = self.database().await?;
        match work(database.clone()).await {
            Err(Failure::Lost(_)) => {
                self.discard(database);
                Ok(work(self.database().await?).await?)
            }
            done => Ok(done?),
        }
    }

    /// Lets a broken connection go, unless another caller already replaced it.
    fn discard(&self, broken: Database) {
        self.open.borrow_mut().take_if(|open| open.as_sys() == broken.as_sys());
        broken.close();
    }

    /// Closes the connection and deletes the database.
    pub(super) async fn remove(&self) -> Result<(), StorageError> {
        self.replaced.set(true);
        if let Some(database) = self.open.take() {
            database.close();
        }
        let request = Database::delete_by_name(&self.name).map_err(Failure::from)?;
        Ok(request.await.map_err(Failure::from)?)
    }

    async fn connect(&self) -> Result<Database, StorageError> {
        let tables = self.tables;
        let (blocked, told) = oneshot::channel();
        let opening = Database::open(self.name.as_str())
            .with_version(VERSION)
            .with_on_blocked(move |_| {
                // Nobody listens any more if the database opened first.
                let _ = blocked.send(());
                Ok(())
            })
            .with_on_upgrade_needed(move |event, database| create_tables(&event, &database, tables))
            .build()
            .map_err(Failure::from)?;
        match select(opening, told).await {
            Either::Left((opened, _)) => Ok(opened.map_err(Failure::from)?),
            Either::Right((Ok(()), _)) => Err(StorageError::Blocked),
            // The callback was dropped unused.
            Either::Right((Err(_), opening)) => Ok(opening.await.map_err(Failure::from)?),
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        if let Some(database) = self.open.take() {
            database.as_sys().set_onversionchange(None);
            database.as_sys().set_onclose(None);
            database.close();
        }
    }
}

fn create_tables(event: &VersionChangeEvent, database: &Database, tables: &[Table]) -> indexed_db_futures::Result<()> {
    if event.old_version() < 1.0 {
        for table in tables {
            database.create_object_store(table.name()).build()?;
        }
    }
    Ok(())
}
