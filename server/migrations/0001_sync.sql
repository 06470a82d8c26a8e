-- Conventions of every table: its key begins with the organisation, so that the schema can be sharded by it; ids are text,
-- instants bigint milliseconds UTC; `body` is the thing as phones hold it (JSON of the type in app), beside the columns that SQL asks for.

create table organisation (
    id text primary key,
    -- Leads every rating link.
    code text not null unique,
    -- Stamped on the rows of each writing transaction; its row lock makes commit order the sequence's order.
    sequence bigint not null default 0,
    body text not null
);

-- What answers of handed-over devices are sealed to; older keys stay, so that answers sealed before a change still open.
create table sealing_key (
    organisation text not null references organisation,
    id text not null,
    -- X25519, hexadecimal.
    secret text not null,
    primary key (organisation, id)
);

-- A span of history without a restored backup in it; see ARCHITECTURE.md, 'Epochs'.
create table epoch (
    organisation text not null references organisation,
    first_sequence bigint not null,
    id text not null,
    primary key (organisation, first_sequence)
);

create table team (
    organisation text not null references organisation,
    id text not null,
    body text not null,
    primary key (organisation, id)
);

create table member (
    organisation text not null references organisation,
    id text not null,
    -- For finding the reps of a team.
    team text,
    -- Argon2id in PHC format; absent until the invitation is accepted.
    password_hash text,
    body text not null,
    primary key (organisation, id)
);

create index member_by_team on member (organisation, team);

create table customer (
    organisation text not null references organisation,
    id text not null,
    owner text not null,
    body text not null,
    primary key (organisation, id)
);

create index customer_by_owner on customer (organisation, owner);

create table contact (
    organisation text not null references organisation,
    id text not null,
    customer text not null,
    body text not null,
    primary key (organisation, id)
);

create index contact_by_customer on contact (organisation, customer);

create table insight (
    organisation text not null references organisation,
    id text not null,
    customer text not null,
    body text not null,
    primary key (organisation, id)
);

create index insight_by_customer on insight (organisation, customer);

create table meeting (
    organisation text not null references organisation,
    id text not null,
    customer text not null,
    rep text not null,
    -- For coverage, which looks at a span of time.
    starts_at bigint not null,
    body text not null,
    primary key (organisation, id)
);

create index meeting_by_customer on meeting (organisation, customer);
create index meeting_by_rep on meeting (organisation, rep, starts_at);

create table touch (
    organisation text not null references organisation,
    id text not null,
    customer text not null,
    body text not null,
    primary key (organisation, id)
);

create index touch_by_customer on touch (organisation, customer);

create table promise (
    organisation text not null references organisation,
    id text not null,
    customer text not null,
    -- For asking the customer about promises that fell due; YYYY-MM-DD.
    due text not null,
    body text not null,
    primary key (organisation, id)
);

create index promise_by_customer on promise (organisation, customer, due);

create table reflection (
    organisation text not null references organisation,
    id text not null,
    author text not null,
    body text not null,
    primary key (organisation, id)
);

create table action (
    organisation text not null references organisation,
    id text not null,
    author text not null,
    body text not null,
    primary key (organisation, id)
);

create table invitation (
    organisation text not null references organisation,
    id text not null,
    meeting text not null,
    customer text not null,
    contact text,
    rep text not null,
    asked_at bigint not null,
    -- SHA-256 of the link's token, where there is a link.
    token_hash text,
    body text not null,
    primary key (organisation, id)
);

create index invitation_by_meeting on invitation (organisation, meeting);
create index invitation_by_contact on invitation (organisation, contact, asked_at);
create index invitation_by_rep on invitation (organisation, rep, asked_at);
create unique index invitation_by_token on invitation (organisation, token_hash);

-- A look of one member at another's data.
create table viewing (
    organisation text not null references organisation,
    id text not null,
    viewer text not null,
    subject text not null,
    viewed text not null,
    -- YYYY-MM-DD in the viewer's time zone: one look a day is told.
    viewed_on text not null,
    body text not null,
    primary key (organisation, id),
    unique (organisation, viewer, subject, viewed, viewed_on)
);

-- One row per scope that a thing was ever in: what a pull reads.
create table change (
    organisation text not null references organisation,
    scope text not null,
    entity text not null,
    id text not null,
    sequence bigint not null,
    -- Whether the thing left the scope.
    gone boolean not null,
    primary key (organisation, entity, id, scope)
);

create index change_by_sequence on change (organisation, scope, sequence, entity, id);

-- The store of one member in one browser.
create table device (
    organisation text not null references organisation,
    id text not null,
    member text not null,
    last_seen_at bigint not null,
    primary key (organisation, id)
);

-- What became of each mutation; never pruned, so that a retry after months gets the first answer.
create table receipt (
    organisation text not null references organisation,
    device text not null,
    mutation text not null,
    member text not null,
    -- The mutation's number on its device, for telling gaps.
    number bigint not null,
    -- SHA-256 of the mutation as sent, hexadecimal.
    body_hash text not null,
    outcome text not null,
    received_at bigint not null,
    primary key (organisation, device, mutation)
);

create index receipt_by_number on receipt (organisation, device, number);

-- Mutations that can never be applied as they are, whole, for an administrator.
create table quarantine (
    organisation text not null references organisation,
    device text not null,
    mutation text not null,
    member text not null,
    body text not null,
    refusal text not null,
    received_at bigint not null,
    primary key (organisation, device, mutation)
);
