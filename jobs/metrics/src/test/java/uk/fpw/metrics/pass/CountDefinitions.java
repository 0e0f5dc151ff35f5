package uk.fpw.metrics.pass;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.lifecycle.ItemEvent;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.Queue;

/** The definitions of the counts, {@code fpw/definition/*.sql}, over some events, in DuckDB. */
final class CountDefinitions {

    /** In the order in which one reads the other. */
    private static final List<String> NAMES = List.of(
            "spell",
            "series_spell",
            "queue_daily",
            "queue_exit",
            "open_age",
            "wait_curve",
            "wait_standard",
            "contributors");

    private final Connection duckDb;

    CountDefinitions(Connection duckDb, Force force, LocalDate businessDate) throws SQLException {
        this.duckDb = duckDb;
        execute("set timezone = '" + force.zone() + "'");
        execute("create table business_date as select date '" + businessDate + "' as day");
        execute("create table event (item_kind text, item_key text, contributor_key text, event text, occurred_on date,"
                + " occurred_at timestamptz, event_order bigint, attributes map(text, text))");
        execute("create table queue_definition (queue text, parent_queue text, observed_from date, earliest_entry date,"
                + " data_as_at date, slices text[])");
        execute("create table queue_event (queue text, item_kind text, event text, role text, reentry_reason text,"
                + " left_as text, is_served boolean)");
        execute("create table queue_standard (queue text, standard text, standard_order integer, within_hours integer,"
                + " within_days integer, conditions struct(slice text, slice_values text[])[])");
        execute("create table age_band (queue text, age_band_from_days integer, age_band_to_days integer)");
        for (Queue queue : force.queues()) {
            define(queue, businessDate);
        }
    }

    private void define(Queue queue, LocalDate businessDate) throws SQLException {
        insert(
                "queue_definition",
                text(queue.name()),
                text(queue.parent()),
                date(queue.observedFrom()),
                date(queue.earliestEntry()),
                date(businessDate),
                texts(queue.slices()));
        for (String event : queue.enters()) {
            String reason = queue.reEnters().stream()
                    .filter(again -> again.event().equals(event))
                    .map(Queue.ReEntry::reason)
                    .findFirst()
                    .orElse(null);
            role(queue, event, "enters", reason, null, null);
        }
        for (Queue.ReEntry again : queue.reEnters()) {
            if (!queue.enters().contains(again.event())) {
                role(queue, again.event(), "re_enters", again.reason(), null, null);
            }
        }
        for (Queue.Exit exit : queue.leaves()) {
            role(queue, exit.event(), "leaves", null, exit.as(), exit.served());
        }
        int order = 0;
        for (Queue.Standard standard : queue.standards()) {
            String conditions = standard.when().entrySet().stream()
                    .map(when ->
                            "{'slice': " + text(when.getKey()) + ", 'slice_values': " + texts(when.getValue()) + "}")
                    .collect(Collectors.joining(", ", "[", "]"));
            insert(
                    "queue_standard",
                    text(queue.name()),
                    text(standard.name()),
                    String.valueOf(order++),
                    String.valueOf(standard.withinHours()),
                    String.valueOf(standard.withinDays()),
                    conditions);
        }
        int from = 0;
        for (int to : queue.ageBandLimits()) {
            insert("age_band", text(queue.name()), String.valueOf(from), String.valueOf(to));
            from = to + 1;
        }
        insert("age_band", text(queue.name()), String.valueOf(from), "null");
    }

    private void role(
            Queue queue,
            String event,
            String role,
            @Nullable String reason,
            @Nullable String leftAs,
            @Nullable Boolean isServed)
            throws SQLException {
        insert(
                "queue_event",
                text(queue.name()),
                text(queue.itemKind()),
                text(event),
                text(role),
                text(reason),
                text(leftAs),
                String.valueOf(isServed));
    }

    /** Takes events of an item in. */
    void events(String item, List<ItemEvent> events) throws SQLException {
        if (events.isEmpty()) {
            return;
        }
        StringJoiner rows = new StringJoiner(", ");
        for (ItemEvent event : events) {
            rows.add("(" + text(event.itemKind()) + ", " + text(item) + ", " + text(event.contributorKey()) + ", "
                    + text(event.event()) + ", " + date(LocalDate.ofEpochDay(event.occurredOn())) + ", "
                    + moment(event.occurredAt()) + ", " + event.eventOrder() + ", " + map(event.attributes()) + ")");
        }
        execute("insert into event values " + rows);
    }

    /** Computes every definition. */
    void compute() throws SQLException {
        for (String name : NAMES) {
            execute("create table " + name + " as " + sql(name));
        }
    }

    /** Rows as texts, their values divided by bars. */
    Set<String> rows(String query) throws SQLException {
        try (Statement statement = duckDb.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            Set<String> rows = new TreeSet<>();
            while (found.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    values.add(String.valueOf(found.getString(i)));
                }
                rows.add(String.join("|", values));
            }
            return rows;
        }
    }

    private static String sql(String name) {
        try (InputStream in = CountDefinitions.class.getResourceAsStream("/fpw/definition/" + name + ".sql")) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void insert(String table, String... values) throws SQLException {
        execute("insert into " + table + " values (" + String.join(", ", values) + ")");
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = duckDb.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String text(@Nullable String text) {
        return text == null ? "null" : "'" + text.replace("'", "''") + "'";
    }

    private static String texts(List<String> texts) {
        return texts.stream().map(CountDefinitions::text).collect(Collectors.joining(", ", "cast([", "] as text[])"));
    }

    private static String map(Map<String, String> map) {
        return "map(" + texts(List.copyOf(map.keySet())) + ", "
                + texts(map.keySet().stream()
                        .map(map::get)
                        .map(Objects::requireNonNull)
                        .toList()) + ")";
    }

    private static String date(@Nullable LocalDate date) {
        return date == null ? "null" : "date '" + date + "'";
    }

    private static String moment(@Nullable Long micros) {
        return micros == null
                ? "null"
                : "timestamptz '"
                        + Instant.EPOCH
                                .plus(micros, ChronoUnit.MICROS)
                                .atOffset(ZoneOffset.UTC)
                                .toLocalDateTime() + "+00'";
    }
}
