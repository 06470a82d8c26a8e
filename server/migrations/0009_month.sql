-- A month of one organisation as it stood when it closed; never changed, so that whatever is published of it adds up for ever.
create table closed_month (
    organisation text not null references organisation,
    -- YYYY-MM-DD.
    first_day text not null,
    -- Teams, reps and the ratings that counted for the first time in it.
    body text not null,
    primary key (organisation, first_day)
);

-- The first day of the closed month that a rating belongs to; absent while it belongs to none.
alter table rating add column month text;

-- How far months are closed.
create table closing (
    organisation text not null references organisation,
    -- Since when it is recorded who manages whom: what managers were shown before belongs to no month.
    since bigint not null,
    -- The first day of the month that is to be closed next.
    open_month text not null,
    -- When that month is over in the organisation's time zone.
    due bigint not null,
    -- The member up to whom what was closed is published; empty where it is to everybody.
    published_to text not null,
    primary key (organisation)
);

-- What one member is shown of a closed month; nothing, where it would tell of too few.
create table month (
    organisation text not null references organisation,
    -- The member's id and the month's first day.
    id text not null,
    member text not null,
    first_day text not null,
    -- Of whose single ratings of the month the member sees all, of whose none, and what was asked for: never leaves the server.
    sight text not null,
    body text not null,
    primary key (organisation, id)
);

create index month_by_member on month (organisation, member);

-- Who ever managed whom: what somebody saw cannot be unseen.
create table managing (
    organisation text not null references organisation,
    manager text not null,
    rep text not null,
    primary key (organisation, manager, rep)
);

-- Single ratings that would, together with sums that a member was shown, tell of too few: they are not sent to that member.
create table withheld (
    organisation text not null references organisation,
    member text not null,
    rating text not null,
    primary key (organisation, member, rating)
);
