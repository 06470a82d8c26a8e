-- The pair of keys by which browsers know this installation (RFC 8292). In the database, since every process sends with the same one, and in the
-- backup, since browsers that subscribed with it take messages from no other. Not keyed by organisation: it is the installation's.
create table reminder_key (
    -- Always 1: there is one.
    number bigint primary key,
    -- PKCS #8 in base 64 for addresses, private and public half.
    pair text not null,
    made_at bigint not null
);

-- A device on which its member is reminded. It belongs to a session and goes with it, whichever way that ends.
create table reminder_subscription (
    organisation text not null references organisation,
    session text not null,
    member text not null,
    -- Where the browser's own service takes messages for it; whoever has it can send there.
    endpoint text not null,
    -- The browser's public key and what is shared with it, each in base 64 for addresses.
    p256dh text not null,
    auth text not null,
    -- A JSON list of kinds.
    kinds text not null,
    -- How many ratings the member was told of or has looked at.
    seen bigint not null,
    made_at bigint not null,
    -- How often in a row nothing could be delivered, and until when nothing is tried for that.
    failures bigint not null,
    rest_until bigint not null,
    primary key (organisation, session)
);

create index reminder_subscription_by_member on reminder_subscription (organisation, member);
create index reminder_subscription_by_endpoint on reminder_subscription (organisation, endpoint);

-- The last day whose reminder was taken in hand for a member: of several processes one does it, and once.
create table reminder_day (
    organisation text not null references organisation,
    member text not null,
    -- YYYY-MM-DD in the organisation's time zone.
    day text not null,
    primary key (organisation, member)
);
