package uk.fpw.metrics.pass;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.fpw.layout.ReleaseId;
import uk.fpw.metrics.lifecycle.ItemEvent;
import uk.fpw.model.Models;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.message.AuditRequest;
import uk.fpw.warehouse.message.AuditResult;
import uk.fpw.warehouse.message.FigureChangeRequest;
import uk.fpw.warehouse.message.FigureChangeRequest.Carried;
import uk.fpw.warehouse.message.FigureChangeRequest.Differences;
import uk.fpw.warehouse.message.FigureChangeRequest.NewRows;
import uk.fpw.warehouse.message.FigureChangeRequest.ReplacedRelease;
import uk.fpw.warehouse.message.FigureChangeRequest.StoredRows;
import uk.fpw.warehouse.message.FigureChangeSummary;
import uk.fpw.warehouse.message.FigureChangeSummary.Part;
import uk.fpw.warehouse.message.StatisticChangeSummary;

/**
 * Random items, and 40 days later the same with some of them changed, gone or new: every count of a past month that
 * differs between the published tables is explained, with a cause for every part.
 */
class FigureChangesIT {

    private static final int ITEMS = 150;
    private static final LocalDate BEFORE = RandomItems.BUSINESS_DATE.minusDays(40);

    private static final List<String> CHANGES = List.of("mart.figure_change", "mart.statistic_change");
    private static final Differences SAME = differences(false);
    private static final String SINCE = "2013-11-12";
    private static final Carried NOTHING = Carried.none(SINCE);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "standards, 1, 1200",
        "standards, 2, 600",
        "standards, 3, 1200",
        "standards, 4, 600",
        "backlog, 5, 1200",
        "backlog, 6, 600"
    })
    @Tag("thorough")
    void partsOfEveryChangedFigureAddUp(String name, long seed, int size) throws Exception {
        Force force = ForceFolder.read(Path.of("src", "test", "resources", name).toAbsolutePath());
        Map<String, List<ItemEvent>> before = RandomItems.of(force, seed, size);
        Map<String, List<ItemEvent>> other = RandomItems.of(force, seed + 100, size);
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
        assertThat(written("select period_kind || ' ' || (count(*) > 5) group by period_kind order by period_kind"))
                .containsExactly("day true", "month true", "week true");
        StatisticChangeSummary statistics = Objects.requireNonNull(changes.statistics());
        assertThat(statistics.notCompared()).isNull();
        assertThat(statistics.unexplainedCount()).isZero();
        assertThat(statistics.changedCount()).isGreaterThan(50);
    }

    /** The earlier version of the software counted two more waiting items in one month. */
    @Test
    @Tag("thorough")
    void whatAnEarlierVersionCountedOtherwiseIsSplitOffFirst() throws Exception {
        Force force =
                ForceFolder.read(Path.of("src", "test", "resources", "backlog").toAbsolutePath());
        Map<String, List<ItemEvent>> items = RandomItems.of(force, 7, ITEMS);
        CountedItems before = CountedItems.of(force, BEFORE, items);
        miscount(before, "waiting_count", 2);

        AuditResult audit = compare(
                CountedItems.of(force, RandomItems.BUSINESS_DATE, items),
                request(before, List.of(), differences(true)));

        FigureChangeSummary changes = Objects.requireNonNull(audit.figureChanges());
        assertThat(changes.changedCount()).isEqualTo(1);
        assertThat(Objects.requireNonNull(changes.largest()).measure()).isEqualTo("waiting_count");
        assertThat(changes.largest().causes()).containsExactly(new Part("software", -2));
        assertThat(failures(audit)).isEmpty();
    }

    /**
     * After the replaced release, three items were erased, and of a fourth its last event: the spells of that release
     * no longer have the three, but its figures count all. One item was deleted by its source, and is one part with
     * them.
     */
    @ParameterizedTest
    @CsvSource({"true", "false"})
    @Tag("thorough")
    void whatWasErasedIsOnePartWithWhatWasDeleted(boolean isErased) throws Exception {
        Force force =
                ForceFolder.read(Path.of("src", "test", "resources", "backlog").toAbsolutePath());
        Map<String, List<ItemEvent>> items = RandomItems.of(force, 12, ITEMS);
        CountedItems before = CountedItems.of(force, BEFORE, items);
        List<String> known = before.rows("core.spell").stream()
                .map(row -> String.valueOf(row.get("item_key")))
                .distinct()
                .sorted()
                .toList();
        Map<String, List<ItemEvent>> after = new TreeMap<>(items);
        after.keySet().removeAll(known.subList(10, 13));
        for (String table : List.of("core.spell", "core.exclusion", "core.irregularity")) {
            List<Map<String, Object>> rows = before.rows(table);
            rows.clear();
            rows.addAll(CountedItems.of(force, BEFORE, after).rows(table));
        }
        String cut = items.keySet().stream()
                .filter(item -> known.indexOf(item) > 13
                        && Objects.requireNonNull(items.get(item)).size() > 1)
                .findFirst()
                .orElseThrow();
        List<ItemEvent> events = Objects.requireNonNull(items.get(cut));
        after.put(cut, events.subList(0, events.size() - 1));
        after.remove(known.get(0));

        AuditResult audit = compare(
                CountedItems.of(force, RandomItems.BUSINESS_DATE, after),
                request(before, List.of(known.get(0)), erased(isErased)));

        FigureChangeSummary changes = Objects.requireNonNull(audit.figureChanges());
        StatisticChangeSummary statistics = Objects.requireNonNull(changes.statistics());
        assertThat(changes.changedCount()).isGreaterThan(20);
        if (isErased) {
            assertThat(failures(audit)).isEmpty();
            assertThat(changes.unexplainedCount()).isZero();
            assertThat(statistics.unexplainedCount()).isZero();
            assertThat(written("select cause group by cause order by cause")).containsExactly("corrected", "deleted");
        } else {
            assertThat(changes.unexplainedCount()).isPositive();
            assertThat(statistics.unexplainedCount()).isPositive();
        }
    }

    private static Differences erased(boolean isErased) {
        return new Differences(false, false, isErased, List.of(), List.of(), SAME.queueFeeds(), Map.of());
    }

    /** A wrong figure in the new tables has no cause, and is reported as unexplained. */
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

    /** Nothing else has changed: the queue has no figures any more, and its former figures remain readable. */
    @Test
    @Tag("thorough")
    void figuresOfAQueueThatIsGoneAreListed() throws Exception {
        Path whole = Path.of("src", "test", "resources", "backlog").toAbsolutePath();
        Force force = ForceFolder.read(whole);
        Map<String, List<ItemEvent>> items = RandomItems.of(force, 9, ITEMS);
        CountedItems before = CountedItems.of(force, BEFORE, items);

        AuditResult audit = compare(
                CountedItems.of(ForceFolder.read(without(whole, "in_house_only")), RandomItems.BUSINESS_DATE, items),
                request(before, List.of(), SAME));

        FigureChangeSummary changes = Objects.requireNonNull(audit.figureChanges());
        assertThat(failures(audit)).isEmpty();
        assertThat(changes.notCompared()).isNull();
        assertThat(written("select distinct concat_ws(' ', queue, cause, new_value is null, part is null)"))
                .containsExactly("in_house_only definition true true");
        assertThat(written("select concat_ws(' ', measure, replaced_value) where is_total and exit_reason = 'all' and "
                        + "period_kind = 'month' and period_start_on = date '2015-06-01' "
                        + "and measure in ('received_count', 'waiting_count') "
                        + "order by measure"))
                .containsExactlyElementsOf(before.rows("mart.queue_monthly").stream()
                        .filter(row -> "in_house_only".equals(row.get("queue"))
                                && "all".equals(row.get("slice"))
                                && "2015-06-01".equals(String.valueOf(row.get("month_start_on"))))
                        .flatMap(row -> Stream.of("received_count", "waiting_count")
                                .map(measure -> measure + " " + row.get(measure)))
                        .toList());
    }

    /** Figures by a pair of slices begin or end; an item that is gone is all that changed. */
    @ParameterizedTest
    @CsvSource({"true", "false"})
    @Tag("thorough")
    void aCrossThatBeginsOrEndsChangesNoOtherFigure(boolean isBeginning) throws Exception {
        Force with = Crosses.with();
        Force without = Crosses.without(folder.resolve("without"));
        Map<String, List<ItemEvent>> items = RandomItems.of(with, 13, ITEMS);
        CountedItems before = CountedItems.of(isBeginning ? without : with, BEFORE, items);
        Object gone = before.rows("core.spell").get(0).get("item_key");
        Map<String, List<ItemEvent>> others = new TreeMap<>(items);
        others.remove(gone);

        AuditResult audit = compare(
                CountedItems.of(isBeginning ? with : without, RandomItems.BUSINESS_DATE, others),
                request(before, List.of(String.valueOf(gone)), SAME));

        FigureChangeSummary changes = Objects.requireNonNull(audit.figureChanges());
        assertThat(failures(audit)).isEmpty();
        assertThat(changes.notCompared()).isNull();
        assertThat(changes.unexplainedCount()).isZero();
        assertThat(Objects.requireNonNull(changes.statistics()).unexplainedCount())
                .isZero();
        assertThat(written("select distinct slice")).contains("all").noneMatch(slice -> slice.contains(" x "));
        assertThat(written("select distinct cause")).doesNotContain("definition");
    }

    /** The release does not depend on it: the tests of all tables pass, and there are no new steps. */
    @Test
    @Tag("thorough")
    void errorLeavesTheReleasesUncomparedWithAWarning() throws Exception {
        Force force =
                ForceFolder.read(Path.of("src", "test", "resources", "backlog").toAbsolutePath());
        Map<String, List<ItemEvent>> items = RandomItems.of(force, 10, ITEMS);
        CountedItems before = CountedItems.of(force, BEFORE, items);
        miscount(before, "received_count", -1);
        CountedItems after = CountedItems.of(force, RandomItems.BUSINESS_DATE, items);
        compare(after, request(before, List.of(), SAME));
        Path steps = Files.copy(folder.resolve("figure_change.parquet"), folder.resolve("steps.parquet"));
        FigureChangeRequest valid = request(before, List.of(), SAME);
        Files.writeString(folder.resolve("raw.parquet"), "This is no Parquet file.");

        AuditResult audit = compare(after, with(valid, carried(steps, SINCE)));

        FigureChangeSummary changes = Objects.requireNonNull(audit.figureChanges());
        assertThat(changes.notCompared()).isEqualTo("an error occurred (Invalid Input Error)");
        assertThat(changes.warnings())
                .containsExactly("the figures of the past were not compared with release 2016-01-11.1 because an error "
                        + "occurred (Invalid Input Error); this is probably a bug in the software: keep the folder of "
                        + "this run and report it");
        assertThat(audit.failure()).isNull();
        assertThat(failures(audit)).isEmpty();
        assertThat(written("select cause")).isEmpty();
    }

    /** The candidate's step is written and is the end of the chain; earlier steps are unknown. */
    @Test
    @Tag("thorough")
    void stepsThatCannotBeReadAreSaidToBeLost() throws Exception {
        Force force =
                ForceFolder.read(Path.of("src", "test", "resources", "backlog").toAbsolutePath());
        Map<String, List<ItemEvent>> items = RandomItems.of(force, 11, ITEMS);
        Path damaged = Files.writeString(folder.resolve("steps.parquet"), "This is no Parquet file.");
        CountedItems before = CountedItems.of(force, BEFORE, items);
        miscount(before, "received_count", -1);

        AuditResult audit = compare(
                CountedItems.of(force, RandomItems.BUSINESS_DATE, items),
                with(request(before, List.of(), SAME), carried(damaged, SINCE)));

        FigureChangeSummary changes = Objects.requireNonNull(audit.figureChanges());
        assertThat(changes.notCompared()).as("compared all the same").isNull();
        assertThat(changes.warnings())
                .containsExactly("what changed the figures of the past up to release 2016-01-11.1 is no longer in "
                        + "mart.figure_change, since the files of that release cannot be read (Invalid Input Error); "
                        + "restore them from a backup, withdraw the release of this run, and run again");
        assertThat(changes.gap()).isEqualTo("the recorded changes up to release 2016-01-11.1 were lost");
        assertThat(changes.changedCount()).isEqualTo(1);
        assertThat(failures(audit)).containsExactly("CHANGES_ARE_EXPLAINED 1");
        assertThat(written("select concat_ws(' ', measure, cause, part)"))
                .containsExactly("received_count unexplained 1");
    }

    private static FigureChangeRequest with(FigureChangeRequest request, Carried carried) {
        return new FigureChangeRequest(
                request.replaced(),
                request.notCompared(),
                request.differences(),
                request.feeds(),
                carried,
                request.file());
    }

    private static Carried carried(Path steps, String since) {
        return new Carried(
                new AuditRequest.Table(
                        "mart.figure_change",
                        Models.find("mart.figure_change").orElseThrow().columnNames(),
                        List.of(steps.toString())),
                Map.of(),
                since,
                false,
                List.of());
    }

    /** A copy of a force folder without one of its queues. */
    private Path without(Path force, String queue) throws IOException {
        Path copy = folder.resolve("without " + queue);
        try (Stream<Path> files = Files.walk(force)) {
            for (Path file : files.toList()) {
                Path target = copy.resolve(force.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else if (!file.getFileName().toString().equals(queue + ".yml")) {
                    Files.copy(file, target);
                }
            }
        }
        return copy;
    }

    /** Texts from a query on the rows that were written; {@code from} is added to it. */
    private List<String> written(String query) throws SQLException {
        String from = " from '" + folder.resolve("figure_change.parquet") + "'";
        int where = query.contains(" where ") ? query.indexOf(" where ") : query.indexOf(" group by ");
        String sql = where < 0 ? query + from : query.substring(0, where) + from + query.substring(where);
        List<String> lines = new ArrayList<>();
        try (Connection duckDb = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                Statement statement = duckDb.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
        }
        return lines;
    }

    /** Miscounts the total of one month. */
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
                        "feed",
                        "town",
                        BEFORE.toString(),
                        List.of(),
                        List.of(),
                        List.of(),
                        false,
                        new StoredRows(rows(touched), List.of(), false, List.of()))),
                NOTHING,
                folder.resolve("figure_change.parquet").toString());
    }

    /** Every queue of the forces of this test depends on the same feed. */
    private static Differences differences(boolean isOther) {
        Map<String, List<String>> feeds = new TreeMap<>();
        for (String folder : List.of("standards", "backlog")) {
            ForceFolder.read(Path.of("src", "test", "resources", folder).toAbsolutePath())
                    .queues()
                    .forEach(queue -> feeds.put(queue.name(), List.of("feed")));
        }
        return new Differences(isOther, isOther, false, List.of(), List.of(), feeds, Map.of());
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
