-- Pages are exact and for a group of the machine that the installation names. It has no effect until somebody has confirmed it; until then, and
-- after a withdrawal, only the user of the runs reads new pages.
create table ops.reader_confirmation (
    confirmation_number integer not null,
    recorded_at timestamp with time zone not null,
    recorded_by varchar(100) not null,
    group_name varchar(100) not null,
    is_confirmed boolean not null,
    reason varchar(1000) not null,
    constraint reader_confirmation_pk primary key (confirmation_number)
);
comment on table ops.reader_confirmation is 'Which group of the machine may read the pages, and since when. Rows are only added; the last one applies.';
comment on column ops.reader_confirmation.confirmation_number is 'Counts from 1.';
comment on column ops.reader_confirmation.recorded_at is 'When, by the clock.';
comment on column ops.reader_confirmation.recorded_by is 'Owner of the process by the operating system.';
comment on column ops.reader_confirmation.group_name is 'Name of the group.';
comment on column ops.reader_confirmation.is_confirmed is 'True if its members may read the pages from now on; false if they no longer may.';
comment on column ops.reader_confirmation.reason is 'Why, in the words of the person.';
