package uk.fpw.audit;

import static uk.fpw.model.DuckSql.name;
import static uk.fpw.model.DuckSql.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.model.DuckSql;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.privacy.ValueShape;
import uk.fpw.warehouse.run.AuditResult;
import uk.fpw.warehouse.run.MetricsResult.QualityResult;
import uk.fpw.warehouse.run.SourceRows;
import uk.fpw.warehouse.run.SourceRows.EventColumn;
import uk.fpw.warehouse.run.SourceRows.FeedRows;

/**
 * The current rows of the feeds against their closed lists, and against the events that staging made of their codes and
 * dates. Begins at the files of the feeds, so that what staging drops, doubles or dates wrongly is found.
 */
final class SourceAudit {

    private static final int SHOWN = 3;

    private final AuditSession session;
    private final SourceRows sources;
    private final Map<String, Set<String>> groups = new TreeMap<>();

    private SourceAudit(AuditSession session, SourceRows sources) {
        this.session = session;
        this.sources = sources;
    }

    /** Every test, passed or not; the views {@code event}, {@code exclusion} and {@code irregularity} must exist. */
    static List<QualityResult> run(AuditSession session, SourceRows sources) {
        if (sources.feeds().isEmpty()) {
            return List.of();
        }
        CreatedTables created = CreatedTables.of(session);
        try {
            return new SourceAudit(session, sources).run();
        } finally {
            created.drop();
        }
    }

    private List<QualityResult> run() {
        List<QualityResult> results = new ArrayList<>();
        List.of(SourceQueries.TABLES.split(";", -1)).forEach(session::execute);
        insert("excluding_rule", sources.excludingRules().stream().map(List::of).toList());
        insert(
                "scoped_feed",
                sources.feeds().stream()
                        .filter(FeedRows::hasScope)
                        .map(feed -> List.of(feed.feed()))
                        .toList());
        groupEvents();
        for (FeedRows feed : sources.feeds()) {
            if (!feed.files().isEmpty()) {
                session.execute("create or replace view current_row as " + currentRows(feed));
                Set<String> stored = session.rows("select column_name from (describe current_row)").stream()
                        .map(row -> new QueryRow(row).text(0))
                        .collect(Collectors.toSet());
                readEntries(feed, stored);
                if (!feed.values().isEmpty()) {
                    results.add(unlistedValues(feed, stored));
                }
            }
        }
        session.execute(SourceQueries.DIFFERENCES);
        for (FeedRows feed : sources.feeds()) {
            if (feed.eventColumns().stream().anyMatch(EventColumn::isCoded)) {
                results.add(unlistedCodes(feed));
            }
            if (!feed.eventColumns().isEmpty()) {
                results.add(differences(feed));
            }
        }
        return results;
    }

    /** Events of which staging makes one of the same code belong together, and are compared together. */
    private void groupEvents() {
        List<List<@Nullable String>> codes = new ArrayList<>();
        for (FeedRows feed : sources.feeds()) {
            feed.eventColumns().forEach(column -> column.events().values().forEach(events -> merge(feed, events)));
        }
        for (FeedRows feed : sources.feeds()) {
            for (EventColumn column : feed.eventColumns()) {
                column.events().forEach((code, events) -> {
                    List<@Nullable String> row = new ArrayList<>(List.of(feed.feed(), feed.source()));
                    row.addAll(List.of(column.column(), code));
                    row.add(events.isEmpty() ? null : group(feed.source() + ":" + events.get(0)));
                    codes.add(row);
                });
            }
        }
        insert("listed_code", codes);
        List<List<String>> events = new ArrayList<>();
        groups.forEach((group, members) -> members.forEach(event -> {
            int colon = event.indexOf(':');
            events.add(List.of(event.substring(0, colon), event.substring(colon + 1), group));
        }));
        insert("grouped_event", events);
    }

    private void merge(FeedRows feed, List<String> events) {
        Set<String> merged = new TreeSet<>();
        events.forEach(event -> merged.add(feed.source() + ":" + event));
        List<String> touched = groups.entrySet().stream()
                .filter(group -> group.getValue().stream().anyMatch(merged::contains))
                .map(Map.Entry::getKey)
                .toList();
        touched.forEach(group -> merged.addAll(Objects.requireNonNull(groups.remove(group))));
        if (!merged.isEmpty()) {
            groups.put(merged.iterator().next(), merged);
        }
    }

