package uk.fpw.audit.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.audit.StatisticTables;
import uk.fpw.layout.ReleaseId;
import uk.fpw.warehouse.message.AuditRequest;
import uk.fpw.warehouse.message.FigureChangeRequest;
import uk.fpw.warehouse.message.FigureChangeRequest.Carried;
import uk.fpw.warehouse.message.FigureChangeRequest.Differences;
import uk.fpw.warehouse.message.FigureChangeRequest.ReplacedRelease;
import uk.fpw.warehouse.message.FigureChangeSummary;
import uk.fpw.warehouse.message.StatisticChangeSummary;

/** Which rows are written beside those that were found, and what is said of releases that cannot be compared. */
class StatisticChangesTest {

    private static final ReleaseId NEW = ReleaseId.of("2015-11-30.1");
    private static final ReleaseId REPLACED = ReleaseId.of("2015-10-31.1");
    private static final FigureChangeSummary FIGURES =
            FigureChangeSummary.compared(REPLACED, new FigureChangeSummary.Counts(10, 0, 0, 0), null);

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
    void whatIsFoundIsWritten() {
        compared();

        assertThat(write(COMPARED, FIGURES)).isEqualTo(new StatisticChangeSummary(null, false, 1, 0));

        assertThat(written()).containsExactly("2015-11-30.1 median_days deleted 1.0 2015-11-30.1");
    }

    @Test
    void nothingIsWrittenWhereTheReleasesAreNotCompared() {
        compared();

        assertThat(write(COMPARED, FigureChangeSummary.notCompared(REPLACED, "it has lost core.spell", List.of())))
                .isEqualTo(StatisticChangeSummary.notCompared("it has lost core.spell"));

        assertThat(written()).isEmpty();
    }

    @Test
    void replacedReleaseWithoutSuchTablesIsNotCompared() {
        assertThat(write(List.of(), FIGURES))
                .isEqualTo(StatisticChangeSummary.notCompared(
                        "the replaced release has no mart.reentry_share, mart.wait_summary, mart.wait_standard"));
        assertThat(written()).isEmpty();
    }

    @Test
    void errorKeepsThemFromBeingComparedAndNothingElse() {
        compared();
        tables.execute("drop table replaced.spell");

        StatisticChangeSummary summary = write(COMPARED, FIGURES);

        assertThat(summary)
                .isEqualTo(new StatisticChangeSummary(
                        "the audit could not compute them (Catalog Error); this is probably a bug in the software: "
                                + "keep the folder of this run and report it",
                        true,
                        0,
                        0));
        assertThat(tables.rows("select table_name from duckdb_tables() where table_name like '%statistic%'"))
                .as("what the recount after it would have no memory for")
                .isEmpty();
        assertThat(FIGURES.with(summary).warnings())
                .containsExactly("the causes of changed quantiles and shares of the past are not listed: "
                        + summary.notCompared());
        assertThat(written()).isEmpty();
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

    private StatisticChangeSummary write(List<AuditRequest.Table> replaced, FigureChangeSummary figures) {
        tables.execute("create table business_date as select date '2015-11-30' as day");
        return new StatisticChanges(tables.session(), request(replaced), NEW).write(figures);
    }

    private FigureChangeRequest request(List<AuditRequest.Table> replaced) {
        return new FigureChangeRequest(
                new ReplacedRelease(REPLACED, "2015-10-31", Map.of(), replaced),
                null,
                new Differences(false, false, false, List.of(), List.of(), Map.of(), Map.of()),
                List.of(),
                Carried.none("2013-09-01"),
                folder.resolve("figure_change.parquet").toString());
    }

    private List<String> written() {
        return tables.rows("select concat_ws(' ', new_release_id, measure, cause, part, release_id) from '"
                + folder.resolve("statistic_change.parquet") + "' order by new_release_id");
    }
}
