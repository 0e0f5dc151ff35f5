package uk.fpw.metrics.pass;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.metrics.lifecycle.ItemEvent;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.message.AuditRequest;
import uk.fpw.warehouse.message.AuditResult;
import uk.fpw.warehouse.message.MetricsResult.QualityResult;

/** The audit detects a pass that counts wrongly, and reports where, with both numbers. */
class DefectsAreFoundIT {

    private static final Force FORCE =
            ForceFolder.read(Path.of("src", "test", "resources", "backlog").toAbsolutePath());
    private static final int ITEMS = 200;

    @TempDir
    private Path folder;

    private final Map<String, List<ItemEvent>> items = RandomItems.of(FORCE, 7, ITEMS);
    private final CountedItems counted = CountedItems.of(FORCE, RandomItems.BUSINESS_DATE, items);

    @Test
    @Tag("thorough")
    void nothingIsFoundWhereNothingIsWrong() {
        assertThat(stops(counted)).isEmpty();
    }

    /** One audit finds all of them: each is identified by its table and definition, and does not hide the others. */
    @Test
    void everyNumberThatIsWrongIsFoundAndNoOther() {
        Map<String, Object> day = row("mart.queue_daily", one -> number(one, "waiting_count") > 1);
        change(day, "waiting_count", 1);
        change(day, "left_count", -1);
        change(row("mart.queue_daily", one -> number(one, "oldest_age_days") > 1), "oldest_age_days", -1);
        change(row("mart.queue_weekly", one -> number(one, "contributor_count") > 2), "contributor_count", -1);
        change(row("mart.queue_weekly", one -> number(one, "left_count") > 0), "served_count", 1);
        change(row("mart.queue_monthly", one -> number(one, "left_count") > 0), "served_count", 1);
        change(row("mart.queue_quarterly", one -> number(one, "left_count") > 0), "served_count", 1);
        change(row("mart.queue_yearly", one -> number(one, "left_count") > 0), "contributor_count", 1);
        Map<String, Object> quarter = row(
                "mart.publication_count",
                one -> number(one, "received_contributor_count") > 0 && number(one, "waiting_contributor_count") > 1);
        change(quarter, "received_contributor_count", -1);
        change(quarter, "waiting_contributor_count", -1);
        change(row("mart.queue_signal", one -> number(one, "flow_count") > 0), "flow_count", 1);
        change(row("mart.queue_reentry", one -> number(one, "reentered_count") > 0), "reentered_count", 1);
        change(row("mart.reentry_share", one -> number(one, "reentered_count") > 0), "reentered_count", -1);
        Map<String, Object> band =
                row("mart.open_age", one -> number(one, "waiting_count") > 0 && number(one, "age_band_from_days") == 0);
        Map<String, Object> next = row(
                "mart.open_age",
                one -> one != band
                        && same(one, band, "as_of_on")
                        && same(one, band, "queue")
                        && same(one, band, "slice_value")
                        && same(one, band, "slice")
                        && number(one, "contributor_count") > 0);
        change(band, "waiting_count", -1);
        change(next, "waiting_count", 1);
        change(
                row("mart.wait_curve", one -> !"all".equals(one.get("exit_reason")) && number(one, "left_count") > 0),
                "at_risk_count",
                1);
        change(
                row(
                        "mart.wait_curve",
                        one -> "all".equals(one.get("exit_reason")) && number(one, "censored_count") > 0),
                "contributor_count",
                1);
        change(row("mart.wait_summary", one -> true), "contributor_count", 1);
        change(row("mart.wait_window", one -> true), "left_count", 1);
        change(row("mart.wait_comparison", one -> !"(none)".equals(one.get("second_group"))), "second_left_count", 1);
        change(
                row(
                        "mart.period_comparison",
                        one -> one.get("earlier_item_count") != null && number(one, "earlier_case_count") > 0),
                "earlier_case_count",
                -1);
        change(row("mart.period_verdict", one -> one.get("unserved_count") != null), "unserved_count", 1);

        change(row("mart.queue_signal", DefectsAreFoundIT::isCharted), "service_day_count", 1);
        row("mart.queue_signal", DefectsAreFoundIT::isCharted).put("same_month_last_year", -1.0);

        List<QualityResult> all = stops(counted);
        List<QualityResult> found = all.stream()
                .filter(test -> test.code().startsWith(AuditResult.COUNTED_AGAIN))
                .toList();

        assertThat(all)
                .filteredOn(test ->
                        test.table().equals("mart.queue_signal") && !test.code().startsWith(AuditResult.COUNTED_AGAIN))
                .extracting(test -> test.code() + " " + test.failedCount())
                .containsExactlyInAnyOrder(
                        "VALUE_IS_PER_SERVICE_DAY 1",
                        "SERVICE_DAYS_ARE_THOSE_OF_THE_SERVICE 1",
                        "LAST_YEAR_IS_THE_MONTH_BEFORE_ELEVEN_OTHERS 1");

        assertThat(found)
                .extracting(test -> test.table() + " " + test.code() + " " + test.failedCount())
                .containsExactlyInAnyOrder(
                        "mart.queue_daily COUNTED_AGAIN_QUEUE_DAILY 1",
                        "mart.queue_daily COUNTED_AGAIN_OLDEST 1",
                        "mart.queue_weekly COUNTED_AGAIN_CONTRIBUTORS 1",
                        "mart.queue_weekly COUNTED_AGAIN_QUEUE_WEEKLY 1",
                        "mart.queue_monthly COUNTED_AGAIN_QUEUE_MONTHLY 1",
                        "mart.queue_quarterly COUNTED_AGAIN_QUEUE_QUARTERLY 1",
                        "mart.queue_yearly COUNTED_AGAIN_CONTRIBUTORS 1",
                        "mart.publication_count COUNTED_AGAIN_PUBLICATION_COUNT 1",
                        "mart.queue_signal COUNTED_AGAIN_QUEUE_MONTHLY 1",
                        "mart.queue_reentry COUNTED_AGAIN_QUEUE_REENTRY 1",
                        "mart.reentry_share COUNTED_AGAIN_REENTRY_SHARE 1",
                        "mart.open_age COUNTED_AGAIN_OPEN_AGE 2",
                        "mart.wait_curve COUNTED_AGAIN_WAIT_CURVE 1",
                        "mart.wait_curve COUNTED_AGAIN_WAIT_CURVE_2 1",
                        "mart.wait_summary COUNTED_AGAIN_WAIT_SUMMARY 1",
                        "mart.wait_window COUNTED_AGAIN_WAIT_WINDOW 1",
                        "mart.wait_comparison COUNTED_AGAIN_WAIT_COMPARISON 1",
                        "mart.period_comparison COUNTED_AGAIN_PERIOD_COMPARISON 1",
                        "mart.period_verdict COUNTED_AGAIN_PERIOD_VERDICT 1");
        assertThat(named(found, "mart.queue_daily", "COUNTED_AGAIN_QUEUE_DAILY").message())
                .startsWith("at queue " + day.get("queue") + ", slice " + day.get("slice") + ", slice_value "
                        + day.get("slice_value") + ", day " + day.get("day") + " left_count is "
                        + number(day, "left_count") + ", recounted from the events "
                        + (number(day, "left_count") + 1) + "; waiting_count is " + number(day, "waiting_count")
                        + ", recounted from the events " + (number(day, "waiting_count") - 1) + ".")
                .contains("This is a bug in the software");
    }

