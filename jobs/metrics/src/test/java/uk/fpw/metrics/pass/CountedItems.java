package uk.fpw.metrics.pass;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.Nullable;
import uk.fpw.audit.CandidateAudit;
import uk.fpw.layout.ReleaseId;
import uk.fpw.metrics.account.ItemRecord;
import uk.fpw.metrics.cube.Cube;
import uk.fpw.metrics.cube.CubeBuilder;
import uk.fpw.metrics.cube.ExcludedCounts;
import uk.fpw.metrics.cube.InfluenceBuilder;
import uk.fpw.metrics.cube.WaitSums;
import uk.fpw.metrics.figures.FrozenRows;
import uk.fpw.metrics.figures.ReleaseKey;
import uk.fpw.metrics.figures.Series;
import uk.fpw.metrics.figures.SeriesFigures;
import uk.fpw.metrics.figures.SeriesWeights;
import uk.fpw.metrics.figures.TestMartRows;
import uk.fpw.metrics.lifecycle.ItemEvent;
import uk.fpw.metrics.series.QueueSpec;
import uk.fpw.metrics.series.SeriesKey;
import uk.fpw.metrics.verdict.ComparedRow;
import uk.fpw.metrics.verdict.PeriodVerdicts;
import uk.fpw.model.FrozenTables;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.DefinedRows;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.FrozenQueue;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.queue.Queue;
import uk.fpw.warehouse.message.AuditRequest;
import uk.fpw.warehouse.message.AuditResult;
import uk.fpw.warehouse.message.EntryVersions;
import uk.fpw.warehouse.message.FigureChangeRequest;
import uk.fpw.warehouse.message.MetricsResult.QualityResult;
import uk.fpw.warehouse.message.SourceRows;

/**
 * The tables that the pass computes for some items, with its tasks run one after the other, as a candidate that can
 * be audited.
 */
final class CountedItems {

    /** The release of the rows that were released before. */
    static final ReleaseId RELEASED = ReleaseId.of("2015-10-09.1");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Force force;
    private final Coverage coverage;

    /** What was released before, by queue, slice and value, and by table. */
    private final Map<List<Object>, Map<String, List<Map<String, Object>>>> released = new HashMap<>();

    /** Rows by table, each column by its name; nulls are left out. */
    private final Map<String, List<Map<String, Object>>> rows = new TreeMap<>();

    private CountedItems(Force force, Coverage coverage) {
        this.force = force;
        this.coverage = coverage;
    }

    static CountedItems of(Force force, LocalDate businessDate, Map<String, List<ItemEvent>> items) {
        return of(force, businessDate, items, record -> {});
    }

    /**
     * Counts items about which more is known.
     *
     * @param further adds it to the record of an item
     */
    static CountedItems of(
            Force force, LocalDate businessDate, Map<String, List<ItemEvent>> items, Consumer<ItemRecord> further) {
        CountedItems counted = new CountedItems(force, Coverage.whole(force, businessDate));
        counted.count(items, further);
        return counted;
    }

    /** Counts items of feeds of which all that were closed before a day have been removed. */
    static CountedItems retained(
            Force force, LocalDate businessDate, LocalDate retainedFrom, Map<String, List<ItemEvent>> items) {
        return retained(force, businessDate, retainedFrom, items, Map.of());
    }

    /**
     * Counts such items, given the rows that were released before.
     *
     * @param released by queue, slice and value, and by table
     */
    static CountedItems retained(
            Force force,
            LocalDate businessDate,
            LocalDate retainedFrom,
            Map<String, List<ItemEvent>> items,
            Map<List<Object>, Map<String, List<Map<String, Object>>>> released) {
        LocalDate frozenTo = FrozenQueue.to(retainedFrom);
        CountedItems counted = new CountedItems(
                force,
                new Coverage(
                        businessDate,
                        Coverage.whole(force, businessDate).completeTo(),
                        Map.of(),
                        force.feeds().stream().collect(Collectors.toMap(Feed::name, feed -> retainedFrom)),
                        force.queues().stream()
                                .map(Queue::name)
                                .filter(queue -> released.keySet().stream()
                                        .anyMatch(series -> series.get(0).equals(queue)))
                                .collect(
                                        Collectors.toMap(queue -> queue, queue -> frozen(queue, frozenTo, released)))));
        counted.released.putAll(released);
        counted.count(items, record -> {});
        return counted;
    }

