package uk.fpw.metrics.pass;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uk.fpw.metrics.cases.CaseFigures;
import uk.fpw.metrics.cases.CaseRules;
import uk.fpw.metrics.cases.OpenCase;
import uk.fpw.metrics.cases.RecordedEvent;
import uk.fpw.metrics.cases.RecordedEvent.EventDay;
import uk.fpw.metrics.cases.WaitingSpell;
import uk.fpw.metrics.figures.ReleaseKey;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.Force;

/** The tables of open cases, computed from rows of other tables without Spark. */
final class CountedCases {

    private final CaseRules rules;
    private final Function<String, List<Map<String, Object>>> tables;
    private final Map<String, List<Map<String, Object>>> events;
    private final Map<String, List<Map<String, Object>>> spells;

    private CountedCases(CaseRules rules, Function<String, List<Map<String, Object>>> tables) {
        this.rules = rules;
        this.tables = tables;
        this.events = byKey(tables.apply("core.event"));
        this.spells = byKey(tables.apply("core.spell"));
    }

    /** Rows of each item and each contributor, by key without source. */
    private static Map<String, List<Map<String, Object>>> byKey(List<Map<String, Object>> rows) {
        Map<String, List<Map<String, Object>>> byKey = new HashMap<>();
        rows.forEach(row -> Stream.of("item_key", "contributor_key")
                .map(column -> withoutSource(text(row, column)))
                .distinct()
                .forEach(key ->
                        byKey.computeIfAbsent(key, first -> new ArrayList<>()).add(row)));
        return byKey;
    }

    private static List<Map<String, Object>> of(OpenCase open, Map<String, List<Map<String, Object>>> byKey) {
        return byKey.getOrDefault(withoutSource(open.key()), List.of());
    }

    static void write(
            Force force,
            Coverage coverage,
            ReleaseKey releaseKey,
            Function<String, List<Map<String, Object>>> tables,
            BiConsumer<String, Object[]> consumer) {
        CaseRules.of(force, coverage)
                .forEach(rules -> new CountedCases(rules, tables).write(new CaseFigures(rules, releaseKey, consumer)));
    }

    private void write(CaseFigures figures) {
        Set<OpenCase> open = tables.apply("mart.case_milestone_open").stream()
                .filter(row -> text(row, "milestones").equals(rules.milestones().name()))
                .map(row -> new OpenCase(
                        text(row, "milestones"),
                        (Integer) Objects.requireNonNull(row.get("milestones_version")),
                        text(row, "case_key"),
                        day(row, "aware_on"),
                        day(row, "data_as_at")))
                .collect(Collectors.toSet());
        Map<OpenCase, List<RecordedEvent>> recordedEvents =
                open.stream().collect(Collectors.toMap(each -> each, each -> events(each)));
        Map<EventDay, Long> cases = new HashMap<>();
        recordedEvents.values().forEach(each -> new HashSet<>(
                        each.stream().map(RecordedEvent::eventDay).toList())
                .forEach(day -> cases.merge(day, 1L, Long::sum)));
        Set<EventDay> bulkUpdates = CaseFigures.bulkUpdates(rules, cases, open.size());
        recordedEvents.forEach((each, recorded) -> figures.writeSilence(each, recorded, bulkUpdates));
        open.forEach(each -> figures.writeClock(each, spells(each)));
        figures.writeCounts(open.size());
    }

    private List<RecordedEvent> events(OpenCase open) {
        return of(open, events).stream()
                .filter(row -> Stream.of(true, false)
                        .anyMatch(isLinked -> belongs(row, open, isLinked)
                                && rules.activity(isLinked)
                                        .getOrDefault(text(row, "item_kind"), Set.of())
                                        .contains(text(row, "event"))))
                .map(row -> new RecordedEvent(text(row, "item_kind"), text(row, "event"), day(row, "occurred_on"), 1))
                .filter(event -> event.occurredOn() >= open.awareOn() && event.occurredOn() <= open.dataAsAt())
                .toList();
    }

    private List<WaitingSpell> spells(OpenCase open) {
        return of(open, spells).stream()
                .filter(row -> Stream.of(true, false)
                        .anyMatch(isLinked -> belongs(row, open, isLinked)
                                && rules.queues(isLinked).contains(text(row, "queue"))))
                .map(row -> new WaitingSpell(
                        text(row, "queue"),
                        text(row, "item_key"),
                        day(row, "entered_on"),
                        row.containsKey("left_on") ? (Integer) day(row, "left_on") : null))
                .toList();
    }

    private static boolean belongs(Map<String, Object> row, OpenCase open, boolean isLinked) {
        String item = text(row, "item_key");
        String contributor = text(row, "contributor_key");
        return isLinked
                ? !contributor.equals(item) && withoutSource(contributor).equals(withoutSource(open.key()))
                : item.equals(open.key());
    }

    private static String text(Map<String, Object> row, String column) {
        return Objects.requireNonNull((String) row.get(column));
    }

    private static int day(Map<String, Object> row, String column) {
        return (int) Objects.requireNonNull((LocalDate) row.get(column)).toEpochDay();
    }

    /** A key without its source: the part that the key of a case and the contributor of its items have in common. */
    private static String withoutSource(String key) {
        return key.substring(key.indexOf(':') + 1);
    }
}
