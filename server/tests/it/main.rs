//! The real router over a fresh database per test, every test on SQLite and, where `QDOS_TEST_POSTGRES` names a server, on PostgreSQL.

mod account;
mod backup;
mod border;
mod calendar;
mod customer;
mod demo;
mod first_run;
mod hostile;
mod http;
mod organisation;
mod photo;
mod promise;
mod quarantine;
mod recovery;
mod reflection;
mod reminder;
mod score;
mod support;
mod survey;
mod sync;
mod team;
mod today;
mod writer;