    private static boolean isCharted(Map<String, Object> row) {
        return row.get("flow_per_service_day") != null && number(row, "flow_count") > 0;
    }

    @Test
    @Tag("thorough")
    void whereNotEverySeriesIsCountedEveryTotalIsAndNothingThatIsRightFails() {
        int spells = counted.rows("core.spell").size();

        assertThat(stops(counted, spells / 3)).isEmpty();

        change(row("mart.queue_daily", one -> "all".equals(one.get("slice"))), "age_unknown_count", 1);
        assertThat(stops(counted, spells / 3)).extracting(QualityResult::code).contains("COUNTED_AGAIN_QUEUE_DAILY");
    }

    @Test
    @Tag("thorough")
    void twoValuesOfASliceSwapped() {
        for (String table : counted.tables()) {
            for (Map<String, Object> row : counted.rows(table)) {
                if ("high".equals(row.get("slice_value"))) {
                    row.put("slice_value", "low");
                } else if ("low".equals(row.get("slice_value"))) {
                    row.put("slice_value", "high");
                }
            }
        }

        assertThat(named(stops(counted), "mart.queue_daily", "COUNTED_AGAIN_QUEUE_DAILY")
                        .failedCount())
                .isPositive();
    }

    @Test
    @Tag("thorough")
    void figureThatIsWithheldOrGivenAgainstWhatIsKnown() {
        row("mart.queue_daily", one -> true).put("is_available", false);
        row("mart.queue_monthly", one -> true).put("data_as_at", RandomItems.BUSINESS_DATE.minusDays(1));

        assertThat(stops(counted))
                .filteredOn(test -> test.code().equals(AuditResult.AVAILABLE_AS_FAR_AS_KNOWN))
                .extracting(test -> test.table() + " " + test.failedCount())
                .containsExactly("mart.queue_daily 1", "mart.queue_monthly 1");
    }

