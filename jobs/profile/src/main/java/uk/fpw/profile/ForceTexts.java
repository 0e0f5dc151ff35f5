package uk.fpw.profile;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uk.fpw.warehouse.force.feed.Feed;

/** The texts of a {@link ForceDraft} but its feed, which {@link FeedDraft} writes. */
final class ForceTexts {

    /** Of the exits: those after which the work that an item waited for was not done. */
    private static final Set<String> NOT_SERVED = PersonalNames.listed(
            "withdrawn cancelled canceled abandoned death died deceased lost left dropped refused rejected");

    /** Share of the items; a tenth left out stops a release, and half of that is left for unseen data. */
    private static final double LEFT_OUT = 0.05;

    private static final double WEEKENDS = 0.1;
    private static final double EARLY = 0.01;

    private final ForceDraft draft;
    private final String name;
    private final List<String> names;
    private final String entered;
    private final boolean hasTimes;

    ForceTexts(ForceDraft draft) {
        this.draft = draft;
        this.name = draft.name();
        this.names = draft.feed.names();
        this.entered = event(draft.wait.entered());
        this.hasTimes = draft.events.keySet().stream().anyMatch(this::isTime);
    }

    private String event(int column) {
        return draft.events.getOrDefault(column, "");
    }

    private boolean isTime(int column) {
        return type(column) != Feed.Type.DATE;
    }

    private Feed.Type type(int column) {
        return draft.profile.columns().get(column).type().type();
    }

    /** A column as SQL names it, whatever word its name is. */
    private String sql(int column) {
        return '`' + names.get(column) + '`';
    }

    private String day(int column) {
        return isTime(column) ? "cast(" + sql(column) + " as date)" : sql(column);
    }

    private boolean isByRow() {
        return draft.profile.key().isEmpty();
    }

    private List<String> slices() {
        return draft.slices.stream().map(this::slice).toList();
    }

    /** A slice is named after its column, unless staging queries have a column of that name. */
    private String slice(int column) {
        String own = names.get(column);
        return Set.of("item_key", "event", "occurred_on", "occurred_at", "event_order", "contributor_key", "all")
                        .contains(own)
                ? own + "_value"
                : own;
    }

    String staging() {
        StringBuilder yaml =
                new StringBuilder("""
                staging: %s_events
                source: %s
                item_kind: item    # DECIDE: what waits, such as device; queues of the same kind share its events
                feeds: [%s]
                events: [%s]
                """.formatted(name, name, name, String.join(", ", draft.events.values())));
        if (!draft.slices.isEmpty()) {
            yaml.append("attributes: [")
                    .append(String.join(", ", slices()))
                    .append("]\nat_entry:    # DECIDE: fixed, or changes if it may change while an item waits\n");
            draft.slices.forEach(column -> yaml.append("  - {attribute: ")
                    .append(slice(column))
                    .append(", from: fixed, of: ")
                    .append(name)
                    .append('.')
                    .append(names.get(column))
                    .append("}\n"));
        }
        return yaml.toString();
    }

    String sql() {
        List<String> stacked = new ArrayList<>();
        draft.events.forEach((column, event) -> stacked.add("'" + event + "', "
                + (hasTimes
                        ? day(column) + ", " + (isTime(column) ? sql(column) : "cast(null as timestamp)")
                        : sql(column))
                + ", " + (stacked.size() + 1)));
        String item = isByRow() ? "row_key" : sql(draft.profile.key().get(0));
        String dated = hasTimes ? "occurred_on, occurred_at" : "occurred_on";
        String attributes = draft.slices.stream()
                .map(column -> ",\n        " + sql(column)
                        + (slice(column).equals(names.get(column)) ? "" : " as `" + slice(column) + '`'))
                .collect(Collectors.joining());
        return """
                -- What happened to each item: %s, then %s.
                -- Grain: item_key, event. Reads: %s.
                with

                happened as (

                    select
                        %s as item_key%s,
                        stack(
                            %d,
                            %s
                        ) as (event, %s, event_order)
                    from `%s`

                )

                select
                    item_key,
                    event,
                    %s,
                    event_order%s
                from happened
                where occurred_on is not null
                """.formatted(
                        entered,
                        exits(),
                        name,
                        item,
                        attributes,
                        stacked.size(),
                        String.join(",\n            ", stacked),
                        dated,
                        name,
                        dated.replace(", ", ",\n    "),
                        slices().stream().map(slice -> ",\n    `" + slice + '`').collect(Collectors.joining()));
    }

    private String exits() {
        return draft.wait.left().stream().map(this::event).collect(Collectors.joining(" or "));
    }

