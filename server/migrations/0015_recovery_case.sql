-- Something to be made right with a customer; where a rule opened it, under the id of what opened it, so that it opens once.
create table recovery_case (
    organisation text not null references organisation,
    id text not null,
    -- For telling it to whom it belongs once the customer changes hands.
    customer text not null,
    body text not null,
    primary key (organisation, id)
);

create index recovery_case_by_customer on recovery_case (organisation, customer);
