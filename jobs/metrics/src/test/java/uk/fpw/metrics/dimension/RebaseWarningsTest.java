package uk.fpw.metrics.dimension;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.metrics.dimension.RebaseWarnings.ChartedMonth;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.message.MetricsResult.QualityResult;

/** For a change of 13 April 2015 in one queue that begins new limits. */
@Tag("time-zone")
class RebaseWarningsTest {

    private static final Force FORCE =
            ForceFolder.read(Path.of("src", "test", "resources", "background").toAbsolutePath());

    private static List<QualityResult> warnings(String businessDate, List<ChartedMonth> charted) {
        return RebaseWarnings.of(FORCE, Coverage.whole(FORCE, LocalDate.parse(businessDate)), charted);
    }

    /** January to March 2015 are one segment; the next begins with the first charted month after a given month. */
    private static List<ChartedMonth> charted(String queue, String from, int points) {
        List<ChartedMonth> months = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            months.add(new ChartedMonth(queue, LocalDate.of(2015, 1, 1).plusMonths(i), 3));
        }
        for (int i = 0; i < points; i++) {
            months.add(new ChartedMonth(queue, LocalDate.parse(from).plusMonths(i), points));
        }
        return months;
    }

    /** May has ended but was not charted: the chart has eleven points, the calendar twelve months. */
    @Test
    void monthsAreCountedAsTheChartCountsThem() {
        assertThat(warnings("2016-05-10", charted("in_examination", "2015-06-01", 11)))
                .containsExactly(new QualityResult(
                        "changes/more_staff",
                        "REBASE_HAS_ENOUGH_POINTS",
                        "warning",
                        1,
                        "control charts of in_examination have no limits of their own since the rebase of 2015-04-13: "
                                + "11 months are charted, and 12 are needed"));
        assertThat(warnings("2016-06-10", charted("in_examination", "2015-06-01", 12)))
                .extracting(QualityResult::failedCount)
                .containsExactly(0L);
    }

    @Test
    void withoutAChartItWarns() {
        assertThat(warnings("2016-06-10", charted("with_provider", "2015-06-01", 12)))
                .extracting(QualityResult::message)
                .containsExactly("control charts of in_examination have no limits of their own since the rebase of "
                        + "2015-04-13: 0 months are charted, and 12 are needed");
        assertThat(warnings("2015-07-10", charted("in_examination", "2015-05-01", 1)))
                .extracting(QualityResult::message)
                .containsExactly("control charts of in_examination have no limits of their own since the rebase of "
                        + "2015-04-13: 1 month is charted, and 12 are needed");
    }

    @Test
    void changeThatIsAnnouncedPasses() {
        assertThat(warnings("2015-04-12", charted("in_examination", "2015-06-01", 0)))
                .extracting(QualityResult::failedCount)
                .containsExactly(0L);
        assertThat(warnings("2015-04-13", charted("in_examination", "2015-06-01", 0)))
                .extracting(QualityResult::failedCount)
                .containsExactly(1L);
    }
}
