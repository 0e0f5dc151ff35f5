package uk.fpw.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.ReleaseId;
import uk.fpw.model.DuckSql;
import uk.fpw.model.Model;
import uk.fpw.warehouse.run.AuditRequest;
import uk.fpw.warehouse.run.FigureChangeRequest;
import uk.fpw.warehouse.run.FigureChangeRequest.Carried;
import uk.fpw.warehouse.run.FigureChangeRequest.Differences;
import uk.fpw.warehouse.run.FigureChangeRequest.ReplacedRelease;
import uk.fpw.warehouse.run.FigureChangeSummary;
import uk.fpw.warehouse.run.StatisticChangeSummary;

/** Which rows are written beside those that were found, and what is said of releases that cannot be compared. */
class StatisticChangesTest {

    private static final ReleaseId NEW = ReleaseId.of("2015-11-30.1");
    private static final ReleaseId REPLACED = ReleaseId.of("2015-10-31.1");
    private static final FigureChangeSummary FIGURES =
            new FigureChangeSummary(REPLACED, null, 10, 0, 0, 0, null, List.of());

    private static final List<AuditRequest.Table> COMPARED = List.of(
            new AuditRequest.Table("mart.wait_summary", List.of(), List.of()),
            new AuditRequest.Table("mart.wait_standard", List.of(), List.of()),
            new AuditRequest.Table("mart.reentry_share", List.of(), List.of()));

    @TempDir
    private Path folder;

    private final StatisticTables tables = new StatisticTables();

    @AfterEach
    void close() {
        tables.close();
    }

    @Test
    void rowsAboutTheLast26MonthsAreCarriedOverBesideWhatIsFound() {
        compared();

        assertThat(write(COMPARED, carried(), FIGURES)).isEqualTo(new StatisticChangeSummary(null, false, 1, 0));

        assertThat(written())
                .containsExactly(
                        "2013-09-30.1 median_days x 2.5 2015-11-30.1",
                        "2015-11-30.1 median_days deleted 1.0 2015-11-30.1");
    }

    @Test
    void carriedRowsAreWrittenWhereTheReleasesAreNotCompared() {
        compared();

        assertThat(write(
                        COMPARED,
                        carried(),
                        FigureChangeSummary.notCompared(REPLACED, "it has lost core.spell", List.of())))
                .isEqualTo(StatisticChangeSummary.notCompared("it has lost core.spell"));

        assertThat(written()).containsExactly("2013-09-30.1 median_days x 2.5 2015-11-30.1");
    }

    @Test
    void replacedReleaseWithoutSuchTablesIsNotCompared() {
        assertThat(write(List.of(), null, FIGURES))
                .isEqualTo(StatisticChangeSummary.notCompared(
                        "the replaced release has no mart.wait_summary, " + "mart.wait_standard, mart.reentry_share"));
        assertThat(written()).isEmpty();
    }

    @Test
    void rowsThatCannotBeReadAreLostWithAWarningAndNothingElseIs() throws IOException {
        compared();
        Path damaged = Files.writeString(folder.resolve("damaged.parquet"), "This is no Parquet file.");

        StatisticChangeSummary summary = write(COMPARED, table(damaged.toString()), FIGURES);

        String lost = "what changed quantiles and shares of the past up to release 2015-10-31.1 is no longer in "
                + "mart.statistic_change, since the files of that release cannot be read (Invalid Input Error); "
                + "restore them from a backup, withdraw the release of this run, and run again";
        assertThat(summary).isEqualTo(new StatisticChangeSummary(null, false, 1, 0, lost));
        assertThat(FIGURES.with(summary).warnings()).containsExactly(lost);
        assertThat(FIGURES.with(summary).gap()).as("of the counts").isNull();
        assertThat(written()).containsExactly("2015-11-30.1 median_days deleted 1.0 2015-11-30.1");
    }

    @Test
    void rowsThatCannotBeReadAreLostWhereTheReleasesAreNotCompared() throws IOException {
        compared();
        Path damaged = Files.writeString(folder.resolve("damaged.parquet"), "This is no Parquet file.");

        StatisticChangeSummary summary = write(
                COMPARED,
                table(damaged.toString()),
                FigureChangeSummary.notCompared(REPLACED, "it has lost core.spell", List.of()));

        assertThat(summary.notCompared()).isEqualTo("it has lost core.spell");
        assertThat(summary.lost()).startsWith("what changed quantiles and shares of the past up to ");
        assertThat(written()).isEmpty();
    }

