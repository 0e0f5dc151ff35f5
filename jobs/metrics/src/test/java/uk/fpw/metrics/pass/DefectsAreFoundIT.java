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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.metrics.lifecycle.ItemEvent;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.run.AuditRequest;
import uk.fpw.warehouse.run.MetricsResult.QualityResult;

/** A pass that counts wrongly is found out by the audit, which says where, and both numbers. */
class DefectsAreFoundIT {

    private static final Force FORCE =
            ForceFolder.read(Path.of("src", "test", "resources", "backlog").toAbsolutePath());
    private static final int ITEMS = 200;

    @TempDir
    private Path folder;

    private final Map<String, List<ItemEvent>> items = RandomItems.of(FORCE, 7, ITEMS);
    private final CountedItems counted = CountedItems.of(FORCE, RandomItems.BUSINESS_DATE, items);

    @Test
    void nothingIsFoundWhereNothingIsWrong() {
        assertThat(stops(counted)).isEmpty();
    }

    @Test
    void oneCountOfOneDay() {
        Map<String, Object> row = row("mart.queue_daily", one -> number(one, "waiting_count") > 1);
        change(row, "waiting_count", 1);
        change(row, "left_count", -1);

        QualityResult found = found(counted, "mart.queue_daily", "COUNTED_AGAIN_QUEUE_DAILY");

        assertThat(found.failedCount()).isEqualTo(1);
        assertThat(found.message())
                .startsWith("at queue " + row.get("queue") + ", slice " + row.get("slice") + ", slice_value "
                        + row.get("slice_value") + ", day " + row.get("day") + " left_count is "
                        + number(row, "left_count") + ", recounted from the events "
                        + (number(row, "left_count") + 1) + "; waiting_count is " + number(row, "waiting_count")
                        + ", recounted from the events " + (number(row, "waiting_count") - 1) + ".")
                .contains("This is a bug in the software");
    }

    @Test
    void whereNotEverySeriesIsCountedEveryTotalIsAndNothingThatIsRightFails() {
        int spells = counted.rows("core.spell").size();

        assertThat(stops(counted, spells / 3)).isEmpty();

        change(row("mart.queue_daily", one -> "all".equals(one.get("slice"))), "age_unknown_count", 1);
        assertThat(stops(counted, spells / 3)).extracting(QualityResult::code).contains("COUNTED_AGAIN_QUEUE_DAILY");
    }

    @Test
    void oneContributor() {
        change(row("mart.queue_weekly", one -> number(one, "contributor_count") > 2), "contributor_count", -1);

        assertThat(found(counted, "mart.queue_weekly", "COUNTED_AGAIN_CONTRIBUTORS")
                        .failedCount())
                .isEqualTo(1);
    }

    @Test
    void oneItemInAnotherBand() {
        Map<String, Object> row =
                row("mart.open_age", one -> number(one, "waiting_count") > 0 && number(one, "age_band_from_days") == 0);
        Map<String, Object> next = row(
                "mart.open_age",
                one -> one != row
                        && same(one, row, "as_of_on")
                        && same(one, row, "queue")
                        && same(one, row, "slice_value")
                        && same(one, row, "slice")
                        && number(one, "contributor_count") > 0);
        change(row, "waiting_count", -1);
        change(next, "waiting_count", 1);

        assertThat(found(counted, "mart.open_age", "COUNTED_AGAIN_OPEN_AGE").failedCount())
                .isEqualTo(2);
    }

    @Test
    void oneMoreAtRiskOnADayOfWait() {
        change(
                row("mart.wait_curve", one -> !"all".equals(one.get("exit_reason")) && number(one, "left_count") > 0),
                "at_risk_count",
                1);

        assertThat(found(counted, "mart.wait_curve", "COUNTED_AGAIN_WAIT_CURVE").failedCount())
                .isEqualTo(1);
    }

    @Test
    void oneMoreServedInAWeekAndAMonthAndOneContributorOfACohort() {
        change(row("mart.queue_weekly", one -> number(one, "left_count") > 0), "served_count", 1);
        change(row("mart.queue_monthly", one -> number(one, "left_count") > 0), "served_count", 1);
        change(row("mart.wait_summary", one -> true), "contributor_count", 1);
        change(
                row(
                        "mart.wait_curve",
                        one -> "all".equals(one.get("exit_reason")) && number(one, "censored_count") > 0),
                "contributor_count",
                1);

        assertThat(stops(counted))
                .filteredOn(test -> test.failedCount() == 1)
                .extracting(QualityResult::code)
                .contains(
                        "COUNTED_AGAIN_QUEUE_WEEKLY",
                        "COUNTED_AGAIN_QUEUE_MONTHLY",
                        "COUNTED_AGAIN_WAIT_SUMMARY",
                        "COUNTED_AGAIN_WAIT_CURVE_2");
    }

