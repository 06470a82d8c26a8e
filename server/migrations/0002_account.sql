-- Which organisation an email address signs in to. Not keyed by organisation: it is the directory to them.
create table address (
    email text primary key,
    organisation text not null references organisation,
    member text not null
);

create table session (
    organisation text not null references organisation,
    -- Names it in the member's list; gives no access.
    id text not null,
    -- SHA-256 of the cookie's secret, hexadecimal.
    token_hash text not null,
    -- The secret before the last rotation: still good until the new one was seen, so that a lost answer signs nobody out.
    previous_hash text,
    member text not null,
    -- The browser's own description of itself, for telling one's sessions apart.
    agent text not null,
    created_at bigint not null,
    rotated_at bigint not null,
    seen_at bigint not null,
    expires_at bigint not null,
    primary key (organisation, id)
);

create unique index session_by_token on session (organisation, token_hash);
create index session_by_previous_token on session (organisation, previous_hash);
create index session_by_member on session (organisation, member);

-- An invitation or a reset: sets a password once.
create table password_link (
    organisation text not null references organisation,
    -- SHA-256 of the link's secret, hexadecimal.
    token_hash text not null,
    member text not null,
    created_at bigint not null,
    expires_at bigint not null,
    -- Kept when used, so that a second opening can be told why it does not work.
    used_at bigint,
    primary key (organisation, token_hash)
);

create index password_link_by_member on password_link (organisation, member);

-- Failed sign-ins. Not keyed by organisation: unknown addresses are counted too, or counting would tell which are known.
create table attempt (
    -- `address/` or `client/` and the SHA-256 of the email address or the network address.
    subject text primary key,
    failures bigint not null,
    last_at bigint not null,
    -- No attempt is looked at before.
    open_at bigint not null
);

create index attempt_by_age on attempt (last_at);
