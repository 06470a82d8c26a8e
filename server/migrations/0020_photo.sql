-- What is known of a photo of a meeting or a promise: the row that phones hold.
create table photo (
    organisation text not null references organisation,
    id text not null,
    -- The meeting or promise: photos go with it, and are as many as it may have.
    subject text not null,
    -- For telling it to whom it belongs once the customer changes hands.
    customer text not null,
    body text not null,
    primary key (organisation, id)
);

create index photo_by_subject on photo (organisation, subject);
create index photo_by_customer on photo (organisation, customer);

-- What a photo shows: apart from its row, which pulls copy, and there exactly as long as that.
create table photo_content (
    organisation text not null references organisation,
    id text not null,
    -- A JPEG without metadata. SQLite knows no type of this name and keeps bytes as they are under any.
    content bytea not null,
    primary key (organisation, id)
);

-- How many bytes of photos an organisation keeps: adding them up for each new photo would take longer with every one.
create table photo_space (
    organisation text not null references organisation,
    bytes bigint not null,
    primary key (organisation)
);
