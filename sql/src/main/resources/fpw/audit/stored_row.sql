-- Versions of the rows of a feed, with what the replaced release knew: versions withdrawn since were known to it and are not known now. Grain: row
-- and version.
-- Parameter: files, files. Files with the versions.
-- Parameter: withdrawn_since, texts. Loads withdrawn since.
-- Parameter: withdrawn_loads, texts. All withdrawn loads.
-- Parameter: loads, texts. Loads that finished after the replaced release.
-- Parameter: known_to, date. Last day of the feed known to the replaced release; null if there is none.
select
    *,
    _load_id in :withdrawn_since as _is_withdrawn,
    _load_id in :withdrawn_since or (_load_id not in :withdrawn_loads and _is_later) as _is_new,
    _load_id in :withdrawn_since or (_load_id not in :withdrawn_loads and not _is_later) as _was_known,
    _load_id not in :withdrawn_loads as _is_known
from (
    select
        *,
        :known_to is null or _known_on > :known_to or _load_id in :loads as _is_later
    from read_parquet(:files, hive_partitioning = false, union_by_name = true, filename = '_file')
)
where _load_id in :withdrawn_since or _load_id not in :withdrawn_loads
