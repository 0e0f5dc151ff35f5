-- The rows that a release added to a table that keeps those of earlier releases. Grain: that of the table.
-- Parameter: source, name. The table with all rows.
-- Parameter: release_id, text. The release.
select *
from :source
where release_id = :release_id
