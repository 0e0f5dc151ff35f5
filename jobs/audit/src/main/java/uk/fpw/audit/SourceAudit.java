package uk.fpw.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.audit.session.AuditQuery;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.audit.session.CreatedTables;
import uk.fpw.audit.session.QueryRow;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.message.AuditResult;
import uk.fpw.warehouse.message.MetricsResult.QualityResult;
import uk.fpw.warehouse.message.SourceRows;
import uk.fpw.warehouse.message.SourceRows.EventColumn;
import uk.fpw.warehouse.message.SourceRows.FeedRows;
import uk.fpw.warehouse.privacy.ValueShape;

/**
 * Tests the current rows of the feeds against their closed lists, and against the events that staging made of their
 * codes and dates. Starts from the files of the feeds, so it finds what staging drops, duplicates or misdates.
 */
final class SourceAudit {

    private final AuditSession session;
    private final SourceRows sources;
    private final Map<String, Set<String>> groups = new TreeMap<>();

    private SourceAudit(AuditSession session, SourceRows sources) {
        this.session = session;
        this.sources = sources;
    }

    /** Every test, passed or not; needs the views {@code event}, {@code exclusion} and {@code irregularity}. */
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
        session.createTable("source_entry", AuditQuery.named("source_entry_none"));
        session.createTable("source_item", AuditQuery.named("source_item_none"));
        groupEvents();
        for (FeedRows feed : sources.feeds()) {
            if (!feed.files().isEmpty()) {
                session.createView(
                        "current_row",
                        AuditQuery.named("current_row")
                                .with("files", feed.files())
                                .with("superseded_file", feed.supersededFile()));
                Set<String> stored = Set.copyOf(session.columns("current_row"));
                readEntries(feed, stored);
                if (!feed.values().isEmpty()) {
                    results.add(unlistedValues(feed, stored));
                }
            }
        }
        session.createTable(
                "source_difference",
                AuditQuery.named("source_difference")
                        .with("excluding_rules", List.copyOf(sources.excludingRules()))
                        .with(
                                "scoped_feeds",
                                sources.feeds().stream()
                                        .filter(FeedRows::hasScope)
                                        .map(FeedRows::feed)
                                        .toList()));
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

    /** Events that staging makes from the same code are compared as one group. */
    private void groupEvents() {
        Map<String, List<@Nullable String>> codes = new TreeMap<>();
        for (FeedRows feed : sources.feeds()) {
            feed.eventColumns().forEach(column -> column.events().values().forEach(events -> merge(feed, events)));
        }
        for (FeedRows feed : sources.feeds()) {
            for (EventColumn column : feed.eventColumns()) {
                column.events().forEach((code, events) -> {
                    add(codes, "feeds", feed.feed());
                    add(codes, "sources", feed.source());
                    add(codes, "columns", column.column());
                    add(codes, "codes", code);
                    add(codes, "event_groups", events.isEmpty() ? null : group(feed.source() + ":" + events.get(0)));
                });
            }
        }
        create("listed_code", codes);
        Map<String, List<@Nullable String>> events = new TreeMap<>();
        groups.forEach((group, members) -> members.forEach(event -> {
            int colon = event.indexOf(':');
            add(events, "sources", event.substring(0, colon));
            add(events, "events", event.substring(colon + 1));
            add(events, "event_groups", group);
        }));
        create("grouped_event", events);
    }

    private static void add(Map<String, List<@Nullable String>> lists, String list, @Nullable String value) {
        lists.computeIfAbsent(list, none -> new ArrayList<>()).add(value);
    }

    /** Creates a table with one column per list; a column without values is empty. */
    private void create(String table, Map<String, List<@Nullable String>> lists) {
        AuditQuery query = AuditQuery.named(table);
        for (String list : query.parameters().keySet()) {
            query = query.with(list, lists.getOrDefault(list, List.of()));
        }
        session.createTable(table, query);
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

    private void readEntries(FeedRows feed, Set<String> stored) {
        session.append("source_item", AuditQuery.named("source_item").with("source", feed.source()));
        for (EventColumn column : feed.eventColumns()) {
            String date = column.dateColumn();
            if (!stored.contains(column.column()) || (date != null && !stored.contains(date))) {
                continue; // the feed has gained it since its last row was stored
            }
            session.append(
                    "source_entry",
                    AuditQuery.named("source_entry")
                            .with("feed", feed.feed())
                            .with("source", feed.source())
                            .with("source_column", column.column())
                            .with("column_name", column.column())
                            .with("is_coded", column.isCoded())
                            .with("date_column", date)
                            .with("is_dated", date != null));
        }
    }

    private QualityResult unlistedValues(FeedRows feed, Set<String> stored) {
        long rows = 0;
        List<String> parts = new ArrayList<>();
        for (var column : new TreeMap<>(feed.values()).entrySet()) {
            if (!stored.contains(column.getKey())) {
                continue;
            }
            List<QueryRow> unlisted = session.rows(AuditQuery.named("unlisted_value")
                    .with("source_column", column.getKey())
                    .with("listed", column.getValue().stream().sorted().toList()));
            if (!unlisted.isEmpty()) {
                long count = unlisted.get(0).number(2);
                rows += count;
                List<String> shapes = unlisted.stream()
                        .map(row -> ValueShape.of(row.text(0)))
                        .distinct()
                        .toList();
                parts.add(column.getKey() + ": "
                        + Plural.grouped(unlisted.get(0).number(3), "value") + " in " + Plural.grouped(count, "row")
                        + ", such as " + String.join("; ", shapes));
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
        for (QueryRow row : session.rows(AuditQuery.named("unlisted_code").with("feed", feed.feed()))) {
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

    /** A longer text than any code may be anything, even a name, so only its shape is shown. */
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
        for (QueryRow row :
                session.rows(AuditQuery.named("source_difference_of_feed").with("feed", feed.feed()))) {
            List<String> kinds = new ArrayList<>();
            add(kinds, row.number(1), "without the event of a row");
            add(kinds, row.number(2), "with an event but no row");
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
}
