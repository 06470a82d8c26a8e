-- When a member works: hours, and days away with a cover. A table of its own and no part of the member's row: the member says it on the
-- phone, while administrators write the member.
create table availability (
    organisation text not null references organisation,
    -- The member's id.
    id text not null,
    body text not null,
    primary key (organisation, id)
);
