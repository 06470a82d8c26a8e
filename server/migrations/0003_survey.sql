-- Single-use rights to rate, issued to phones in stock.
create table token (
    organisation text not null references organisation,
    -- SHA-256 of the secret that the link carries, hexadecimal.
    hash text not null,
    -- Whose phone holds it: who is rated.
    member text not null,
    issued_at bigint not null,
    -- Moved when the request arrives: links live shorter than stock.
    expires_at bigint not null,
    primary key (organisation, hash)
);

-- For the cap on what a member gets in a day.
create index token_by_member on token (organisation, member, issued_at);

-- What customers sent, as they sent it. Nothing of it reaches a phone before it is due; then it makes a rating.
create table submission (
    organisation text not null references organisation,
    -- The rating that it makes.
    id text not null,
    -- By which link; absent where it came sealed from a handed-over device.
    token_hash text,
    -- What it answers; absent while the phone that asked has not synced.
    invitation text,
    meeting text,
    customer text,
    -- Empty where the meeting was logged without a contact, so that it takes part in `submission_counted`.
    contact text,
    rep text not null,
    -- The server's time for links, the device's for sealed answers.
    given_at bigint not null,
    answers text not null,
    -- The answers before a correction that came after release.
    first_answers text,
    -- SHA-256 of the secret for reading and correcting.
    secret_hash text,
    -- Whether it is the one that counts for its meeting and contact; others are kept.
    counted boolean not null,
    -- When it reaches the rep and the managers; absent once it did, or where it never does.
    rep_due bigint,
    manager_due bigint,
    -- The earlier of the two, for the release job; absent where nothing is due or nothing is known to release yet.
    next_due bigint,
    primary key (organisation, id)
);

-- A link is used once, also by two requests at the same time.
create unique index submission_by_token on submission (organisation, token_hash);
create unique index submission_by_secret on submission (organisation, secret_hash);
-- One rating per meeting and contact over all channels.
create unique index submission_counted on submission (organisation, meeting, contact) where counted;
create index submission_due on submission (next_due) where next_due is not null;

-- Ratings that somebody may see: what phones pull and scores rest on.
create table rating (
    organisation text not null references organisation,
    id text not null,
    rep text not null,
    -- When it reached the rep and the managers; absent where it has not, or never does.
    rep_at bigint,
    manager_at bigint,
    -- Hidden names reach the managers only, and scores in batches.
    hidden boolean not null,
    body text not null,
    primary key (organisation, id)
);

create index rating_by_rep on rating (organisation, rep);
