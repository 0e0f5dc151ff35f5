-- Up to which date each feed had to be delivered when a release was made: feeds/*.yml may say which dates have a file.
alter table ops.release_feed add column due_to date;
comment on column ops.release_feed.due_to is 'Date up to which the feed had to be delivered: the business date, unless its files are of other dates; complete_to if nothing was due. Null for releases that did not record it: the business date.';
comment on column ops.release_feed.complete_to is 'Date of the latest file, or state of the source, that was loaded.';
comment on table ops.release_feed is 'How far a feed was known when a release was made. It lacks in the release if complete_to is before due_to. What rests on it is not available after complete_to.';
