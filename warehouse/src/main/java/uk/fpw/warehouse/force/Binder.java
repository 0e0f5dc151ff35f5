package uk.fpw.warehouse.force;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns definitions without mistakes, which the schemas' defaults have been filled into, into records. */
final class Binder {

    private final Path folder;

    Binder(Path folder) {
        this.folder = folder;
    }

    Force.Storage storage(JsonNode force) {
        JsonNode storage = force.path("storage");
        Path warehouse = folder.resolve(text(storage, "warehouse")).normalize();
        Force.Storage embedded = Force.Storage.embedded(warehouse);
        return new Force.Storage(
                warehouse,
                text(storage, "database", embedded.jdbcUrl()),
                text(storage, "user", embedded.jdbcUser()),
                text(storage, "password_variable", embedded.passwordVariable()));
    }

    List<Force.Connection> connections(JsonNode file) {
        List<Force.Connection> connections = new ArrayList<>();
        for (JsonNode connection : file.path("connections")) {
            connections.add(text(connection, "kind").equals("jdbc") ? database(connection) : drop(connection));
        }
        return List.copyOf(connections);
    }

    private Force.FileDrop drop(JsonNode connection) {
        return new Force.FileDrop(
                text(connection, "name"),
                folder.resolve(text(connection, "path")).normalize());
    }

    private Force.Database database(JsonNode connection) {
        return new Force.Database(
                text(connection, "name"),
                text(connection, "url").replace(ConnectionCheck.FOLDER, folder.toString()),
                text(connection, "user"),
                text(connection, "password_variable", ""),
                connection.path("fetch_rows").intValue(),
                connection.path("timeout_seconds").intValue(),
                connection.path("max_sessions").intValue());
    }

    /**
     * Binds a feed.
     *
     * @param sql the query beside it; null if there is none
     * @param bankHolidays those that the force knows
     */
    Feed feed(JsonNode feed, @Nullable String sql, ZoneId forceZone, List<LocalDate> bankHolidays) {
        List<String> key = new ArrayList<>();
        Set<String> mayBeEmpty = new LinkedHashSet<>();
        for (JsonNode part : feed.path("key")) {
            String name = part.isTextual() ? part.asText() : text(part, "column");
            key.add(name);
            if (part.path("may_be_empty").asBoolean()) {
                mayBeEmpty.add(name);
            }
        }
        Set<String> identifying = new HashSet<>(key);
        identifying.removeAll(mayBeEmpty);
        String item = text(feed, "item");
        List<Feed.Column> columns = new ArrayList<>();
        identifying.add(item);
        for (JsonNode column : feed.path("columns")) {
            columns.add(column(column, identifying, forceZone));
        }
        JsonNode limits = feed.path("limits");
        return new Feed(
                text(feed, "feed"),
                text(feed, "source"),
                text(feed, "description"),
                text(feed, "connection"),
                origin(feed, sql, bankHolidays),
                List.copyOf(columns),
                List.copyOf(key),
                item,
                Feed.Extract.valueOf(constant(text(feed, "extract"))),
                feed.has("deleted") ? text(feed, "deleted") : null,
                new Feed.Limits(
                        limits.path("min_rows").longValue(),
                        limits.path("max_refused_share").doubleValue(),
                        limits.path("min_refused_rows").longValue(),
                        limits.path("max_empty_key_share").doubleValue(),
                        limits.path("max_deleted_share").doubleValue(),
                        limits.path("max_changed_share").doubleValue(),
                        limits.path("max_emptied_share").doubleValue(),
                        limits.path("max_deleted_share_28_days").doubleValue(),
                        limits.path("max_emptied_share_28_days").doubleValue(),
                        limits.path("min_affected_rows").longValue(),
                        limits.path("min_changed_rows").longValue(),
                        limits.path("max_replaced_share").doubleValue(),
                        limits.path("max_replaced_share_28_days").doubleValue()),
                Set.copyOf(mayBeEmpty));
    }

    private static Feed.Origin origin(JsonNode feed, @Nullable String sql, List<LocalDate> bankHolidays) {
        if (feed.has("file")) {
            return new Feed.DroppedFile(
                    text(feed, "file"),
                    format(feed.path("format")),
                    Set.copyOf(texts(feed, "ignored")),
                    delivery(feed.path("delivery"), bankHolidays));
        }
        JsonNode cursor = feed.path("cursor");
        return new Feed.DatabaseRows(
                feed.has("table") ? text(feed, "table") : null,
                sql,
                cursor.isMissingNode()
                        ? null
                        : new Feed.Cursor(
                                text(cursor, "column"),
                                cursor.path("look_back").longValue(),
                                cursor.path("max_gap").longValue()),
                reconcile(feed.path("reconcile")));
    }

