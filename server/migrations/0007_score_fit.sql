-- What was learned from all ratings together and is held until enough of them came: per audience, since each knows other ratings.
-- A row is replaced in the transaction that replaces the scores resting on it, so that a reader never sees half a refit.
create table score_fit (
    organisation text not null references organisation,
    audience text not null,
    -- How things stood when, for telling what moved a score since.
    body text not null,
    primary key (organisation, audience)
);