    private static FrozenQueue frozen(
            String queue, LocalDate to, Map<List<Object>, Map<String, List<Map<String, Object>>>> released) {
        List<FrozenQueue.Series> series = new ArrayList<>();
        LocalDate[] from = {to};
        released.forEach((key, tables) -> {
            if (key.get(0).equals(queue)) {
                series.add(new FrozenQueue.Series((String) key.get(1), (String) key.get(2)));
                tables.getOrDefault(FrozenTables.DAYS, List.of()).forEach(row -> {
                    LocalDate day = (LocalDate) Objects.requireNonNull(row.get("day"));
                    from[0] = day.isBefore(from[0]) ? day : from[0];
                });
            }
        });
        return new FrozenQueue(from[0], to, RELEASED.value(), series);
    }

    /** Rows of a table; a test may change them. */
    List<Map<String, Object>> rows(String table) {
        return rows.computeIfAbsent(table, unused -> new ArrayList<>());
    }

    /** Tables that have rows. */
    List<String> tables() {
        return List.copyOf(rows.keySet());
    }

    private void count(Map<String, List<ItemEvent>> items, Consumer<ItemRecord> further) {
        BiConsumer<String, Object[]> consumer = (table, values) -> {
            Model model = Models.find(table).orElseGet(Models::entryLedger);
            Map<String, Object> row = new HashMap<>();
            for (int i = 0; i < values.length; i++) {
                if (values[i] != null) {
                    row.put(model.columns().get(i).name(), values[i]);
                }
            }
            rows(table).add(row);
        };
        int asOf = (int) coverage.businessDate().toEpochDay();
        ReleaseKey releaseKey = new ReleaseKey(force.code(), ReleaseId.of("2016-01-12.1"), asOf);
        ItemRules rules = ItemRules.of(force, coverage);
        List<QueueSpec> queues = rules.queues();
        ItemTask task = new ItemTask(rules, releaseKey, consumer, 3);
        items.forEach((item, events) -> {
            ItemRecord record = new ItemRecord(item);
            record.rows().add(new ItemRecord.FeedRow(0, item));
            events.forEach(event -> record.events().add(new ItemRecord.Event(0, event)));
            further.accept(record);
            task.end(record);
        });
        ItemCounts counts = task.counts(List.of());
        CubeBuilder counted = new CubeBuilder(queues, asOf).add(counts.blocks());
        for (int queue = 0; queue < queues.size(); queue++) {
            counted.cubes().putIfAbsent(SeriesKey.total(queue), new Cube(asOf));
        }
        released.keySet().forEach(series -> {
            int queue = queues.stream().map(QueueSpec::name).toList().indexOf(series.get(0));
            int slice = queues.get(queue).slices().indexOf(series.get(1));
            counted.cubes().putIfAbsent(new SeriesKey(queue, slice, (String) series.get(2)), new Cube(asOf));
        });
        Map<SeriesKey, WaitSums> variances = new InfluenceBuilder(queues, SeriesWeights.of(queues, counted.cubes()))
                .add(counts.blocks())
                .sums();
        SeriesFigures figures = new SeriesFigures(Models.all(), TestMartRows.ENGLAND, consumer);
        counted.cubes().forEach((key, cube) -> {
            QueueSpec queue = queues.get(key.queue());
            FrozenQueue ofQueue = coverage.frozen().get(queue.name());
            FrozenRows own = ofQueue == null
                    ? FrozenRows.NONE
                    : FrozenRows.of(
                            ofQueue.to(),
                            released.getOrDefault(List.of(queue.name(), queue.sliceName(key), key.value()), Map.of()));
            figures.write(new Series(
                    releaseKey,
                    queue,
                    key,
                    cube,
                    new ExcludedCounts(),
                    counts.lateItems().get(key.queue()),
                    ofQueue == null
                            ? counted.firstDays().get(key.queue()).of(queue)
                            : (int) ofQueue.from().toEpochDay(),
                    own,
                    variances.getOrDefault(key, new WaitSums())));
        });
        new PeriodVerdicts(
                        rows("mart.period_comparison").stream()
                                .map(row -> ComparedRow.of(row::get))
                                .toList(),
                        row -> Map.of(),
                        Map.of(),
                        releaseKey,
                        values -> consumer.accept(PeriodVerdicts.TABLE, values))
                .write();
        CountedCases.write(force, coverage, releaseKey, this::rows, consumer);
    }