    private static Feed.@Nullable Reconcile reconcile(JsonNode reconcile) {
        if (reconcile.isMissingNode()) {
            return null;
        }
        return new Feed.Reconcile(
                reconcile.isTextual()
                        ? 0
                        : Integer.parseInt(text(reconcile, "every").split(" ", 2)[0]));
    }

    private static @Nullable Delivery delivery(JsonNode delivery, List<LocalDate> bankHolidays) {
        if (delivery.isMissingNode()) {
            return null;
        }
        Delivery.Frequency frequency = Delivery.Frequency.WEEKLY;
        Set<DayOfWeek> weekdays = new HashSet<>();
        JsonNode days = delivery.path("days");
        if (days.isArray()) {
            days.forEach(day -> weekdays.add(DayOfWeek.valueOf(constant(day.asText()))));
        } else if (days.asText().equals("daily")) {
            weekdays.addAll(EnumSet.allOf(DayOfWeek.class));
        } else if (days.asText().equals("weekdays")) {
            weekdays.addAll(Delivery.WORKING);
        } else {
            frequency = Delivery.Frequency.valueOf(constant(days.asText()));
        }
        return new Delivery(
                frequency,
                weekdays,
                delivery.path("bank_holidays").booleanValue(),
                delivery.path("within_days").intValue(),
                Set.copyOf(bankHolidays));
    }

    private static Feed.Format format(JsonNode format) {
        Map<String, Object> options = FormatOptions.values(format);
        options.remove("kind");
        return new Feed.Format(text(format, "kind"), options);
    }

    private static Feed.Column column(JsonNode column, Set<String> identifying, ZoneId forceZone) {
        String name = text(column, "name");
        Feed.Type type = Feed.Type.valueOf(constant(text(column, "type")));
        return new Feed.Column(
                name,
                text(column, "from", name),
                type,
                patterns(column.path("pattern")),
                type == Feed.Type.LOCAL_TIME ? ZoneId.of(text(column, "zone", forceZone.getId())) : null,
                column.path("required").booleanValue() || identifying.contains(name),
                Feed.Privacy.valueOf(constant(text(column, "privacy"))),
                text(column, "description", ""),
                texts(column, "transform").stream()
                        .map(transform -> TextTransform.valueOf(constant(transform)))
                        .toList(),
                column.has("matches") ? TextPattern.of(text(column, "matches")) : null);
    }

    private static List<Feed.DatePattern> patterns(JsonNode pattern) {
        List<Feed.DatePattern> patterns = new ArrayList<>();
        Iterable<JsonNode> all = pattern.isTextual() ? List.of(pattern) : pattern;
        all.forEach(one -> patterns.add(new Feed.DatePattern(one.asText(), DatePatterns.formatter(one.asText()))));
        return List.copyOf(patterns);
    }

    Staging staging(JsonNode staging, String sql, Path sqlFile) {
        return new Staging(
                text(staging, "staging"),
                text(staging, "source"),
                text(staging, "item_kind"),
                texts(staging, "feeds"),
                texts(staging, "attributes"),
                texts(staging, "events"),
                sql,
                sqlFile);
    }

    Queue queue(JsonNode queue) {
        List<Queue.ReEntry> reEnters = new ArrayList<>();
        queue.path("re_enters")
                .forEach(entry -> reEnters.add(new Queue.ReEntry(text(entry, "event"), text(entry, "reason"))));
        List<Queue.Exit> leaves = new ArrayList<>();
        queue.path("leaves")
                .forEach(exit -> leaves.add(new Queue.Exit(
                        text(exit, "event"),
                        text(exit, "as"),
                        exit.path("served").booleanValue())));
        List<Integer> ageBands = new ArrayList<>();
        queue.path("age_bands").forEach(limit -> ageBands.add(limit.intValue()));
        return new Queue(
                text(queue, "queue"),
                queue.path("version").intValue(),
                text(queue, "title"),
                text(queue, "description"),
                text(queue, "item_kind"),
                text(queue, "item_unit"),
                texts(queue, "enters"),
                List.copyOf(reEnters),
                List.copyOf(leaves),
                texts(queue, "slices"),
                date(queue, "observed_from"),
                LocalDate.parse(text(queue, "earliest_entry")),
                queue.path("provisional_days").intValue(),
                List.copyOf(ageBands),
                queue.has("parent") ? text(queue, "parent") : null,
                queue.has("variant_of") ? text(queue, "variant_of") : null,
                standards(queue),
                limits(queue.path("limits")));
    }

