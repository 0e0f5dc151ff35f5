package uk.fpw.metrics.staging;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.unix_date;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.entry.EntryRules;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.message.MetricsRequest;

/**
 * The input for values at entry: versions of the looked-up columns, as {@link InputRows#VERSION}, and the values that
 * releases have had, as {@link InputRows#KEPT_VALUE}.
 */
public final class EntryInput {

    /** For rows of an example, which have no load: valid from long ago. */
    private static final int ALWAYS = -1_000_000;

    private final EntryRules rules;
    private final Function<String, @Nullable Dataset<Row>> raw;
    private final @Nullable Dataset<Row> ledger;
    private final MetricsRequest.Released released;

    private EntryInput(
            EntryRules rules,
            Function<String, @Nullable Dataset<Row>> raw,
            @Nullable Dataset<Row> ledger,
            MetricsRequest.Released released) {
        this.rules = rules;
        this.raw = raw;
        this.ledger = ledger;
        this.released = released;
    }

    /**
     * The input of a run.
     *
     * @param raw every version of a feed's rows; null for a feed that was never loaded
     * @param ledger rows of {@code ledger.entry_value}; null before the first
     * @param released which of these rows count
     */
    public static EntryInput of(
            Force force,
            Coverage coverage,
            Function<String, @Nullable Dataset<Row>> raw,
            @Nullable Dataset<Row> ledger,
            MetricsRequest.Released released) {
        return new EntryInput(EntryRules.of(force, coverage), raw, ledger, released);
    }

    /** The input if rows have no versions: a value without a day of its own is valid from long ago. */
    public static EntryInput ofCurrentRows(Force force, Coverage coverage) {
        return new EntryInput(EntryRules.of(force, coverage), feed -> null, null, MetricsRequest.Released.NOTHING);
    }

    /** The rows; empty if no attribute is looked up. */
    List<Dataset<Row>> rows(Force force, FeedRows feeds) {
        List<Dataset<Row>> rows = new ArrayList<>();
        for (int i = 0; i < rules.columns().size(); i++) {
            EntryRules.VersionedColumn column = rules.columns().get(i);
            Feed feed = force.feed(column.feed());
            Dataset<Row> versions = column.datedBy() == null ? raw.apply(feed.name()) : null;
            rows.add(versions == null ? current(feed, feeds, column, i) : everyVersion(feed, versions, column, i));
        }
        if (ledger != null && !rules.columns().isEmpty()) {
            rows.add(kept(ledger));
        }
        return rows;
    }

    private Dataset<Row> everyVersion(Feed feed, Dataset<Row> versions, EntryRules.VersionedColumn column, int origin) {
        Object[] withdrawn =
                released.withdrawnLoads().getOrDefault(feed.name(), List.of()).toArray();
        // a column that was added to the feed is not in the table before the next load
        boolean isThere = List.of(versions.columns()).contains(column.column());
        return InputRows.shape(
                versions.where(
                        col("_op").equalTo("upsert").and(not(col("_load_id").isin(withdrawn)))),
                InputRows.VERSION,
                origin,
                FeedRows.item(feed),
                List.of(isThere ? FeedRows.listed(feed, column.column()) : lit(null), col("_load_id")),
                List.of(unix_date(col("_known_on")), col("_seq")));
    }

    private static Dataset<Row> current(Feed feed, FeedRows feeds, EntryRules.VersionedColumn column, int origin) {
        Dataset<Row> rows = feeds.current(feed);
        List<String> columns = List.of(rows.columns());
        boolean isStamped = columns.contains("_load_id");
        return InputRows.shape(
                column.datedBy() == null
                        ? rows
                        : rows.where(col(column.datedBy()).isNotNull()),
                InputRows.VERSION,
                origin,
                FeedRows.item(feed),
                List.of(
                        columns.contains(column.column()) ? col(column.column()) : lit(null),
                        isStamped ? col("_load_id") : lit("")),
                List.of(
                        column.datedBy() == null
                                ? lit(ALWAYS)
                                : unix_date(col(Objects.requireNonNull(column.datedBy()))
                                        .cast("date")),
                        isStamped ? col("_seq") : lit(0L)));
    }

    private Dataset<Row> kept(Dataset<Row> rows) {
        Object[] bases = rules.byStaging().values().stream()
                .flatMap(List::stream)
                .map(EntryRules.Rule::basis)
                .distinct()
                .toArray();
        return InputRows.shape(
                rows.where(col("run_id")
                        .isin(released.runs().toArray())
                        .and(not(
                                col("load_id").isin(released.allWithdrawnLoads().toArray())))
                        .and(col("basis").isin(bases))),
                InputRows.KEPT_VALUE,
                0,
                col("item_key"),
                List.of(col("attribute"), col("basis"), col("value"), col("load_id"), col("run_id")),
                List.of(unix_date(col("entered_on"))));
    }
}
