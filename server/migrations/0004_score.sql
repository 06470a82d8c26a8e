-- A rep's score as one audience sees it. Derived: what it rests on lies in `rating`, `meeting` and `invitation`.
create table score (
    organisation text not null references organisation,
    -- The member's id and the audience.
    id text not null,
    body text not null,
    primary key (organisation, id)
);

-- Whether an organisation's scores rest on what there is. Written with what they rest on, so that no restart forgets it.
create table scoring (
    organisation text not null references organisation,
    -- The sequence of the last transaction that changed what scores rest on.
    changed bigint not null,
    -- The value of `changed` that the scores rest on.
    computed bigint not null,
    -- The UTC date that they were computed for, YYYY-MM-DD: they age once a day.
    computed_on text not null,
    primary key (organisation)
);
