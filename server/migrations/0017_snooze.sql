-- What a member put off on Today, until when and why; for that member's phones alone.
create table snooze (
    organisation text not null references organisation,
    -- The member's id and the id of what is put off, so that a thing is put off once.
    id text not null,
    body text not null,
    primary key (organisation, id)
);
