-- Versions of the rows of a feed, with what the replaced release knew of them: what was withdrawn since was known to it and is not known now. Grain:
-- row and version.
-- Parameter: files, files. Those with the versions.
-- Parameter: withdrawn_since, texts. Loads that were withdrawn since.
-- Parameter: withdrawn_loads, texts. All loads that count no more.
-- Parameter: loads, texts. Loads that finished after the replaced release.
-- Parameter: known_to, date. The latest date that the replaced release knew of the feed; null if it knew none.
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
