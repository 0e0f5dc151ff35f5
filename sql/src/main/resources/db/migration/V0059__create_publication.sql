-- What left the force (fpw publication): kept as it was published, and never changed.
create table ops.publication_restatement (
    restated_in integer not null,
    restated_at timestamp with time zone not null,
    restated_by varchar(100) not null,
    reason varchar(1000) not null,
    constraint publication_restatement_pk primary key (restated_in)
);
comment on table ops.publication_restatement is 'One restatement: everything published until then, computed again from one release. At most one a year. Append-only.';
comment on column ops.publication_restatement.restated_in is 'Calendar year in which it was made.';
comment on column ops.publication_restatement.restated_at is 'When it was made.';
comment on column ops.publication_restatement.restated_by is 'Owner of the process by the operating system.';
comment on column ops.publication_restatement.reason is 'Reason given.';

create table ops.publication (
    quarter_start_on date not null,
    edition integer not null,
    published_at timestamp with time zone not null,
    published_by varchar(100) not null,
    reason varchar(1000) not null,
    release_id varchar(40) not null,
    force_digest varchar(64) not null,
    sources varchar(4000) not null,
    rule_version integer not null,
    planned_count integer not null,
    restated_in integer,
    constraint publication_pk primary key (quarter_start_on, edition),
    constraint publication_restatement_fk foreign key (restated_in) references ops.publication_restatement (restated_in)
);
comment on table ops.publication is 'One publication of one quarter; the last edition is the one that counts. Append-only.';
comment on column ops.publication.quarter_start_on is 'First day of the quarter.';
comment on column ops.publication.edition is '1 for the first publication of the quarter, one more for each restatement.';
comment on column ops.publication.published_at is 'When it was decided and recorded.';
comment on column ops.publication.published_by is 'Owner of the process by the operating system.';
comment on column ops.publication.reason is 'Reason given.';
comment on column ops.publication.release_id is 'Release from which it was computed.';
comment on column ops.publication.force_digest is 'Digest of the force folder of that release.';
comment on column ops.publication.sources is 'Feeds of that release and how far each was known.';
comment on column ops.publication.rule_version is 'Version of the rule by which counts were left out and rounded.';
comment on column ops.publication.planned_count is 'Rows that would have been published if no count were small.';
comment on column ops.publication.restated_in is 'Restatement that made this edition; null for a first one.';

create table ops.publication_row (
    quarter_start_on date not null,
    edition integer not null,
    row_number integer not null,
    figure varchar(20) not null,
    period varchar(20) not null,
    name varchar(100) not null,
    title varchar(200) not null,
    scheme_version integer,
    selection varchar(20),
    grade varchar(100),
    published_count bigint not null,
    constraint publication_row_pk primary key (quarter_start_on, edition, row_number),
    constraint publication_row_fk foreign key (quarter_start_on, edition) references ops.publication (quarter_start_on, edition)
);
comment on table ops.publication_row is 'One figure as it was published: rounded. Append-only.';
comment on column ops.publication_row.quarter_start_on is 'Publication.';
comment on column ops.publication_row.edition is 'Publication.';
comment on column ops.publication_row.row_number is 'Position in the publication, from 1.';
comment on column ops.publication_row.figure is '''received'' or ''waiting'' for a queue, ''graded'' for a grade of a scheme.';
comment on column ops.publication_row.period is 'Quarter, such as 2015Q3, or financial year, such as 2014/15.';
comment on column ops.publication_row.name is 'Queue or scheme.';
comment on column ops.publication_row.title is 'Its display name.';
comment on column ops.publication_row.scheme_version is 'Version of the grades of the scheme; null for a queue.';
comment on column ops.publication_row.selection is 'How the graded cases were selected; null for a queue.';
comment on column ops.publication_row.grade is 'Grade; null for a queue.';
comment on column ops.publication_row.published_count is 'Cases or people, rounded.';

-- Analysts see what was published, and why.
grant select on ops.publication_restatement to fpw_analyst;
grant select on ops.publication to fpw_analyst;
grant select on ops.publication_row to fpw_analyst;
