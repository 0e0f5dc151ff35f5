package uk.fpw.warehouse.force.feed;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.feed.text.TextPattern;
import uk.fpw.warehouse.force.feed.text.TextTransform;

/** The content of {@code feeds/<name>.yml}. */
public record FeedYaml(
        String feed,
        String source,
        String description,
        @Nullable String owner,
        String connection,
        @Nullable String file,
        JsonNode format,
        @Nullable DeliveryYaml delivery,
        @Nullable FreshnessYaml freshness,
        @Nullable String table,
        Feed.Extract extract,
        Origin.@Nullable Cursor cursor,
        Origin.@Nullable Reconcile reconcile,
        @Nullable String deleted,
        @Nullable String order,
        @Nullable String retain,
        Key key,
        String item,
        @Nullable Scope scope,
        FeedLimits limits,
        List<ColumnYaml> columns,
        Map<String, Map<String, JsonNode>> codes,
        Map<String, String> dates,
        Set<String> ignored) {

    /**
     * Creates the feed.
     *
     * @param sql the query beside the file; null if there is none
     * @param bankHolidays bank holidays of the force
     */
    public Feed bind(@Nullable String sql, ZoneId forceZone, List<LocalDate> bankHolidays) {
        Set<String> identifying = new HashSet<>(key.columns);
        identifying.removeAll(key.mayBeEmpty);
        identifying.add(item);
        Origin origin = file == null
                ? new Origin.DatabaseRows(table, sql, cursor, reconcile)
                : new Origin.DroppedFile(
                        file, fileFormat(), Set.copyOf(ignored), delivery == null ? null : delivery.bind(bankHolidays));
        List<Feed.Column> all = columns.stream()
                .map(column -> column.bind(identifying, forceZone))
                .toList();
        return new Feed(
                feed,
                source,
                description,
                new Feed.Input(connection, origin, extract, freshness == null ? null : freshness.bind(forceZone)),
                new Feed.Rows(
                        all,
                        key.columns,
                        key.mayBeEmpty,
                        item,
                        deleted,
                        scope,
                        lists(),
                        order,
                        retain == null ? null : RetentionPeriod.of(retain)),
                limits,
                owner);
    }

    private ClosedLists lists() {
        Map<String, Set<String>> values = new LinkedHashMap<>();
        columns.stream()
                .filter(column -> !column.values.isEmpty())
                .forEach(column -> values.put(column.name, Set.copyOf(column.values)));
        Map<String, Map<String, List<String>>> events = new LinkedHashMap<>();
        codes.forEach((column, listed) -> {
            Map<String, List<String>> ofColumn = new LinkedHashMap<>();
            listed.forEach((code, event) -> ofColumn.put(code, events(event)));
            events.put(column, ofColumn);
        });
        return new ClosedLists(values, events, dates);
    }

    private static List<String> events(JsonNode written) {
        if (written.isTextual()) {
            return written.textValue().equals(ClosedLists.IGNORED) ? List.of() : List.of(written.textValue());
        }
        List<String> events = new ArrayList<>();
        written.forEach(event -> events.add(event.textValue()));
        return List.copyOf(events);
    }

    private Origin.Format fileFormat() {
        Map<String, Object> options = FormatOptions.values(format);
        return new Origin.Format(String.valueOf(options.remove("kind")), options);
    }

    /** {@code row}, or columns given by name or as groups. */
    record Key(List<String> columns, Set<String> mayBeEmpty) {

        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static Key of(JsonNode written) {
            List<String> columns = new ArrayList<>();
            Set<String> mayBeEmpty = new LinkedHashSet<>();
            for (JsonNode part : written) {
                String name = part.isTextual()
                        ? part.textValue()
                        : part.path("column").textValue();
                columns.add(name);
                if (part.path("may_be_empty").booleanValue()) {
                    mayBeEmpty.add(name);
                }
            }
            return new Key(List.copyOf(columns), Set.copyOf(mayBeEmpty));
        }
    }

    /** @param days days of the week, or another recurrence of dates */
    record DeliveryYaml(JsonNode days, boolean bankHolidays, int withinDays) {

        public Delivery bind(List<LocalDate> knownBankHolidays) {
            Delivery.Frequency frequency = Delivery.Frequency.WEEKLY;
            Set<DayOfWeek> weekdays = new HashSet<>();
            if (days.isArray()) {
                days.forEach(day -> weekdays.add(DayOfWeek.valueOf(constant(day))));
            } else if (days.asText().equals("daily")) {
                weekdays.addAll(EnumSet.allOf(DayOfWeek.class));
            } else if (days.asText().equals("weekdays")) {
                weekdays.addAll(Delivery.WORKING);
            } else {
                frequency = Delivery.Frequency.valueOf(constant(days));
            }
            return new Delivery(frequency, weekdays, bankHolidays, withinDays, Set.copyOf(knownBankHolidays));
        }

        private static String constant(JsonNode written) {
            return written.asText().toUpperCase(Locale.ROOT);
        }
    }

    /** @param written {@code none}, or a group such as {@code {dated_by: {column: extracted_on}, max_age_days: 3}} */
    record FreshnessYaml(JsonNode written) {

        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static FreshnessYaml of(JsonNode written) {
            return new FreshnessYaml(written);
        }

        Freshness bind(ZoneId forceZone) {
            if (written.isTextual()) {
                return Freshness.ofNothing(forceZone);
            }
            JsonNode datedBy = written.path("dated_by");
            String kind = datedBy.isTextual() ? datedBy.textValue() : datedBy.has("column") ? "column" : "control_file";
            String pattern = datedBy.path("pattern").textValue();
            return new Freshness(
                    Freshness.DatedBy.valueOf(kind.toUpperCase(Locale.ROOT)),
                    datedBy.path(kind).textValue(),
                    pattern == null ? DateTimeFormatter.ISO_LOCAL_DATE : DatePatterns.formatter(pattern),
                    written.path("max_age_days").intValue(),
                    forceZone);
        }
    }

    /** @param from exactly the header, including blanks */
    record ColumnYaml(
            String name,

            @JsonDeserialize(using = StringDeserializer.class) @Nullable
            String from,

            Feed.Type type,

            @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) @Nullable
            List<String> pattern,

            List<TextTransform> transform,
            int pad,
            @Nullable String matches,
            @Nullable JsonNode unreadable,
            @Nullable ZoneId zone,
            boolean required,
            Feed.Privacy privacy,
            List<String> values,

            @JsonDeserialize(using = StringDeserializer.class) @Nullable
            String description) {

        public Feed.Column bind(Set<String> identifying, ZoneId forceZone) {
            return new Feed.Column(
                    name,
                    Objects.requireNonNullElse(from, name),
                    type,
                    new Feed.TextFormat(
                            pattern == null
                                    ? List.of()
                                    : pattern.stream().map(Feed.DatePattern::of).toList(),
                            type == Feed.Type.LOCAL_TIME ? Objects.requireNonNullElse(zone, forceZone) : null,
                            List.copyOf(transform),
                            matches == null ? null : TextPattern.of(matches),
                            unreadable == null
                                    ? Feed.Unreadable.REFUSED
                                    : unreadable.isNull() ? Feed.Unreadable.EMPTY : Feed.Unreadable.OUTCOME,
                            pad),
                    required || identifying.contains(name),
                    privacy,
                    Objects.requireNonNullElse(description, ""));
        }
    }
}