    @Test
    void errorKeepsThemFromBeingComparedAndNothingElse() {
        compared();
        tables.execute("drop table replaced.spell");

        StatisticChangeSummary summary = write(COMPARED, carried(), FIGURES);

        assertThat(summary)
                .isEqualTo(new StatisticChangeSummary(
                        "the audit could not compute them (Catalog Error); this is probably a bug in the software: "
                                + "keep the folder of this run and report it",
                        true,
                        0,
                        0));
        assertThat(tables.rows("select table_name from duckdb_tables() where table_name like '%statistic%'"))
                .as("what the recount after it would have no memory for")
                .containsExactly("carried_statistic_change");
        assertThat(FIGURES.with(summary).warnings())
                .containsExactly(
                        "what changed quantiles and shares of the past is not listed: " + summary.notCompared());
        assertThat(written()).containsExactly("2013-09-30.1 median_days x 2.5 2015-11-30.1");
    }

    /** Of 2, 4, 6, 8, 10 and then of the last four: 6, then 7. */
    private void compared() {
        tables.spells("""
                replaced | deleted | A | 2015-10-01 | 2015-10-03
                both     |         | B | 2015-10-01 | 2015-10-05
                both     |         | C | 2015-10-01 | 2015-10-07
                both     |         | D | 2015-10-01 | 2015-10-09
                both     |         | E | 2015-10-01 | 2015-10-11
                """)
                .median("replaced", "all", "6")
                .median("main", "all", "7")
                .execute("create table queue_monthly as select 'work' as queue, 'town' as force, "
                        + "1 as queue_version, 'device' as item_unit");
    }

    /** A row of 30 September 2013 and one of the day before. */
    private AuditRequest.Table carried() {
        return table(new ParquetFiles(folder).write("carried", row("2013-09-30") + " union all " + row("2013-09-29")));
    }

    private static AuditRequest.Table table(String file) {
        return new AuditRequest.Table(
                StatisticChanges.MODEL.table(), StatisticChanges.MODEL.columnNames(), List.of(file));
    }

    private static String row(String newAsAt) {
        return "select "
                + String.join(
                        ", ",
                        StatisticChanges.MODEL.columns().stream()
                                .map(column -> value(column, newAsAt) + " as " + DuckSql.name(column.name()))
                                .toList());
    }

    private static String value(Model.Column column, String newAsAt) {
        return switch (column.name()) {
            case "measure" -> "'median_days'";
            case "new_as_at" -> "date '" + newAsAt + "'";
            case "new_release_id" -> "'" + newAsAt + ".1'";
            default ->
                switch (column.type()) {
                    case TEXT -> "'x'";
                    case INT -> "1";
                    case DOUBLE -> "2.5";
                    case BOOLEAN -> "true";
                    default -> "date '2013-09-01'";
                };
        };
    }

    private StatisticChangeSummary write(
            List<AuditRequest.Table> replaced, AuditRequest.@Nullable Table carried, FigureChangeSummary figures) {
        tables.execute("create table business_date as select date '2015-11-30' as day");
        return new StatisticChanges(tables.session(), request(replaced, carried), NEW).write(figures);
    }

    private FigureChangeRequest request(List<AuditRequest.Table> replaced, AuditRequest.@Nullable Table carried) {
        return new FigureChangeRequest(
                new ReplacedRelease(REPLACED, "2015-10-31", Map.of(), replaced),
                null,
                new Differences(false, false, List.of(), List.of(), Map.of(), Map.of()),
                List.of(),
                new Carried(null, carried, "2013-09-30", List.of(), false, List.of()),
                folder.resolve("figure_change.parquet").toString());
    }

    private List<String> written() {
        return tables.rows("select concat_ws(' ', new_release_id, measure, cause, part, release_id) from '"
                + folder.resolve("statistic_change.parquet") + "' order by new_release_id");
    }
}
