package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.nightly.notify.Receivers;

/**
 * Hand-made items over clock changes, a leap day and London midnight, reopened, outsourced and returned, withdrawn:
 * from a dropped file to the marts, compared with tables made elsewhere. Their definition is {@code in_house_only}; the
 * headline {@code awaiting_examination} differs by the one device (A14) that was with a provider from 20 March to 5
 * August 2024.
 */
class GoldenBacklogIT {

    private static final String MONTHS = """
            select month.*, coalesce(exits.completed, 0) as completed, coalesce(exits.outsourced, 0) as outsourced,
                coalesce(exits.withdrawn, 0) as withdrawn
            from mart.queue_monthly as month
            left join (
                select queue, month_start_on,
                    sum(left_count) filter (where exit_reason in ('completed', 'examined')) as completed,
                    sum(left_count) filter (where exit_reason = 'outsourced') as outsourced,
                    sum(left_count) filter (where exit_reason = 'withdrawn') as withdrawn
                from mart.queue_exit where is_total group by all) as exits
                on month.queue = exits.queue and month.month_start_on = exits.month_start_on
            where month.is_total and month.queue = '%s'
            order by month.month_start_on
            """;

    @TempDir
    private static Path folder;

    private static Installation fpw;
    private static Path force;
    private static Map<String, JsonNode> months;
    private static List<String> mails;
    private static List<String> posted;

    @BeforeAll
    static void runTheNight() throws Exception {
        fpw = Installation.here(folder);
        force = TestForceFolders.copyOfResource("golden", folder.resolve("force"));
        try (Receivers receivers = Receivers.started()) {
            receivers.environment(folder).forEach(fpw::set);
            fpw.succeed("nightly", "--force", force.toString(), "--date", "2025-01-15");
            mails = receivers.mails();
            posted = receivers.posted();
        }
        months = byMonth("in_house_only");
    }

    @Test
    void peopleAreToldOfTheReleaseByMailAndMachinesByOneWord() {
        assertThat(mails).containsExactly("""
                [chief@example.org]
                Hand-made items over clock changes, leap day and London midnight: figures of 15 January 2025, release \
                2025-01-15.1
                Release 2025-01-15.1 of Hand-made items over clock changes, leap day and London midnight is out: \
                figures at the end of 15 January 2025.

                Better or worse, by the measure that each queue declares:
                - Devices awaiting examination: cannot be told (year to date against last year)
                - Devices awaiting examination in house: cannot be told (year to date against last year)
                - Devices of a log with irregularities: cannot be told (year to date against last year)

                The pages: https://figures.example.org/""");
        assertThat(posted).containsExactly("POST text/plain; charset=utf-8: released");
    }

    @Test
    void flowsStocksAndAgesOfEveryMonth() {
        for (Map<String, String> expected : TestForceFolders.table("expected/small_monthly_expected.csv")) {
            JsonNode month = month(months, at(expected, "period_start"));
            assertThat(flows(month)).as(expected.toString()).isEqualTo(flows(expected));
            assertAges(expected, month);
            same(month, "left_per_inflow", expected, "clearance_rate_exits_over_inflow");
            same(month, "weeks_of_work_served", expected, "weeks_of_work_trailing13_completed");
            same(month, "weeks_of_work_left", expected, "weeks_of_work_trailing13_exits");
            assertThat(month.get("is_partial").asBoolean())
                    .as(expected.toString())
                    .isEqualTo(at(expected, "partial").equals("TRUE"));
        }
    }

    @Test
    void quartersAreTheSumsOfTheirMonths() {
        for (Map<String, String> expected : TestForceFolders.table("expected/small_quarterly_expected.csv")) {
            LocalDate start = LocalDate.parse(at(expected, "period_start"));
            List<JsonNode> quarter = months.values().stream()
                    .filter(month -> {
                        LocalDate first =
                                LocalDate.parse(month.get("month_start_on").asText());
                        return !first.isBefore(start) && first.isBefore(start.plusMonths(3));
                    })
                    .toList();
            JsonNode last = quarter.get(quarter.size() - 1);
            Function<String, String> sum = column -> String.valueOf(quarter.stream()
                    .mapToLong(month -> month.get(column).asLong())
                    .sum());
            assertThat(List.of(
                            last.get("measured_to_on").asText(),
                            quarter.get(0).get("opening_count").asText(),
                            sum.apply("received_count"),
                            sum.apply("reentered_count"),
                            sum.apply("completed"),
                            sum.apply("outsourced"),
                            sum.apply("withdrawn"),
                            last.get("waiting_count").asText()))
                    .as(expected.toString())
                    .isEqualTo(flows(expected));
            assertAges(expected, last);
        }
    }

