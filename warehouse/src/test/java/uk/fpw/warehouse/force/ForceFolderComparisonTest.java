package uk.fpw.warehouse.force;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.force.queue.PeriodKind;
import uk.fpw.warehouse.force.queue.WaitComparison;

/** Comparisons of waits declared by a queue. */
class ForceFolderComparisonTest extends ConfigErrorTesting {

    private static final String PLACE = "queues/awaiting_examination.yml:12: comparisons[0].";

    @TempDir
    private Path temp;

    private DynamicTest comparison(String name, String comparison, String... messages) {
        return edit(
                name,
                QUEUE,
                "age_bands: [30, 90]",
                "comparisons:\n  - {comparison: waits, title: Slower?, " + comparison + "}",
                messages);
    }

    @Test
    void comparisonsAreReadInTheirOrder() {
        TinyFolder folder = new TinyFolder(temp.resolve("tiny"));
        folder.edit(QUEUE, "age_bands: [30, 90]", """
                comparisons:
                  - {comparison: quarters, title: Q2 after Q1?, by: cohort, of: [2015 Q1, 2015 Q2], within: device_type}
                  - {comparison: years, title: Slower?, by: window, every: financial_year}
                  - {comparison: types, title: Which type?, by: slice, slice: device_type}
                """);

        assertThat(folder.read().queues().get(0).comparisons())
                .containsExactly(
                        new WaitComparison(
                                "quarters",
                                "Q2 after Q1?",
                                WaitComparison.By.COHORT,
                                null,
                                null,
                                List.of("2015 Q1", "2015 Q2"),
                                "device_type"),
                        new WaitComparison(
                                "years",
                                "Slower?",
                                WaitComparison.By.WINDOW,
                                null,
                                PeriodKind.FINANCIAL_YEAR,
                                List.of(),
                                null),
                        new WaitComparison(
                                "types", "Which type?", WaitComparison.By.SLICE, "device_type", null, List.of(), null));
    }

    @TestFactory
    Stream<DynamicTest> limits() {
        return Stream.of(
                edit(
                        "twenty-one comparisons",
                        QUEUE,
                        "age_bands: [30, 90]",
                        "comparisons:\n"
                                + IntStream.rangeClosed(1, 21)
                                        .mapToObj(i -> "  - {comparison: c" + i
                                                + ", title: Slower?, by: window, every: quarter}\n")
                                        .collect(Collectors.joining()),
                        "queues/awaiting_examination.yml:11: comparisons: holds 21 entries, more than 20; remove some"),
                edit(
                        "a question longer than its column",
                        QUEUE,
                        "age_bands: [30, 90]",
                        "comparisons:\n  - {comparison: waits, title: " + "s".repeat(401)
                                + ", by: window, every: quarter}",
                        PLACE + "title: has 401 characters, more than 400; shorten it"));
    }

    @TestFactory
    Stream<DynamicTest> periods() {
        return Stream.of(
                comparison(
                        "one cohort",
                        "by: cohort, of: [2014/15]",
                        PLACE + "of: names one cohort only; name another one to compare it with, or write every: "
                                + "financial_year"),
                comparison(
                        "neither every nor of",
                        "by: window",
                        PLACE + "of: is missing, as is every; list the periods, such as [2013/14, 2014/15], or write "
                                + "every: financial_year"),
                comparison(
                        "every and of",
                        "by: cohort, every: quarter, of: [2015 Q1, 2015 Q2]",
                        PLACE + "of: cannot be combined with every; keep one of them"),
                comparison(
                        "no period",
                        "by: cohort, of: [2014/16, 2014/15]",
                        PLACE + "of[0]: '2014/16' is not a financial year or a quarter; write 2014/15 for the "
                                + "financial year from April 2014, or 2015 Q1 for a calendar quarter"),
                comparison(
                        "a year and a quarter of it",
                        "by: cohort, of: [2014/15, 2014 Q2]",
                        PLACE + "of[1]: '2014 Q2' is a quarter, but '2014/15' a financial year; compare periods of one "
                                + "kind, which cannot overlap"),
                comparison(
                        "slice of a cohort",
                        "by: cohort, of: [2013/14, 2014/15], slice: device_type",
                        PLACE + "slice: is what 'by: slice' compares, but 'by' is cohort; remove it, use 'by: slice', "
                                + "or write 'within' to compare periods within the values of a slice"),
                comparison(
                        "the same period twice",
                        "by: cohort, of: [2014/15, 2014/15]",
                        PLACE + "of: holds '2014/15' twice; remove one of them"));
    }

    @TestFactory
    Stream<DynamicTest> slices() {
        return Stream.of(
                comparison(
                        "no slice",
                        "by: slice",
                        PLACE + "slice: is missing; name the slice whose values should be compared"),
                comparison(
                        "unknown slice",
                        "by: slice, slice: device_typ",
                        PLACE + "slice: 'device_typ' is not among the slices of the queue; did you mean "
                                + "'device_type'?"),
                comparison(
                        "one value",
                        "by: slice, slice: device_type, of: [phone]",
                        PLACE + "of: names one value only; name another one, or remove 'of' to compare every value of "
                                + "the slice"),
                comparison(
                        "periods of a slice",
                        "by: slice, slice: device_type, every: quarter",
                        PLACE + "every: is for periods, but 'by' is slice; remove it, or change 'by'"),
                comparison(
                        "within itself",
                        "by: slice, slice: device_type, within: device_type",
                        PLACE + "within: 'device_type' is the slice that is compared; use another slice, or remove "
                                + "the line"));
    }

    @TestFactory
    Stream<DynamicTest> whatIsNotFixedAtEntry() {
        return Stream.of(
                test(
                        "attribute that comes later",
                        folder -> withProvider(folder)
                                .edit(
                                        QUEUE,
                                        "age_bands: [30, 90]",
                                        "comparisons:\n  - {comparison: waits, title: Slower?, by: slice, slice: "
                                                + "provider}"),
                        PLACE + "slice: 'provider' is not fixed at entry: no staging query that returns an entering "
                                + "event has it; compare by what is known at entry, such as device_type; a later "
                                + "change is an event that ends one queue and starts another"),
                test(
                        "attribute that is known at entry",
                        folder -> folder.edit("staging/device_events.yml", "[device_type]", "[device_type, station]")
                                .edit(
                                        QUEUE,
                                        "age_bands: [30, 90]",
                                        "comparisons:\n  - {comparison: waits, title: Slower?, by: window, every: "
                                                + "quarter, within: station}"),
                        PLACE + "within: 'station' is not among the slices of the queue; add it to them"));
    }

    /** Adds a query about what happens to devices later. */
    private static TinyFolder withProvider(TinyFolder folder) {
        return folder.write("staging/provider_events.yml", """
                staging: provider_events
                source: lab
                item_kind: device
                feeds: [devices]
                events: [outsourced]
                attributes: [provider]
                """)
                .write(
                        "staging/provider_events.sql",
                        "select device_id as item_key, 'outsourced' as event, received_on as occurred_on, 3 as "
                                + "event_order, device_type as provider from devices\n");
    }
}
