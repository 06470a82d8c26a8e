//! The real router over a fresh database per test: those in `on_both_engines!` on SQLite and, where `QDOS_TEST_POSTGRES` names a server, on
//! PostgreSQL. A few run on one alone: on SQLite where the engine changes nothing, on PostgreSQL where several processes share it.

mod account;
mod backup;
mod border;
mod calendar;
mod cancelled;
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
