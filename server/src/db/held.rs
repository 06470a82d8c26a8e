use sqlx::{Database, pool::PoolConnection};
use std::ops::{Deref, DerefMut};

/// A connection of a pool's, with a transaction around what it does or without.
#[derive(Debug)]
pub enum Held<D: Database> {
    /// Rolled back unless committed.
    Transaction(sqlx::Transaction<'static, D>),
    /// Each statement by itself.
    Alone(PoolConnection<D>),
}

impl<D: Database> Held<D> {
    pub(super) async fn commit(self) -> Result<(), sqlx::Error> {
        match self {
            Self::Transaction(transaction) => transaction.commit().await,
            Self::Alone(_) => Ok(()),
        }
    }
}

impl<D: Database> From<sqlx::Transaction<'static, D>> for Held<D> {
    fn from(transaction: sqlx::Transaction<'static, D>) -> Self {
        Self::Transaction(transaction)
    }
}

impl<D: Database> From<PoolConnection<D>> for Held<D> {
    fn from(connection: PoolConnection<D>) -> Self {
        Self::Alone(connection)
    }
}

impl<D: Database> Deref for Held<D> {
    type Target = D::Connection;

    fn deref(&self) -> &D::Connection {
        match self {
            Self::Transaction(transaction) => transaction,
            Self::Alone(connection) => connection,
        }
    }
}

impl<D: Database> DerefMut for Held<D> {
    fn deref_mut(&mut self) -> &mut D::Connection {
        match self {
            Self::Transaction(transaction) => transaction,
            Self::Alone(connection) => connection,
        }
    }
}
