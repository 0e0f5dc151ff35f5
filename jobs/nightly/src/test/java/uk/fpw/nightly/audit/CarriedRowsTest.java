package uk.fpw.nightly.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.RunId;
import uk.fpw.model.Models;
import uk.fpw.warehouse.message.AuditRequest;
import uk.fpw.warehouse.message.FigureChangeRequest.Base;
import uk.fpw.warehouse.message.FigureChangeRequest.Carried;
import uk.fpw.warehouse.store.ledger.Release;

/** Which rows about earlier releases a candidate carries over. */
@Tag("time-zone")
class CarriedRowsTest {

    private static final String SINCE = "2013-11-12";

    private static final Base FIRST = new Base(1, ReleaseId.of("2015-12-24.1"));
    private static final Base SECOND = new Base(2, ReleaseId.of("2016-01-10.1"));

    /** A release of an earlier version contains all rows itself. */
    @Test
    void rowsOfBothTablesAreFoundByTheCatalog() {
        Carried carried =
                new CarriedRows(table -> List.of("/" + table.snapshotId() + ".parquet")).of(release(3, 4), null, SINCE);

        assertThat(carried)
                .isEqualTo(new Carried(
                        table("mart.figure_change", "/1.parquet"),
                        Map.of("mart.figure_change", FIRST, "mart.statistic_change", SECOND),
                        SINCE,
                        false,
                        List.of()));
    }

    @Test
    void tableWithoutRowsIsNotLookedFor() {
        Carried carried = new CarriedRows(table -> {
                    throw new IllegalStateException("nothing is looked for");
                })
                .of(release(0, 0), null, SINCE);

        assertThat(carried).isEqualTo(Carried.none(SINCE));
    }

    @Test
    void stepsThatCannotBeFoundAreLost() {
        Carried carried = new CarriedRows(table -> without("mart.figure_change", table)).of(release(3, 4), null, SINCE);

        assertThat(carried.isLost()).isTrue();
        assertThat(carried.steps()).isNull();
        assertThat(carried.bases()).isEqualTo(Map.of("mart.statistic_change", SECOND));
        assertThat(carried.warnings())
                .containsExactly("what changed the figures of the past up to release 2016-01-10.1 is no longer in "
                        + "mart.figure_change: cannot read /1.parquet; restore the files of that release from a "
                        + "backup, withdraw the release of this run, and run again");
    }

    /** The steps of counts still continue across the release. */
    @Test
    void statisticsThatCannotBeFoundAreAWarning() {
        Carried carried =
                new CarriedRows(table -> without("mart.statistic_change", table)).of(release(3, 4), null, SINCE);

        assertThat(carried.isLost()).isFalse();
        assertThat(carried.steps()).isEqualTo(table("mart.figure_change", "/1.parquet"));
        assertThat(carried.bases()).isEqualTo(Map.of("mart.figure_change", FIRST));
        assertThat(carried.warnings())
                .containsExactly("what changed quantiles and shares of the past up to release 2016-01-10.1 is no "
                        + "longer in mart.statistic_change: cannot read /2.parquet; restore the files of that release "
                        + "from a backup, withdraw the release of this run, and run again");
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
                        new Release.Table("mart.figure_change", 1, changes, "", ReleaseId.of("2015-12-24.1")),
                        new Release.Table("mart.statistic_change", 2, statistics, "")),
                List.of());
    }
}