    private static Queue.Limits limits(JsonNode limits) {
        return new Queue.Limits(
                limits.path("max_left_out_share").doubleValue(),
                limits.path("max_changed_spells_share").doubleValue(),
                limits.path("max_total_step_share").doubleValue(),
                limits.path("max_closed_share").doubleValue());
    }

    private static List<Queue.Standard> standards(JsonNode queue) {
        List<Queue.Standard> standards = new ArrayList<>();
        for (JsonNode standard : queue.path("standards")) {
            Map<String, List<String>> when = new LinkedHashMap<>();
            standard.path("when")
                    .fieldNames()
                    .forEachRemaining(slice -> when.put(slice, texts(standard.path("when"), slice)));
            standards.add(new Queue.Standard(
                    text(standard, "standard"),
                    text(standard, "title"),
                    whole(standard, "within_hours"),
                    whole(standard, "within_days"),
                    Collections.unmodifiableMap(when)));
        }
        return List.copyOf(standards);
    }

    Milestones milestones(JsonNode milestones) {
        List<Milestones.Step> steps = new ArrayList<>();
        for (JsonNode step : milestones.path("steps")) {
            steps.add(new Milestones.Step(
                    text(step, "step"), text(step, "title"), texts(step, "done"), texts(step, "not_applicable")));
        }
        return new Milestones(
                text(milestones, "milestones"),
                milestones.path("version").intValue(),
                text(milestones, "title"),
                text(milestones, "description"),
                text(milestones, "item_kind"),
                texts(milestones, "opens"),
                texts(milestones, "closes"),
                List.copyOf(steps));
    }

    List<Rule> rules(JsonNode file) {
        List<Rule> rules = new ArrayList<>();
        for (JsonNode rule : file.path("rules")) {
            rules.add(new Rule(
                    text(rule, "code"),
                    text(file, "feed"),
                    Rule.Severity.valueOf(constant(text(rule, "severity"))),
                    text(rule, "expression"),
                    text(rule, "message")));
        }
        return rules;
    }

    Scheme scheme(JsonNode scheme) {
        List<Scheme.Version> versions = new ArrayList<>();
        for (JsonNode version : scheme.path("versions")) {
            versions.add(new Scheme.Version(
                    version.path("version").intValue(),
                    LocalDate.parse(text(version, "valid_from")),
                    texts(version, "grades")));
        }
        return new Scheme(
                text(scheme, "scheme"), text(scheme, "title"), text(scheme, "description"), List.copyOf(versions));
    }

    Grading grading(JsonNode grading, String sql, Path sqlFile) {
        return new Grading(
                text(grading, "grading"),
                text(grading, "source"),
                text(grading, "description"),
                texts(grading, "feeds"),
                sql,
                sqlFile);
    }

    Fact fact(JsonNode fact) {
        boolean isRange = fact.has("from");
        JsonNode asOf = fact.path("as_of");
        return new Fact(
                text(fact, "fact"),
                text(fact, "quote"),
                Fact.Operator.of(text(fact, "operator")),
                fact.path(isRange ? "from" : "value").doubleValue(),
                fact.path(isRange ? "to" : "value").doubleValue(),
                fact.path("about_share").doubleValue(),
                text(fact, "unit"),
                LocalDate.parse(text(asOf, "from")),
                LocalDate.parse(text(asOf, "to")),
                optional(fact, "clock_start"),
                text(fact, "population"),
                text(fact, "definition"),
                fact.path("bodies").intValue(),
                text(fact, "source"),
                fact.path("by_construction").booleanValue(),
                optional(fact, "not_comparable"),
                optional(fact, "query"));
    }

    private static @Nullable String optional(JsonNode node, String field) {
        return node.has(field) ? text(node, field) : null;
    }

    private static @Nullable Integer whole(JsonNode node, String field) {
        return node.has(field) ? node.path(field).intValue() : null;
    }

    private static @Nullable LocalDate date(JsonNode node, String field) {
        String text = text(node, field, "");
        return text.isEmpty() ? null : LocalDate.parse(text);
    }

    private static String constant(String value) {
        return value.toUpperCase(Locale.ROOT);
    }

    private static String text(JsonNode node, String field) {
        return node.required(field).asText().strip();
    }

    private static String text(JsonNode node, String field, String whenAbsent) {
        return node.has(field) ? node.path(field).asText() : whenAbsent;
    }

    private static List<String> texts(JsonNode node, String field) {
        List<String> texts = new ArrayList<>();
        node.path(field).forEach(text -> texts.add(text.asText()));
        return List.copyOf(texts);
    }
}
