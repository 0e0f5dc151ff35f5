package uk.fpw.nightly.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.RunId;
import uk.fpw.model.Models;
import uk.fpw.warehouse.ledger.Release;
import uk.fpw.warehouse.ledger.ReleaseSteps.Step;
import uk.fpw.warehouse.run.AuditRequest;
import uk.fpw.warehouse.run.FigureChangeRequest.Carried;

/** Which rows about earlier releases a candidate takes over. */
@Tag("time-zone")
class CarriedRowsTest {

    private static final String SINCE = "2013-11-12";

    private final Map<ReleaseId, Step> steps = new HashMap<>();

    @Test
    void rowsOfBothTablesAreFoundByTheCatalog() {
        Carried carried = new CarriedRows(table -> List.of("/" + table.snapshotId() + ".parquet"))
                .of(release(3, 4), null, SINCE, List.of("2016-01-09.1"));

        assertThat(carried)
                .isEqualTo(new Carried(
                        table("mart.figure_change", "/1.parquet"),
                        table("mart.statistic_change", "/2.parquet"),
                        SINCE,
                        List.of("2016-01-09.1"),
                        false,
                        List.of()));
    }

    @Test
    void tableWithoutRowsIsNotLookedFor() {
        Carried carried = new CarriedRows(table -> {
                    throw new IllegalStateException("nothing is looked for");
                })
                .of(release(0, 0), null, SINCE, List.of());

        assertThat(carried).isEqualTo(Carried.none(SINCE));
    }

    @Test
    void stepsThatCannotBeFoundAreLost() {
        Carried carried = new CarriedRows(table -> without("mart.figure_change", table))
                .of(release(3, 4), null, SINCE, List.of());

        assertThat(carried.isLost()).isTrue();
        assertThat(carried.steps()).isNull();
        assertThat(carried.statistics()).isEqualTo(table("mart.statistic_change", "/2.parquet"));
        assertThat(carried.warnings())
                .containsExactly("what changed the figures of the past up to release 2016-01-10.1 is no longer in "
                        + "mart.figure_change: cannot read /1.parquet; restore the files of that release from a "
                        + "backup, withdraw the release of this run, and run again");
    }

    /** The steps of counts lead over the release all the same. */
    @Test
    void statisticsThatCannotBeFoundAreAWarning() {
        Carried carried = new CarriedRows(table -> without("mart.statistic_change", table))
                .of(release(3, 4), null, SINCE, List.of());

        assertThat(carried.isLost()).isFalse();
        assertThat(carried.steps()).isEqualTo(table("mart.figure_change", "/1.parquet"));
        assertThat(carried.statistics()).isNull();
        assertThat(carried.warnings())
                .containsExactly("what changed quantiles and shares of the past up to release 2016-01-10.1 is no "
                        + "longer in mart.statistic_change: cannot read /2.parquet; restore the files of that release "
                        + "from a backup, withdraw the release of this run, and run again");
    }

    /** The second was withdrawn after the third had replaced it: its step leads to the third. */
    @Test
    void stepsOfTheWithdrawnReleasesAtTheEndLeadNowhere() {
        step("2016-01-01.1", null);
        step("2016-01-02.1", "2016-01-01.1");
        step("2016-01-03.1", "2016-01-02.1");
        step("2016-01-04.1", "2016-01-03.1");
        step("2016-01-05.1", "2016-01-04.1");

        assertThat(withdrawnAtEnd("2016-01-05.1", "2016-01-04.1", "2016-01-02.1"))
                .containsExactly("2016-01-05.1", "2016-01-04.1");
        assertThat(withdrawnAtEnd("2016-01-05.1", "2016-01-04.1", "2016-01-03.1", "2016-01-02.1", "2016-01-01.1"))
                .hasSize(5);
        // nothing is known of a release of an earlier version
        steps.remove(ReleaseId.of("2016-01-04.1"));
        assertThat(withdrawnAtEnd("2016-01-05.1", "2016-01-04.1", "2016-01-03.1"))
                .containsExactly("2016-01-05.1", "2016-01-04.1");
    }

    private void step(String id, @Nullable String replaced) {
        ReleaseId release = ReleaseId.of(id);
        steps.put(release, new Step(release, replaced == null ? null : ReleaseId.of(replaced), null));
    }

    /** The first is the last release. */
    private List<String> withdrawnAtEnd(String... withdrawn) {
        return CarriedRows.withdrawnAtEnd(
                steps,
                Arrays.stream(withdrawn).map(ReleaseId::of).collect(Collectors.toSet()),
                ReleaseId.of(withdrawn[0]));
    }

    private static List<String> without(String lost, Release.Table table) {
        String file = "/" + table.snapshotId() + ".parquet";
        if (table.name().equals(lost)) {
            throw new IllegalStateException("cannot read " + file);
        }
        return List.of(file);
    }

    private static AuditRequest.Table table(String name, String file) {
        return new AuditRequest.Table(name, Models.find(name).orElseThrow().columnNames(), List.of(file));
    }

    private static Release release(long changes, long statistics) {
        return new Release(
                ReleaseId.of("2016-01-10.1"),
                RunId.of("2016-01-10-20160111T040000-0a1b"),
                LocalDate.of(2016, 1, 10),
                Instant.EPOCH,
                "1.0.0",
                "",
                null,
                "",
                null,
                List.of(
                        new Release.Table("mart.figure_change", 1, changes, ""),
                        new Release.Table("mart.statistic_change", 2, statistics, "")),
                List.of());
    }
}
