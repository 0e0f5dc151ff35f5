package uk.fpw.metrics.pass;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.fpw.layout.ReleaseId;
import uk.fpw.metrics.lifecycle.ItemEvent;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.run.AuditRequest;
import uk.fpw.warehouse.run.AuditResult;
import uk.fpw.warehouse.run.FigureChangeRequest;
import uk.fpw.warehouse.run.FigureChangeRequest.Differences;
import uk.fpw.warehouse.run.FigureChangeRequest.NewRows;
import uk.fpw.warehouse.run.FigureChangeRequest.ReplacedRelease;
import uk.fpw.warehouse.run.FigureChangeSummary;
import uk.fpw.warehouse.run.FigureChangeSummary.Part;
import uk.fpw.warehouse.run.StatisticChangeSummary;

/**
 * Random items, then the same with some of them changed, gone and come, 40 days later: every count of a past month that
 * differs between the published tables is explained, without a part for which there is no cause.
 */
class FigureChangesIT {

    private static final int ITEMS = 600;
    private static final LocalDate BEFORE = RandomItems.BUSINESS_DATE.minusDays(40);

    private static final List<String> CHANGES = List.of("mart.figure_change", "mart.statistic_change");

    private static final Differences SAME = new Differences(false, false, List.of(), List.of(), Map.of());

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"standards, 1", "standards, 2", "standards, 3", "standards, 4", "backlog, 5", "backlog, 6"})
    void partsOfEveryChangedFigureAddUp(String name, long seed) throws Exception {
        Force force = ForceFolder.read(Path.of("src", "test", "resources", name).toAbsolutePath());
        Map<String, List<ItemEvent>> before = RandomItems.of(force, seed, ITEMS);
        Map<String, List<ItemEvent>> other = RandomItems.of(force, seed + 100, ITEMS);
        Map<String, List<ItemEvent>> after = new TreeMap<>(before);
        Random random = new Random(seed);
        List<String> touched = new ArrayList<>();
        for (String item : List.copyOf(before.keySet())) {
            if (random.nextInt(10) == 0) {
                touched.add(item);
                switch (random.nextInt(3)) {
                    case 0 -> after.remove(item);
                    case 1 -> after.put(item, Objects.requireNonNull(other.get(item)));
                    default -> before.remove(item);
                }
            }
        }

        AuditResult audit = compare(
                CountedItems.of(force, RandomItems.BUSINESS_DATE, after),
                request(CountedItems.of(force, BEFORE, before), touched, SAME));

        FigureChangeSummary changes = Objects.requireNonNull(audit.figureChanges());
        assertThat(failures(audit)).isEmpty();
        assertThat(changes.unexplainedCount()).isZero();
        assertThat(changes.changedCount()).isGreaterThan(100);
        StatisticChangeSummary statistics = Objects.requireNonNull(changes.statistics());
        assertThat(statistics.notCompared()).isNull();
        assertThat(statistics.unexplainedCount()).isZero();
        assertThat(statistics.changedCount()).isGreaterThan(50);
    }

    /** The earlier version of the software counted two more that waited, in one month. */
    @Test
    void whatAnEarlierVersionCountedOtherwiseIsSplitOffFirst() throws Exception {
        Force force =
                ForceFolder.read(Path.of("src", "test", "resources", "backlog").toAbsolutePath());
        Map<String, List<ItemEvent>> items = RandomItems.of(force, 7, ITEMS);
        CountedItems before = CountedItems.of(force, BEFORE, items);
        miscount(before, "waiting_count", 2);

        AuditResult audit = compare(
                CountedItems.of(force, RandomItems.BUSINESS_DATE, items),
                request(before, List.of(), new Differences(true, true, List.of(), List.of(), Map.of())));

        FigureChangeSummary changes = Objects.requireNonNull(audit.figureChanges());
        assertThat(changes.changedCount()).isEqualTo(1);
        assertThat(Objects.requireNonNull(changes.largest()).measure()).isEqualTo("waiting_count");
        assertThat(changes.largest().causes()).containsExactly(new Part("software", -2));
        assertThat(failures(audit)).isEmpty();
    }

    /** A figure that is wrong in the new tables has no cause, and is said to have none. */
    @Test
    void whatNothingExplainsIsPublishedAsUnexplained() throws Exception {
        Force force =
                ForceFolder.read(Path.of("src", "test", "resources", "backlog").toAbsolutePath());
        Map<String, List<ItemEvent>> items = RandomItems.of(force, 8, ITEMS);
        CountedItems before = CountedItems.of(force, BEFORE, items);
        miscount(before, "received_count", -1);

        AuditResult audit =
                compare(CountedItems.of(force, RandomItems.BUSINESS_DATE, items), request(before, List.of(), SAME));

        FigureChangeSummary changes = Objects.requireNonNull(audit.figureChanges());
        assertThat(changes.unexplainedCount()).isEqualTo(1);
        assertThat(Objects.requireNonNull(changes.largest()).causes()).containsExactly(new Part("unexplained", 1));
        assertThat(failures(audit)).containsExactly("CHANGES_ARE_EXPLAINED 1");
    }

    /** In the total of one month. */
    private static void miscount(CountedItems items, String measure, int by) {
        Map<String, Object> month = items.rows("mart.queue_monthly").stream()
                .filter(row -> "in_house_only".equals(row.get("queue"))
                        && "all".equals(row.get("slice"))
                        && "2015-06-01".equals(String.valueOf(row.get("month_start_on"))))
                .findFirst()
                .orElseThrow();
        month.put(measure, Long.parseLong(String.valueOf(month.get(measure))) + by);
    }

    private AuditResult compare(CountedItems after, FigureChangeRequest request) throws Exception {
        return after.audit(Files.createDirectories(folder.resolve("after")), AuditRequest.NO_SERIES, request);
    }

    private static List<String> failures(AuditResult audit) {
        return audit.quality().stream()
                .filter(test -> CHANGES.contains(test.table()) && test.failedCount() > 0)
                .map(test -> test.code() + " " + test.failedCount())
                .toList();
    }

    private FigureChangeRequest request(CountedItems before, List<String> touched, Differences differences)
            throws Exception {
        return new FigureChangeRequest(
                new ReplacedRelease(
                        ReleaseId.of("2016-01-11.1"),
                        BEFORE.toString(),
                        before.definitions(),
                        before.files(Files.createDirectories(folder.resolve("before"))).stream()
                                .filter(table -> !table.name().equals("mart.figure_change"))
                                .toList()),
                null,
                differences,
                List.of(new NewRows(
                        "feed", "town", BEFORE.toString(), List.of(), List.of(), List.of(), false, rows(touched))),
                folder.resolve("figure_change.parquet").toString());
    }

    private List<String> rows(List<String> items) throws Exception {
        Path file = folder.resolve("raw.parquet");
        try (Connection duckDb = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                Statement statement = duckDb.createStatement()) {
            statement.execute("copy (select unnest(['"
                    + String.join(
                            "', '",
                            items.stream()
                                    .map(item -> item.substring("town:".length()))
                                    .toList())
                    + "']) as _item, _item as _key, 'upsert' as _op, 1 as _seq, 'l' as _load_id, date '"
                    + RandomItems.BUSINESS_DATE + "' as _known_on) to '" + file + "'");
        }
        return List.of(file.toString());
    }
}