    private String group(String event) {
        return groups.entrySet().stream()
                .filter(group -> group.getValue().contains(event))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private void insert(String table, List<? extends List<? extends @Nullable String>> rows) {
        if (!rows.isEmpty()) {
            session.execute("insert into " + table + " values "
                    + rows.stream()
                            .map(row -> row.stream().map(DuckSql::text).collect(Collectors.joining(", ", "(", ")")))
                            .collect(Collectors.joining(", ")));
        }
    }

    private static String currentRows(FeedRows feed) {
        String rows = DuckSql.rowsWithFileOf(feed.files());
        return "select * from " + rows.substring(0, rows.length() - 1)
                + ", file_row_number = true) as stored anti join "
                + "read_csv(" + text(feed.supersededFile())
                + ", auto_detect = false, header = false, delim = '\t', quote = '', escape = '', "
                + "columns = {'file_name': 'varchar', 'place': 'bigint'}) as superseded "
                + "on stored._file = superseded.file_name and stored.file_row_number = superseded.place";
    }

    /** What the source dates is told once however often it is repeated, as staging's events are. */
    private void readEntries(FeedRows feed, Set<String> stored) {
        String item = text(feed.source() + ":") + " || _item";
        session.execute("insert into source_item select distinct " + item + " from current_row");
        for (EventColumn column : feed.eventColumns()) {
            String date = column.dateColumn();
            if (!stored.contains(column.column()) || (date != null && !stored.contains(date))) {
                continue; // the feed has gained it since its last row was stored
            }
            String code = column.isCoded() ? "cast(" + name(column.column()) + " as varchar)" : "''";
            String moment = date == null ? "null" : name(date);
            session.execute("insert into source_entry select " + text(feed.feed()) + ", item_key, "
                    + text(column.column()) + ", code, " + (date != null)
                    + ", cast(moment as date), row_count from (select "
                    + item + " as item_key, " + code + " as code, " + moment + " as moment, count(*) as row_count "
                    + "from current_row where " + name(column.column()) + " is not null group by all)");
        }
    }

    private QualityResult unlistedValues(FeedRows feed, Set<String> stored) {
        long rows = 0;
        List<String> parts = new ArrayList<>();
        for (var column : new TreeMap<>(feed.values()).entrySet()) {
            if (!stored.contains(column.getKey())) {
                continue;
            }
            String value = name(column.getKey());
            String unlisted = "from current_row where " + value + " not in " + texts(column.getValue());
            long count = session.number("select count(*) " + unlisted);
            if (count > 0) {
                rows += count;
                List<String> shapes = session
                        .rows("select " + value + ", count(*) " + unlisted + " group by all order by 2 desc, 1 limit "
                                + SHOWN)
                        .stream()
                        .map(row -> ValueShape.of(new QueryRow(row).text(0)))
                        .distinct()
                        .toList();
                parts.add(column.getKey() + ": "
                        + Plural.grouped(session.number("select count(distinct " + value + ") " + unlisted), "value")
                        + " in "
                        + Plural.grouped(count, "row") + ", such as " + String.join("; ", shapes));
            }
        }
        return new QualityResult(
                feed.feed(),
                AuditResult.UNLISTED_VALUE,
                "warning",
                rows,
                parts.isEmpty()
                        ? "every value of the columns with a closed list is in it"
                        : "values that are not in the list of their column count as (not listed): "
                                + String.join(", ", parts) + ". Correct them at the source, or add them to 'values' in "
                                + "feeds/" + feed.feed() + ".yml");
    }

    private QualityResult unlistedCodes(FeedRows feed) {
        long rows = 0;
        List<String> parts = new ArrayList<>();
        for (List<@Nullable Object> found : session.rows(SourceQueries.UNLISTED.formatted(text(feed.feed())))) {
            QueryRow row = new QueryRow(found);
            rows += row.number(2);
            parts.add(row.text(0) + " " + shown(feed, row.text(0), row.text(1)) + " ("
                    + Plural.grouped(row.number(2), "row") + " of " + Plural.grouped(row.number(3), "item") + ")");
        }
        return new QualityResult(
                feed.feed(),
                AuditResult.UNLISTED_CODE,
                "warning",
                rows,
                parts.isEmpty()
                        ? "every code is listed"
                        : "codes that are not listed: " + String.join(", ", parts) + ". Add them to 'codes' in feeds/"
                                + feed.feed() + ".yml with their event, or 'ignored', and to the staging query");
    }

    /** A longer text than any code may be anything, such as a name. */
    private static String shown(FeedRows feed, String column, String code) {
        int longest = feed.eventColumns().stream()
                .filter(listed -> listed.column().equals(column))
                .flatMap(listed -> listed.events().keySet().stream())
                .mapToInt(String::length)
                .max()
                .orElse(0);
        return code.length() <= longest && code.chars().noneMatch(Character::isISOControl)
                ? "'" + code + "'"
                : "(" + ValueShape.of(code) + ")";
    }

    private QualityResult differences(FeedRows feed) {
        long items = 0;
        List<String> parts = new ArrayList<>();
        for (List<@Nullable Object> found :
                session.rows("select event_group, missing_count, surplus_count, moved_count, twice_count, late_count "
                        + "from source_difference where feed = " + text(feed.feed())
                        + " and missing_count + surplus_count + moved_count + twice_count + late_count > 0 "
                        + "order by 1")) {
            QueryRow row = new QueryRow(found);
            List<String> kinds = new ArrayList<>();
            add(kinds, row.number(1), "without the event of a row");
            add(kinds, row.number(2), "with an event of no row");
            add(kinds, row.number(3), "with the event on another day");
            add(kinds, row.number(4), "with the event twice");
            add(kinds, row.number(5), "with the event although another one had ended the wait");
            items += row.number(1) + row.number(2) + row.number(3) + row.number(4) + row.number(5);
            parts.add(events(row.text(0)) + ": " + String.join(", ", kinds));
        }
        return new QualityResult(
                feed.feed(),
                AuditResult.CODES_AND_EVENTS,
                "warning",
                items,
                parts.isEmpty()
                        ? "every listed code and date has its event, and no other"
                        : "items whose codes and dates differ from their events: " + String.join("; ", parts)
                                + ". Correct the staging query, or 'codes' and 'dates' in feeds/" + feed.feed()
                                + ".yml");
    }

    private String events(String group) {
        return groups.getOrDefault(group, Set.of(group)).stream()
                .map(event -> event.substring(event.indexOf(':') + 1))
                .collect(Collectors.joining(" or "));
    }

    private static void add(List<String> kinds, long items, String what) {
        if (items > 0) {
            kinds.add(Plural.grouped(items, "item") + " " + what);
        }
    }

    private static String texts(Collection<String> values) {
        return values.stream().sorted().map(DuckSql::text).collect(Collectors.joining(", ", "(", ")"));
    }
}
