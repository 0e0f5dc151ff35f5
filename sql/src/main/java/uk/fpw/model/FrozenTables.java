package uk.fpw.model;

import java.util.Map;

/**
 * The tables whose rows about periods before items were removed are copied from release to release, because they cannot
 * be computed again. Control charts are not among them: they are drawn again, from the copied counts and later ones.
 */
public final class FrozenTables {

    /** The table of days. Every series with copied rows has such rows in it. */
    public static final String DAYS = "mart.queue_daily";

    /** Column of these tables that says whether a row is a copy. */
    public static final String IS_FROZEN = "is_frozen";

    /** By qualified table, the column with the first day of the period of a row, or with its only day. */
    public static final Map<String, String> STARTS = Map.ofEntries(
            Map.entry(DAYS, "day"),
            Map.entry("mart.queue_weekly", "week_start_on"),
            Map.entry("mart.queue_monthly", "month_start_on"),
            Map.entry("mart.queue_quarterly", "quarter_start_on"),
            Map.entry("mart.queue_yearly", "year_start_on"),
            Map.entry("mart.queue_exit", "month_start_on"),
            Map.entry("mart.queue_reentry", "month_start_on"),
            Map.entry("mart.reentry_share", "month_start_on"),
            Map.entry("mart.open_age", "as_of_on"),
            Map.entry("mart.wait_standard", "month_start_on"),
            Map.entry("mart.publication_count", "quarter_start_on"));

    private FrozenTables() {}
}