    String queue() {
        StringBuilder yaml = new StringBuilder("""
                queue: %s_waiting
                version: 1
                title: %s    # DECIDE: as people call it
                description: %s    # DECIDE
                item_kind: item
                item_unit: items    # DECIDE: what is counted, in the plural, such as devices
                enters: [%s]
                leaves:
                """.formatted(
                name,
                ProfileText.quoted("Items of " + words(name) + ", from " + words(entered) + " to " + words(exits())),
                ProfileText.quoted("Each item of " + name + " from the date '" + entered + "' until '"
                        + exits().replace(" or ", "' or '") + "'."),
                entered));
        draft.wait.left().forEach(exit -> yaml.append("  - {event: ")
                .append(event(exit))
                .append(", as: ")
                .append(words(event(exit)))
                .append(", served: ")
                .append(!EventNames.has(event(exit), NOT_SERVED))
                .append("}    # DECIDE: served is whether the work was done that the item waited for")
                .append(draft.isOftenOnLastDate(exit) ? "; " + draft.onLastDate(exit) : "")
                .append('\n'));
        if (!draft.slices.isEmpty()) {
            yaml.append("slices: [").append(String.join(", ", slices())).append("]\n");
        }
        credible(yaml);
        ListDates.Column in = draft.dates.of(draft.wait.entered());
        if (in.weekendCount > WEEKENDS * in.count) {
            yaml.append("service: every_day    # ")
                    .append(ForceDraft.percent(in.weekendCount, in.count))
                    .append(" of the items came on a Saturday or Sunday\n");
        }
        double leftOut = leftOut();
        if (leftOut > LEFT_OUT) {
            yaml.append(String.format(
                    Locale.ROOT,
                    "limits: {max_left_out_share: %.2f}    # DECIDE: %s of the rows are excluded by rules; the source "
                            + "should be corrected%n",
                    Math.min(1, leftOut * 1.2 + 0.01),
                    ForceDraft.percent(Math.round(leftOut * draft.profile.rowCount()), draft.profile.rowCount())));
        }
        return yaml.toString();
    }

    private void credible(StringBuilder yaml) {
        ListDates.Column in = draft.dates.of(draft.wait.entered());
        if (in.first != null && in.earlyCount > EARLY * in.count) {
            yaml.append("earliest_entry: ")
                    .append(in.first)
                    .append("    # DECIDE: an earlier date of entry is taken for unknown\n");
        }
    }

    private double leftOut() {
        long reversed = draft.wait.left().stream()
                .mapToLong(exit -> draft.dates.reversed(draft.wait.entered(), exit))
                .sum();
        return (double) (reversed + draft.without()) / Math.max(1, draft.profile.rowCount());
    }

    String rules() {
        StringBuilder yaml = new StringBuilder("feed: " + name + "\nrules:\n");
        rule(
                yaml,
                "WITHOUT_" + entered,
                sql(draft.wait.entered()) + " is not null",
                "there is no " + names.get(draft.wait.entered()));
        draft.wait
                .left()
                .forEach(exit -> rule(
                        yaml,
                        event(exit) + "_EARLIER_THAN_" + entered,
                        sql(exit) + " is null or " + day(exit) + " >= " + day(draft.wait.entered()),
                        names.get(exit) + " {" + names.get(exit) + "} is earlier than "
                                + names.get(draft.wait.entered()) + " {" + names.get(draft.wait.entered()) + "}"));
        return yaml.toString();
    }

    private static void rule(StringBuilder yaml, String code, String expression, String message) {
        yaml.append("""
                  - code: %s
                    severity: exclude
                    expression: "%s"
                    message: "%s"
                """.formatted(code.toUpperCase(Locale.ROOT), expression, message));
    }

    /** One item for each way to leave, one that waits, and one whose dates are in the wrong order. */
    String example() {
        StringBuilder rows = new StringBuilder();
        StringBuilder events = new StringBuilder();
        StringBuilder spells = new StringBuilder();
        LocalDate in = draft.businessDate().minusDays(20);
        LocalDate out = in.plusDays(14);
        int number = 1;
        for (int exit : draft.wait.left()) {
            String item = "E" + number++;
            rows.append(row(item, Map.of(draft.wait.entered(), in, exit, out)));
            events.append(happened(item, draft.wait.entered(), in)).append(happened(item, exit, out));
            spells.append("    - {queue: %s_waiting, item_key: %s, entered_on: %s,\n       left_on: %s, left_as: %s}\n"
                    .formatted(name, item, in, out, words(event(exit))));
        }
        String waiting = "E" + number++;
        rows.append(row(waiting, Map.of(draft.wait.entered(), in)));
        events.append(happened(waiting, draft.wait.entered(), in));
        spells.append("    - {queue: %s_waiting, item_key: %s, entered_on: %s}\n".formatted(name, waiting, in));
        int first = draft.wait.left().get(0);
        rows.append(row("E" + number, Map.of(draft.wait.entered(), out, first, in)));
        return """
                example: how_they_leave
                description: An item leaves on the date of it; one with dates in the wrong order is in no figure.
                as_of: %s
                rows:
                  %s:
                %sexpect:
                  events:
                %s  spells:
                %s  excluded:
                    - {feed: %s, item_key: E%d, code: %s}
                """.formatted(
                        draft.businessDate(),
                        name,
                        rows,
                        events,
                        spells,
                        name,
                        number,
                        (event(first) + "_EARLIER_THAN_" + entered).toUpperCase(Locale.ROOT));
    }

    private String row(String item, Map<Integer, LocalDate> dates) {
        String dated = draft.events.keySet().stream()
                .flatMap(column -> Stream.ofNullable(dates.get(column))
                        .map(date -> ", " + names.get(column) + ": " + written(column, date)))
                .collect(Collectors.joining());
        return "    - {" + names.get(draft.profile.key().get(0)) + ": " + item + dated + "}\n";
    }

    private String written(int column, LocalDate date) {
        return switch (type(column)) {
            case INSTANT -> "\"" + date + "T12:00:00Z\"";
            case LOCAL_TIME -> "\"" + date + " 12:00\"";
            default -> date.toString();
        };
    }

    private String happened(String item, int column, LocalDate date) {
        return "    - {item_key: %s, event: %s, occurred_on: %s}\n".formatted(item, event(column), date);
    }

    private static String words(String snake) {
        return snake.replace('_', ' ');
    }
}
