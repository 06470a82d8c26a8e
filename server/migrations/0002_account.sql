-- Which organisation an email address signs in to. The only table that is not keyed by organisation: it is the directory to them.
create table address (
    email text primary key,
    organisation text not null references organisation,
    member text not null
);

create table session (
    organisation text not null references organisation,
    -- SHA-256 of the cookie's secret, hexadecimal.
    token_hash text not null,
    member text not null,
    created_at bigint not null,
    seen_at bigint not null,
    expires_at bigint not null,
    primary key (organisation, token_hash)
);

create index session_by_member on session (organisation, member);