    /** Writes the tables into Parquet files and audits them; returns every test that failed. */
    List<QualityResult> failures(Path folder) {
        return failures(folder, AuditRequest.EVERY_SERIES);
    }

    /** Audits with a maximum number of spells, beyond which not every series is recounted. */
    List<QualityResult> failures(Path folder, long maxSpells) {
        return audit(folder, maxSpells, null).quality().stream()
                .filter(test -> test.failedCount() > 0)
                .toList();
    }

    /** Audits the tables and, if requested, compares past figures with those of another release. */
    AuditResult audit(Path folder, long maxSpells, @Nullable FigureChangeRequest figureChanges) {
        return audit(
                folder,
                maxSpells,
                figureChanges == null ? null : new AuditRequest.EarlierReleases(figureChanges, null),
                null);
    }

    /** Audits with the sources of the values at entry. */
    AuditResult audit(
            Path folder,
            long maxSpells,
            AuditRequest.@Nullable EarlierReleases earlier,
            @Nullable EntryVersions entries) {
        return CandidateAudit.of(
                new AuditRequest(
                        ReleaseId.of("2016-01-12.1"),
                        force.zone().getId(),
                        definitions(),
                        files(folder),
                        maxSpells,
                        null,
                        earlier,
                        entries,
                        SourceRows.NONE,
                        folder.resolve("scratch").toString(),
                        folder.resolve("audit.json").toString()),
                null);
    }

    /** What the force defines. */
    Map<String, String> definitions() {
        return DefinedRows.texts(DefinedRows.of(force, coverage));
    }

    /** Writes the tables into Parquet files. */
    List<AuditRequest.Table> files(Path folder) {
        try (Connection duckDb = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                Statement statement = duckDb.createStatement()) {
            statement.execute("set TimeZone = 'UTC'");
            List<AuditRequest.Table> written = new ArrayList<>();
            for (Model model : Models.all()) {
                written.add(
                        new AuditRequest.Table(model.table(), model.columnNames(), files(statement, model, folder)));
            }
            return written;
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private List<String> files(Statement duckDb, Model model, Path folder) throws SQLException, IOException {
        return files(duckDb, model.table(), columns(model), rows(model.table()), folder);
    }

    /** The rows of the ledger as a Parquet file; no file without rows. */
    List<String> ledger(Path folder) {
        Model ledger = Models.entryLedger();
        return written(ledger.table(), columns(ledger), rows(ledger.table()), folder);
    }

    /**
     * Rows as a Parquet file; no file without rows.
     *
     * @param columns names and types in DuckDB, as a struct
     */
    static List<String> written(String name, String columns, List<Map<String, Object>> rows, Path folder) {
        try (Connection duckDb = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                Statement statement = duckDb.createStatement()) {
            return files(statement, name, columns, rows, folder);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String columns(Model model) {
        return model.columns().stream()
                .map(column -> "'" + column.name() + "': '"
                        + switch (column.type()) {
                            case TEXT -> "varchar";
                            case TIMESTAMP -> "timestamptz";
                            case MAP -> "map(varchar, varchar)";
                            default -> column.type().word();
                        }
                        + "'")
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static List<String> files(
            Statement duckDb, String name, String columns, List<Map<String, Object>> rows, Path folder)
            throws SQLException, IOException {
        if (rows.isEmpty()) {
            return List.of();
        }
        Path lines = folder.resolve(name + ".json");
        Path file = folder.resolve(name + ".parquet");
        Files.write(lines, rows.stream().map(CountedItems::json).toList());
        duckDb.execute("copy (select * from read_json('" + lines + "', format = 'newline_delimited', columns = "
                + columns + ")) to '" + file + "'");
        return List.of(file.toString());
    }

    private static String json(Map<String, Object> row) {
        Map<String, Object> values = new LinkedHashMap<>();
        row.forEach((name, value) -> values.put(
                name,
                value instanceof Number || value instanceof Boolean || value instanceof Map
                        ? value
                        : value.toString()));
        try {
            return JSON.writeValueAsString(values);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
