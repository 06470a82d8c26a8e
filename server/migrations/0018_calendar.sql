-- The address of a member's feed: one at a time, and only its hash.
create table calendar_feed (
    organisation text not null references organisation,
    member text not null,
    -- SHA-256 of what the address carries.
    token_hash text not null,
    made_at bigint not null,
    primary key (organisation, member)
);

create unique index calendar_feed_by_token on calendar_feed (organisation, token_hash);

-- A calendar elsewhere that is read for a member. The address is a secret of the member's, so it is no part of any row that phones pull.
create table calendar_source (
    organisation text not null references organisation,
    member text not null,
    address text not null,
    -- When it was last asked, so that of several processes one asks.
    asked_at bigint not null,
    primary key (organisation, member)
);

create index calendar_source_by_age on calendar_source (asked_at);

-- What that calendar says of the coming weeks; for the member's phones alone.
create table coming_events (
    organisation text not null references organisation,
    -- The member's id.
    id text not null,
    body text not null,
    primary key (organisation, id)
);