    @Test
    @Tag("thorough")
    void spellThatIsLostBeforeAnythingIsWritten() {
        Map<String, Object> spell = anEndedSpell();
        Map<String, List<ItemEvent>> others = new TreeMap<>(items);
        others.remove(String.valueOf(spell.get("item_key")));
        CountedItems without = CountedItems.of(FORCE, RandomItems.BUSINESS_DATE, others);
        takeOver(without, "core.event");

        List<QualityResult> found = stops(without);

        assertThat(found).extracting(QualityResult::table).contains("core.spell", "mart.queue_daily");
        assertThat(named(found, "core.spell", "COUNTED_AGAIN_SPELL").message())
                .contains("rows, and", "when they are recounted")
                .doesNotContain("town:");
    }

    @Test
    @Tag("thorough")
    void oneEventMisread() {
        Map<String, Object> spell = anEndedSpell();
        Map<String, List<ItemEvent>> misread = new TreeMap<>(items);
        misread.computeIfPresent(String.valueOf(spell.get("item_key")), (item, events) -> {
            List<ItemEvent> later = new ArrayList<>();
            for (ItemEvent event : events) {
                boolean ends = LocalDate.ofEpochDay(event.occurredOn()).equals(spell.get("left_on"));
                later.add(ends ? aDayLater(event) : event);
            }
            return later;
        });
        CountedItems wrong = CountedItems.of(FORCE, RandomItems.BUSINESS_DATE, misread);
        takeOver(wrong, "core.event");

        assertThat(stops(wrong)).extracting(QualityResult::code).contains("COUNTED_AGAIN_SPELL");
    }

    private void takeOver(CountedItems to, String table) {
        to.rows(table).clear();
        to.rows(table).addAll(counted.rows(table));
    }

    private static ItemEvent aDayLater(ItemEvent event) {
        return new ItemEvent(
                event.source(),
                event.itemKind(),
                event.contributorKey(),
                event.event(),
                event.occurredOn() + 1,
                null,
                event.eventOrder(),
                event.attributes(),
                event.staging());
    }

    private List<QualityResult> stops(CountedItems candidate) {
        return stops(candidate, AuditRequest.EVERY_SERIES);
    }

    private List<QualityResult> stops(CountedItems candidate, long maxSpells) {
        return candidate.failures(folder, maxSpells).stream()
                .filter(test -> test.severity().equals("stop") && !test.code().equals("STAGES_ADD_UP"))
                .toList();
    }

    private static QualityResult named(List<QualityResult> found, String table, String code) {
        return found.stream()
                .filter(test -> test.table().equals(table) && test.code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    private Map<String, Object> row(String table, Predicate<Map<String, Object>> which) {
        return counted.rows(table).stream().filter(which).findFirst().orElseThrow();
    }

    /** One that is in the figures: the last to leave. */
    private Map<String, Object> anEndedSpell() {
        return counted.rows("core.spell").stream()
                .filter(one -> one.get("left_on") != null)
                .max(Comparator.comparing(one -> String.valueOf(one.get("left_on"))))
                .orElseThrow();
    }

    private static boolean same(Map<String, Object> row, Map<String, Object> other, String column) {
        return Objects.equals(row.get(column), other.get(column));
    }

    private static long number(Map<String, Object> row, String column) {
        return row.get(column) == null ? 0 : ((Number) row.get(column)).longValue();
    }

    private static void change(Map<String, Object> row, String column, int by) {
        row.compute(
                column,
                (name, value) -> Objects.requireNonNull(value) instanceof Integer number
                        ? (Object) (number + by)
                        : (Object) (((Number) value).longValue() + by));
    }
}
