-- The days of a wait, counted: views that have a row for every day take them from here.
create table ops.day_number (
    number integer not null primary key
);
comment on table ops.day_number is 'Whole numbers from 0 to 20000, for views with a row for every day of a wait.';
comment on column ops.day_number.number is 'The number.';
insert into ops.day_number (number) select n.number from generate_series(0, 20000) as n (number);