    @Test
    void oneMoreInAQuarterAYearAndAChartAndOneMoreThatCameBack() {
        change(row("mart.queue_quarterly", one -> number(one, "left_count") > 0), "served_count", 1);
        change(row("mart.queue_yearly", one -> number(one, "left_count") > 0), "contributor_count", 1);
        change(row("mart.queue_signal", one -> number(one, "flow_count") > 0), "flow_count", 1);
        change(row("mart.queue_reentry", one -> number(one, "reentered_count") > 0), "reentered_count", 1);
        change(row("mart.reentry_share", one -> number(one, "reentered_count") > 0), "reentered_count", -1);

        assertThat(stops(counted))
                .filteredOn(test -> test.failedCount() == 1)
                .extracting(test -> test.table() + " " + test.code())
                .contains(
                        "mart.queue_quarterly COUNTED_AGAIN_QUEUE_QUARTERLY",
                        "mart.queue_yearly COUNTED_AGAIN_CONTRIBUTORS",
                        "mart.queue_signal COUNTED_AGAIN_QUEUE_MONTHLY",
                        "mart.queue_reentry COUNTED_AGAIN_QUEUE_REENTRY",
                        "mart.reentry_share COUNTED_AGAIN_REENTRY_SHARE");
    }

    @Test
    void oneMoreThatLeftInAPeriodAndInOneOfTwoGroupsThatAreCompared() {
        change(row("mart.wait_window", one -> true), "left_count", 1);
        change(row("mart.wait_comparison", one -> !"(none)".equals(one.get("second_group"))), "second_left_count", 1);

        assertThat(found(counted, "mart.wait_window", "COUNTED_AGAIN_WAIT_WINDOW")
                        .failedCount())
                .isEqualTo(1);
        assertThat(found(counted, "mart.wait_comparison", "COUNTED_AGAIN_WAIT_COMPARISON")
                        .failedCount())
                .isEqualTo(1);
    }

    @Test
    void oldestThatIsADayYounger() {
        change(row("mart.queue_daily", one -> number(one, "oldest_age_days") > 1), "oldest_age_days", -1);

        assertThat(found(counted, "mart.queue_daily", "COUNTED_AGAIN_OLDEST").failedCount())
                .isEqualTo(1);
    }

    @Test
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

        assertThat(found(counted, "mart.queue_daily", "COUNTED_AGAIN_QUEUE_DAILY")
                        .failedCount())
                .isPositive();
    }

    @Test
    void figureThatIsWithheldOrGivenAgainstWhatIsKnown() {
        row("mart.queue_daily", one -> true).put("is_available", false);
        row("mart.queue_monthly", one -> true).put("data_as_at", RandomItems.BUSINESS_DATE.minusDays(1));

        assertThat(found(counted, "mart.queue_daily", "AVAILABLE_AS_FAR_AS_KNOWN")
                        .failedCount())
                .isEqualTo(1);
        assertThat(found(counted, "mart.queue_monthly", "AVAILABLE_AS_FAR_AS_KNOWN")
                        .failedCount())
                .isEqualTo(1);
    }

    @Test
    void spellThatIsLostBeforeAnythingIsWritten() {
        Map<String, Object> spell = anEndedSpell();
        Map<String, List<ItemEvent>> others = new TreeMap<>(items);
        others.remove(String.valueOf(spell.get("item_key")));
        CountedItems without = CountedItems.of(FORCE, RandomItems.BUSINESS_DATE, others);
        takeOver(without, "core.event");

        assertThat(stops(without)).extracting(QualityResult::table).contains("core.spell", "mart.queue_daily");
        assertThat(found(without, "core.spell", "COUNTED_AGAIN_SPELL").message())
                .contains("rows, and", "when they are recounted")
                .doesNotContain("town:");
    }

    @Test
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

    private QualityResult found(CountedItems candidate, String table, String code) {
        return stops(candidate).stream()
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
