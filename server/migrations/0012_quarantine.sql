-- What administrators decided about mutations in quarantine: by whom, when, and why. The quarantined row itself stays as it came.
create table settlement (
    organisation text not null references organisation,
    -- The mutation's id.
    id text not null,
    body text not null,
    primary key (organisation, id)
);

-- For finding what is decided about: a decision names the mutation, not the device that it came from.
create index quarantine_by_mutation on quarantine (organisation, mutation);

-- When the session was shut out for good: it gets nobody in, and its device may hand over what it holds, once.
alter table session add column revoked_at bigint;
-- How many mutations came that way, so that nobody fills the quarantine.
alter table session add column delivered bigint not null default 0;
-- When the device first said that it holds no more.
alter table session add column delivered_at bigint;

-- For answering a mutation that another device of its member sent before: what was exported from one is sent from another.
create index receipt_by_mutation on receipt (organisation, mutation);
