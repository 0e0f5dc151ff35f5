package uk.fpw.audit;

import static uk.fpw.model.DuckSql.name;
import static uk.fpw.model.DuckSql.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.model.DuckSql;
import uk.fpw.warehouse.force.feed.ClosedLists;
import uk.fpw.warehouse.run.AuditResult;
import uk.fpw.warehouse.run.EntryVersions;
import uk.fpw.warehouse.run.EntryVersions.VersionedColumn;
import uk.fpw.warehouse.run.MetricsResult.QualityResult;

/**
 * What the values at entry are found from, read a second time: every version of a column as {@code attribute_version},
 * what was released as {@code stored_entry_value}; and how many values of columns that are declared fixed have ever
 * changed.
 */
final class EntryValues {

    /** Fewer changes are corrections. */
    private static final int FEWEST_CHANGES = 20;

    private static final String NO_VERSION = """
            select '' as item_key, '' as feed, '' as column_name, cast(null as varchar) as dated_by, '' as value,
            date '1970-01-01' as valid_from, 0::bigint as version_order where false""";

    private static final String OF_SPELLS = """
            create view stored_entry_value as
            select spell.item_key, spell.entered_on, changing.attribute, changing.basis,
                min(spell.slices[changing.attribute]) as value
            from main.spell as spell
            cross join (select distinct attribute, basis from changing_attribute) as changing
            where spell.slices[changing.attribute] is not null
            group by spell.item_key, spell.entered_on, changing.attribute, changing.basis""";

    /** The values that its open spells had on the last known day. */
    private static final String NOW_OF_SPELLS = """
            select spell.item_key, changing.feed, changing.column_name, changing.dated_by,
                spell.slices_now[changing.attribute] as value, spell.observed_to_on as valid_from,
                0::bigint as version_order
            from main.spell as spell
            cross join (select distinct attribute, feed, column_name, dated_by from changing_attribute) as changing
            where spell.slices_now[changing.attribute] is not null""";

    private static final String OF_LEDGER = """
            create view stored_entry_value as
            select item_key, entered_on, attribute, basis, arg_min(value, run_id) as value
            from %s
            where run_id in (%s) and load_id not in (%s)
            group by item_key, entered_on, attribute, basis""";

    private EntryValues() {}

    /**
     * Makes the views.
     *
     * @param entries null where the values are taken from the spells as they are, whose view must be there
     */
    static void show(AuditSession session, @Nullable EntryVersions entries) {
        List<String> versions = new ArrayList<>();
        if (entries == null) {
            session.execute(OF_SPELLS);
            versions.add(NOW_OF_SPELLS);
        } else {
            entries.columns().stream()
                    .filter(column -> column.fixed() == null && !column.files().isEmpty())
                    .forEach(column -> versions.add(versions(session, column)));
            List<String> withdrawn = entries.columns().stream()
                    .flatMap(column -> column.withdrawnLoads().stream())
                    .toList();
            session.execute(OF_LEDGER.formatted(
                    entries.ledger().isEmpty()
                            ? "(select '' as item_key, date '1970-01-01' as entered_on, '' as attribute, '' as basis, "
                                    + "'' as value, '' as run_id, '' as load_id where false)"
                            : DuckSql.rowsOf(entries.ledger()),
                    texts(entries.releasedRuns()),
                    texts(withdrawn)));
        }
        session.execute("create view attribute_version as "
                + (versions.isEmpty() ? NO_VERSION : String.join(" union all ", versions)));
    }

    private static String versions(AuditSession session, VersionedColumn column) {
        String value = hasColumn(session, column) ? listed(column) : "null";
        String select = "select " + text(column.source() + ":") + " || _item as item_key, " + text(column.feed())
                + " as feed, " + text(column.column()) + " as column_name, cast(" + text(column.datedBy())
                + " as varchar) as dated_by, coalesce(" + value + ", '(not recorded)') as value, ";
        return column.datedBy() == null
                ? select + "_known_on as valid_from, _seq as version_order from " + rows(column)
                : select + "cast(" + name(column.datedBy()) + " as date) as valid_from, _seq as version_order from "
                        + "(select * from " + everyRow(column)
                        + " qualify row_number() over (partition by _key order by _seq desc) = 1) where "
                        + "_op = 'upsert' and " + name(column.datedBy()) + " is not null";
    }

    private static String listed(VersionedColumn column) {
        String value = name(column.column());
        return column.listed().isEmpty()
                ? value
                : "if(" + value + " is null or " + value + " in (" + texts(column.listed()) + "), " + value + ", "
                        + text(ClosedLists.NOT_LISTED) + ")";
    }

    /** A column that the feed has gained is in no file before the next load. */
    private static boolean hasColumn(AuditSession session, VersionedColumn column) {
        return session.number("select count(*) from (describe select * from " + DuckSql.rowsOf(column.files())
                        + ") where column_name = " + text(column.column()))
                > 0;
    }

    private static String everyRow(VersionedColumn column) {
        return "(select * from " + DuckSql.rowsOf(column.files()) + " where _load_id not in ("
                + texts(column.withdrawnLoads()) + "))";
    }

    private static String rows(VersionedColumn column) {
        return "(select * from " + everyRow(column) + " where _op = 'upsert')";
    }

    private static String texts(List<String> texts) {
        return texts.isEmpty() ? "''" : texts.stream().map(DuckSql::text).collect(Collectors.joining(", "));
    }

    /** One result for each attribute that is declared fixed, passed or not. */
    static List<QualityResult> fixed(AuditSession session, EntryVersions entries) {
        List<QualityResult> results = new ArrayList<>();
        for (VersionedColumn column : entries.columns()) {
            EntryVersions.Fixed fixed = column.fixed();
            if (fixed != null && !column.files().isEmpty() && hasColumn(session, column)) {
                List<@Nullable Object> counts = session.rows("select count(*), count(*) filter (value_count > 1) from ("
                                + "select count(distinct " + name(column.column()) + ") as value_count from "
                                + rows(column) + " group by _item)")
                        .get(0);
                results.add(result(column, fixed, number(counts.get(0)), number(counts.get(1))));
            }
        }
        return results;
    }

    private static QualityResult result(VersionedColumn column, EntryVersions.Fixed fixed, long items, long changed) {
        boolean isTooMany = changed >= FEWEST_CHANGES && changed > fixed.maxChangedShare() * items;
        String place = column.feed() + "." + column.column();
        return new QualityResult(
                fixed.staging(),
                AuditResult.FIXED_AT_ENTRY + fixed.attribute().toUpperCase(java.util.Locale.ROOT),
                "stop",
                isTooMany ? changed : 0,
                fixed.attribute() + " is declared fixed, and " + place + " has changed for " + changed + " of " + items
                        + " items"
                        + (isTooMany
                                ? "; declare it with from: changes in " + fixed.staging()
                                        + ", or raise max_changed_share there if these are corrections"
                                : ""));
    }

    private static long number(@Nullable Object value) {
        return ((Number) Objects.requireNonNull(value)).longValue();
    }
}
