package uk.fpw.audit;

import static uk.fpw.model.DuckSql.text;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.model.DuckSql;
import uk.fpw.warehouse.run.AuditRequest;
import uk.fpw.warehouse.run.ClosureRequest;
import uk.fpw.warehouse.run.ClosureRequest.ClosedQueue;
import uk.fpw.warehouse.run.ClosureRequest.FeedVersions;
import uk.fpw.warehouse.run.ClosureResult;
import uk.fpw.warehouse.run.MetricsResult.MassClosure;
import uk.fpw.warehouse.run.MetricsResult.Timing;

/**
 * What the items that have left a queue have in common: the loaded date with their changes, and a column
 * that was changed in their rows. Reads {@code raw}, which keeps every version; only used if many have left.
 */
final class MassClosures {

    /** The latest two versions of each row, with the columns on which figures rest as texts. */
    private static final String VERSIONS = """
            select
                %s as feed,
                _key as row_key,
                %s || _item as item_key,
                _known_on as known_on,
                _op as op,
                row_number() over (partition by _key order by _seq desc) as recency,
                cast([%s] as varchar[]) as names,
                cast([%s] as varchar[]) as texts
            from %s
            where _load_id not in (%s)
            qualify recency <= 2
            """;

    /**
     * An item is represented by the rows of its latest loaded date; their changes are relative to the previous version,
     * which a log row does not have.
     */
    private static final String CLOSURES = """
            with

            closed as (

                select
                    pair.spell_id,
                    pair.left_as,
                    pair.item_key,
                    max(row_version.known_on) as loaded_on
                from spell_pair as pair
                inner join row_version
                    on pair.item_key = row_version.item_key
                where pair.queue = %s and pair.was_open and pair.left_as is not null and row_version.recency = 1
                group by pair.spell_id, pair.left_as, pair.item_key

            ),

            by_reason as (

                select
                    loaded_on,
                    left_as,
                    count(*) as closed_count
                from closed
                group by loaded_on, left_as

            ),

            changed as (

                select distinct
                    closed.spell_id,
                    closed.loaded_on,
                    latest.feed,
                    latest.names[place.number] as name
                from closed
                inner join row_version as latest
                    on closed.item_key = latest.item_key and closed.loaded_on = latest.known_on
                inner join row_version as earlier
                    on latest.feed = earlier.feed and latest.row_key = earlier.row_key
                cross join unnest(range(1, len(latest.names) + 1)) as place (number)
                where
                    latest.recency = 1
                    and earlier.recency = 2
                    and latest.op <> 'delete'
                    and latest.texts[place.number] is distinct from earlier.texts[place.number]

            ),

            by_column as (

                select
                    loaded_on,
                    feed || '.' || name as feed_column,
                    count(*) as closed_count
                from changed
                group by loaded_on, feed, name

            )

            select
                cast(reason.most.loaded_on as varchar),
                reason.most.left_as,
                reason.most.closed_count,
                change.most.feed_column,
                cast(change.most.loaded_on as varchar),
                coalesce(change.most.closed_count, 0)
            from (
                select max({'closed_count': closed_count, 'loaded_on': loaded_on, 'left_as': left_as}) as most from \
            by_reason
            ) as reason
            cross join (
                select max({'closed_count': closed_count, 'loaded_on': loaded_on, 'feed_column': feed_column}) as most \
            from by_column
            ) as change
            where reason.most is not null
            """;

    private MassClosures() {}

    /**
     * Returns a result for every queue of the run.
     *
     * @param memory see {@link CandidateAudit}
     * @throws RuntimeException if a file or a query cannot be read
     */
    static ClosureResult of(ClosureRequest request, @Nullable String memory) {
        long started = System.nanoTime();
        try (AuditSession session = AuditSession.open(request.zone())) {
            session.limitMemory(memory, request.scratch());
            session.confineTo(request.files());
            session.define(request.definitions());
            session.show(
                    SpellPairs.SPELL.name(),
                    SpellPairs.SPELL,
                    new AuditRequest.Table(SpellPairs.SPELL.table(), SpellPairs.SPELL.columnNames(), request.spells()));
            SpellPairs.show(session, request.comparedWith());
            Map<String, MassClosure> closures = new TreeMap<>();
            for (ClosedQueue queue : request.queues()) {
                MassClosure closure = of(session, queue);
                if (closure != null) {
                    closures.put(queue.queue(), closure);
                }
            }
            return new ClosureResult(
                    closures, List.of(new Timing("audit closures", (System.nanoTime() - started) / 1_000_000)), null);
        }
    }

    /** For one queue; null if there is no row about its items. */
    private static @Nullable MassClosure of(AuditSession session, ClosedQueue queue) {
        List<FeedVersions> feeds =
                queue.feeds().stream().filter(feed -> !feed.files().isEmpty()).toList();
        if (feeds.isEmpty()) {
            return null;
        }
        session.execute(feeds.stream()
                .map(feed -> versions(session, feed))
                .collect(Collectors.joining("\nunion all\n", "create or replace view row_version as\n", "")));
        return session.rows(CLOSURES.formatted(text(queue.queue()))).stream()
                .map(QueryRow::new)
                .map(row -> new MassClosure(
                        row.text(0), row.text(1), row.number(2), row.textOrNull(3), row.textOrNull(4), row.number(5)))
                .findFirst()
                .orElse(null);
    }

    private static String versions(AuditSession session, FeedVersions feed) {
        String rows = DuckSql.rowsOf(feed.files());
        // a column that the feed has gained since its last row was stored was never changed
        List<String> stored = session.rows("select column_name from (describe select * from " + rows + ")").stream()
                .map(row -> new QueryRow(row).text(0))
                .toList();
        List<String> columns = feed.columns().stream().filter(stored::contains).toList();
        return VERSIONS.formatted(
                text(feed.feed()),
                text(feed.source() + ":"),
                columns.stream().map(DuckSql::text).collect(Collectors.joining(", ")),
                columns.stream()
                        .map(column -> "cast(" + DuckSql.name(column) + " as varchar)")
                        .collect(Collectors.joining(", ")),
                rows,
                feed.withdrawnLoads().isEmpty()
                        ? "''"
                        : feed.withdrawnLoads().stream().map(DuckSql::text).collect(Collectors.joining(", ")));
    }
}
