-- A customer's wish, put to a colleague.
create table inside_ask (
    organisation text not null references organisation,
    id text not null,
    -- For telling it to whom it belongs once the customer changes hands.
    customer text not null,
    body text not null,
    primary key (organisation, id)
);

create index inside_ask_by_customer on inside_ask (organisation, customer);
