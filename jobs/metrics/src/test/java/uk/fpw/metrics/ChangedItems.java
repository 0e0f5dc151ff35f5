package uk.fpw.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import uk.fpw.layout.ReleaseId;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.DefinedRows;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.message.AuditRequest;
import uk.fpw.warehouse.message.FigureChangeRequest;

/**
 * Items of {@link PassBenchmark}; one in a hundred left five days later than was known.
 *
 * @param rows Parquet files of the rows that were loaded for them
 * @param folder output folder
 */
record ChangedItems(List<String> rows, Path folder) {

    private static final String NUMBER = "cast(substring(item_key, 6) as bigint)";

    /** Writes the changed events, and the rows that were loaded for them. */
    static ChangedItems write(SparkSession spark, Path staged, Path later) throws IOException {
        Dataset<Row> events = spark.read().parquet(staged.toString());
        String isChanged = "event = 'examined' and pmod(" + NUMBER + ", 100) = 0";
        events.selectExpr(Stream.of(events.columns())
                        .map(column -> column.equals("occurred_on")
                                ? "if(" + isChanged + ", date_add(occurred_on, 5), occurred_on) as occurred_on"
                                : column)
                        .toArray(String[]::new))
                .write()
                .mode("overwrite")
                .parquet(later.toString());
        Path loaded = later.resolveSibling(later.getFileName() + "-rows");
        events.where(isChanged)
                .selectExpr(
                        "cast(" + NUMBER + " as string) as _item",
                        "cast(" + NUMBER + " as string) as _key",
                        "'upsert' as _op",
                        "1L as _seq",
                        "'l' as _load_id",
                        "date'2016-01-01' as _known_on")
                .coalesce(1)
                .write()
                .mode("overwrite")
                .parquet(loaded.toString());
        try (Stream<Path> files = Files.list(loaded)) {
            return new ChangedItems(
                    files.map(Path::toString)
                            .filter(file -> file.endsWith(".parquet"))
                            .toList(),
                    later);
        }
    }

    /** A request to explain what changed since a release of that date with those tables. */
    AuditRequest.EarlierReleases request(Force force, LocalDate replaced, List<AuditRequest.Table> tables) {
        FigureChangeRequest request = new FigureChangeRequest(
                new FigureChangeRequest.ReplacedRelease(
                        ReleaseId.of(replaced, 1),
                        replaced.toString(),
                        DefinedRows.texts(DefinedRows.of(force, new Coverage(replaced, Map.of()))),
                        tables.stream()
                                .filter(table -> !table.name().equals("mart.figure_change")
                                        && !table.name().equals("mart.statistic_change"))
                                .toList()),
                null,
                new FigureChangeRequest.Differences(
                        false, false, false, List.of(), List.of(), Map.of("waiting", List.of("feed")), Map.of()),
                List.of(new FigureChangeRequest.NewRows(
                        "feed",
                        "unit",
                        replaced.toString(),
                        List.of(),
                        List.of(),
                        List.of(),
                        false,
                        new FigureChangeRequest.StoredRows(rows, List.of(), false, List.of()))),
                FigureChangeRequest.Carried.none("2013-11-01"),
                folder.resolveSibling("figure_change.parquet").toString());
        return new AuditRequest.EarlierReleases(request, null);
    }
}
