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