    @Test
    void weeksOverTheClockChanges() {
        for (String file : List.of("small_isoweek_dst_spring_expected.csv", "small_isoweek_dst_autumn_expected.csv")) {
            for (Map<String, String> expected : TestForceFolders.table("expected/" + file)) {
                JsonNode week = fpw.query(
                                force, """
                                select min_by(opening_count, day) as opening, sum(received_count) as received, \
                                sum(reentered_count) as reentered,
                                    sum(left_count) as left_count, max_by(waiting_count, day) as waiting, \
                                max_by(oldest_age_days, day) as oldest,
                                    max_by(oldest_wait_days, day) as oldest_wait, count(*) as days
                                from mart.queue_daily
                                where is_total and queue = 'in_house_only' and day between date '%s' and date '%s'
                                """.formatted(at(expected, "period_start"), at(expected, "period_end")))
                        .get(0);
                long left = whole(expected, "completed") + whole(expected, "outsourced") + whole(expected, "withdrawn");
                assertThat(values(week))
                        .as(expected.toString())
                        .containsExactly(
                                at(expected, "opening"),
                                at(expected, "received"),
                                at(expected, "reopened"),
                                String.valueOf(left),
                                at(expected, "closing"),
                                at(expected, "oldest_age_days"),
                                at(expected, "oldest_age_since_reopen"),
                                "7");
            }
        }
    }

    /** The months as they would be if days were UTC dates: none of them may match. */
    @Test
    void noMonthIsCutAtUtcMidnight() {
        List<Map<String, String>> wrong = TestForceFolders.table("expected/small_monthly_WRONG_if_utc_dates.csv");

        assertThat(wrong).hasSize(5).allSatisfy(month -> assertThat(flows(month(months, at(month, "period_start"))))
                .isNotEqualTo(flows(month)));
    }

    @Test
    void everyExitHasItsWait() {
        List<String> expected = TestForceFolders.table("expected/small_exit_waits_expected.csv").stream()
                .map(row -> String.join(",", row.values()))
                .toList();

        assertThat(fpw.query(force, """
                        select split_part(item_key, ':', 2) as item_id, left_as, left_on, left_on - first_entered_on \
                        as days_from_first_receipt,
                            left_on - entered_on as days_this_spell,
                            sum(left_on - entered_on) over (partition by item_key order by entered_on, left_on) as \
                        cumulative_open_days,
                            row_number() over (partition by item_key order by entered_on, left_on) as exit_number
                        from core.spell
                        where queue = 'in_house_only' and left_on is not null
                        order by item_id, exit_number
                        """).stream().map(row -> String.join(",", values(row))))
                .containsExactlyElementsOf(expected);
    }

    /**
     * With the provider A14 still waits: one more at the end of March to July, no exit in March, no re-entry in August.
     */
    @Test
    void outsourcingKeepsADeviceInTheHeadlineQueue() {
        Map<String, JsonNode> headline = byMonth("awaiting_examination");
        for (Map<String, String> inHouse : TestForceFolders.table("expected/small_monthly_expected.csv")) {
            String start = at(inHouse, "period_start");
            boolean isWithProviderAtStart = start.compareTo("2024-04-01") >= 0 && start.compareTo("2024-08-01") <= 0;
            boolean isWithProviderAtEnd = start.compareTo("2024-03-01") >= 0 && start.compareTo("2024-07-01") <= 0;
            Map<String, String> expected = new LinkedHashMap<>(inHouse);
            expected.put("opening", plus(inHouse, "opening", isWithProviderAtStart ? 1 : 0));
            expected.put("closing", plus(inHouse, "closing", isWithProviderAtEnd ? 1 : 0));
            expected.put("outsourced", "0");
            expected.put("reopened", plus(inHouse, "reopened", start.equals("2024-08-01") ? -1 : 0));
            assertThat(flows(month(headline, start))).as(start).isEqualTo(flows(expected));
        }
        assertThat(fpw
                        .query(
                                force,
                                "select code, event, occurred_on, treatment from core.irregularity where queue = "
                                        + "'awaiting_examination' order by all")
                        .stream()
                        .map(row -> String.join(",", values(row))))
                .containsExactly(
                        "AFTER_BUSINESS_DATE,completed,2025-01-16,waits for its day",
                        "AFTER_BUSINESS_DATE,received,2025-01-20,waits for its day",
                        "REOPENED_WHILE_OPEN,reopened,2024-08-05,event ignored");
    }

