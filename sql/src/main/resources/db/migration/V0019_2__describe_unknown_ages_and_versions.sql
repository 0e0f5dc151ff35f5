-- What entered on a date that is not believed has no age.
comment on column mart_rows.queue_daily.oldest_age_days is 'Age since first receipt of the oldest item waiting, of those whose age is known; null if none waits. Unit: days. Never add.';
comment on column mart_rows.queue_daily.oldest_wait_days is 'Longest current stay of an item waiting, counted from its latest entry, of those whose entry is known; null if none waits. Unit: days. Never add.';
comment on column mart.queue_daily.oldest_age_days is 'Age since first receipt of the oldest item waiting, of those whose age is known; null if none waits. Unit: days. Never add.';
comment on column mart.queue_daily.oldest_wait_days is 'Longest current stay of an item waiting, counted from its latest entry, of those whose entry is known; null if none waits. Unit: days. Never add.';
comment on table mart_rows.open_age is 'One age band of what waits in one slice of one queue at the end of each month and on the business date. Bands are half-open: 31-90 means older than 30 and not older than 90 days. Items that entered before the queue''s earliest_entry are in the band ''(age unknown)'', which has a row only where there are any.';
comment on column mart_rows.open_age.age_band_from_days is 'Youngest age in the band; -1 for the band ''(age unknown)''. Unit: days.';
comment on view mart.open_age is 'One age band of what waits in one slice of one queue at the end of each month and on the business date. Bands are half-open: 31-90 means older than 30 and not older than 90 days. Items that entered before the queue''s earliest_entry are in the band ''(age unknown)'', which has a row only where there are any.';
comment on column mart.open_age.age_band_from_days is 'Youngest age in the band; -1 for the band ''(age unknown)''. Unit: days.';
comment on view bi.open_age is 'One age band of what waits in one slice of one queue at the end of each month and on the business date. Bands are half-open: 31-90 means older than 30 and not older than 90 days. Items that entered before the queue''s earliest_entry are in the band ''(age unknown)'', which has a row only where there are any. Totals only.';
comment on column bi.open_age.age_band_from_days is 'Youngest age in the band; -1 for the band ''(age unknown)''. Unit: days.';
comment on view bi.open_age_by_slice is 'One age band of what waits in one slice of one queue at the end of each month and on the business date. Bands are half-open: 31-90 means older than 30 and not older than 90 days. Items that entered before the queue''s earliest_entry are in the band ''(age unknown)'', which has a row only where there are any. Slices only. Every slice divides the same total: choose one slice, never add over slices.';
comment on column bi.open_age_by_slice.age_band_from_days is 'Youngest age in the band; -1 for the band ''(age unknown)''. Unit: days.';
comment on column bi.queue_daily.oldest_age_days is 'Age since first receipt of the oldest item waiting, of those whose age is known; null if none waits. Unit: days. Never add.';
comment on column bi.queue_daily.oldest_wait_days is 'Longest current stay of an item waiting, counted from its latest entry, of those whose entry is known; null if none waits. Unit: days. Never add.';
comment on column bi.queue_daily_by_slice.oldest_age_days is 'Age since first receipt of the oldest item waiting, of those whose age is known; null if none waits. Unit: days. Never add.';
comment on column bi.queue_daily_by_slice.oldest_wait_days is 'Longest current stay of an item waiting, counted from its latest entry, of those whose entry is known; null if none waits. Unit: days. Never add.';
-- A new version of a queue restates all history.
comment on column mart_rows.dim_queue.queue_version is 'Version of the definition. All history of the release is counted by it; earlier releases keep theirs.';
comment on column mart.dim_queue.queue_version is 'Version of the definition. All history of the release is counted by it; earlier releases keep theirs.';
comment on column bi.dim_queue.queue_version is 'Version of the definition. All history of the release is counted by it; earlier releases keep theirs.';
