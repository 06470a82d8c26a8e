-- A customer's number in another system, by which an import finds it again.
create table customer_external_id (
    organisation text not null references organisation,
    external_id text not null,
    customer text not null,
    primary key (organisation, external_id)
);