    /**
     * A log with one irregularity per item: each is found, named and treated as agreed; impossible and missing dates
     * are refused when loading.
     */
    @Test
    void irregularitiesAreNamed() {
        Map<String, String> issues = TestForceFolders.table("expected/dirty_expected.csv").stream()
                .collect(Collectors.toMap(row -> at(row, "item_id"), row -> at(row, "issue")));
        List<String> found = fpw
                .query(
                        force,
                        "select split_part(item_key, ':', 2), code, treatment from core.irregularity where queue = "
                                + "'dirty' order by all")
                .stream()
                .map(row -> String.join(",", values(row)))
                .toList();

        assertThat(found)
                .containsExactly(
                        "X01,CLOSED_BEFORE_RECEIVED,item excluded from the queue",
                        "X02,CLOSED_TWICE,event ignored",
                        "X03,REOPENED_WHILE_OPEN,event ignored",
                        "X04,CLOSED_NEVER_RECEIVED,item excluded from the queue",
                        "X05,RECEIVED_TWICE,event ignored",
                        "X06,AFTER_BUSINESS_DATE,waits for its day");
        found.stream()
                .filter(line -> !line.startsWith("X06")) // its code is called AFTER_AS_OF there
                .forEach(line -> assertThat(line.split(",", -1)[1]).isEqualTo(issues.get(line.substring(0, 3))));
        assertThat(fpw.query(force, """
                                select split_part(item_key, ':', 2), entered_on, left_on, observed_to_on - entered_on
                                from core.spell where queue = 'dirty' order by all
                                """).stream().map(row -> String.join(",", values(row))))
                .containsExactly(
                        "X02,2024-02-01,2024-03-01,29",
                        "X03,2024-02-01,null,349",
                        "X05,2024-02-01,2024-02-09,8",
                        "X09,2024-02-01,2024-02-01,0");
        assertThat(fpw
                        .query(
                                force,
                                "select code, count(*) from core.exclusion where feed = 'dirty_log' group by code "
                                        + "order by code")
                        .stream()
                        .map(row -> String.join(",", values(row))))
                .containsExactly("CLOSED_BEFORE_RECEIVED,2", "CLOSED_NEVER_RECEIVED,1");
    }

    private static void assertAges(Map<String, String> expected, JsonNode month) {
        List<String> bands = fpw.query(force, """
                        select waiting_count from mart.open_age
                        where is_total and queue = 'in_house_only' and as_of_on = date '%s' order by age_band_from_days
                        """.formatted(at(expected, "measured_to"))).stream()
                .map(row -> row.get("waiting_count").asText())
                .toList();
        assertThat(bands)
                .as(expected.toString())
                .containsExactly(
                        at(expected, "age_0_30"),
                        at(expected, "age_31_90"),
                        at(expected, "age_91_180"),
                        at(expected, "age_181_365"),
                        at(expected, "age_366_plus"));
        same(month, "oldest_age_days", expected, "oldest_age_days");
        same(month, "oldest_wait_days", expected, "oldest_age_since_reopen");
        same(month, "waiting_age_median_days", expected, "median_age_days");
        same(month, "waiting_age_mean_days", expected, "mean_age_days");
    }

    /** Equal within 1e-9, or both missing. */
    private static void same(JsonNode row, String column, Map<String, String> expected, String name) {
        String text = at(expected, name);
        JsonNode value = row.get(column);
        assertThat(value.isNull()).as(column + " of " + expected).isEqualTo(text.isEmpty());
        if (!text.isEmpty()) {
            double wanted = Double.parseDouble(text);
            assertThat(value.asDouble())
                    .as(column + " of " + expected)
                    .isCloseTo(wanted, org.assertj.core.data.Offset.offset(1e-9 * Math.max(1, Math.abs(wanted))));
        }
    }

    private static List<String> flows(JsonNode month) {
        List<String> flows = new ArrayList<>();
        for (String column : List.of(
                "measured_to_on",
                "opening_count",
                "received_count",
                "reentered_count",
                "completed",
                "outsourced",
                "withdrawn",
                "waiting_count")) {
            flows.add(month.get(column).asText());
        }
        return flows;
    }

    private static List<String> flows(Map<String, String> expected) {
        return List.of(
                        "measured_to",
                        "opening",
                        "received",
                        "reopened",
                        "completed",
                        "outsourced",
                        "withdrawn",
                        "closing")
                .stream()
                .map(name -> at(expected, name))
                .toList();
    }

    private static Map<String, JsonNode> byMonth(String queue) {
        return fpw.query(force, MONTHS.formatted(queue)).stream()
                .collect(Collectors.toMap(
                        month -> month.get("month_start_on").asText(),
                        Function.identity(),
                        (first, second) -> {
                            throw new AssertionError("two rows for one month: " + first + second);
                        },
                        LinkedHashMap::new));
    }

    private static JsonNode month(Map<String, JsonNode> months, String start) {
        JsonNode month = months.get(start);
        if (month == null) {
            throw new AssertionError("no row for the month of " + start + "; months: " + months.keySet());
        }
        return month;
    }

    private static List<String> values(JsonNode row) {
        List<String> values = new ArrayList<>();
        row.elements().forEachRemaining(value -> values.add(value.asText()));
        return values;
    }

    private static String at(Map<String, String> row, String column) {
        String value = row.get(column);
        if (value == null) {
            throw new IllegalArgumentException("no column " + column + " in " + row);
        }
        return value;
    }

    private static long whole(Map<String, String> row, String column) {
        return Long.parseLong(at(row, column));
    }

    private static String plus(Map<String, String> row, String column, int change) {
        return String.valueOf(whole(row, column) + change);
    }
}
