-- The sequence of the transaction that last changed what the rating says to the score, so that only new ones are read.
alter table rating add column sequence bigint not null default 0;

create index rating_by_sequence on rating (organisation, sequence);

-- The sequence of the transaction that wrote the scores, and of the one that last wrote score_fit.
alter table scoring add column written bigint not null default 0;
alter table scoring add column fitted bigint not null default 0;
-- Until when a process fits in the background; one at a time.
alter table scoring add column fitting_until bigint not null default 0;
