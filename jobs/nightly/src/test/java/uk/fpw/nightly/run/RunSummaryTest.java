package uk.fpw.nightly.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.run.MetricsResult.FeedAccount;
import uk.fpw.warehouse.run.MetricsResult.LaterDates;
import uk.fpw.warehouse.run.MetricsResult.OutOfScope;

class RunSummaryTest {

    /** Thousands of requests have a target that is still to come, every night; none is closed in the future. */
    @Test
    void targetOfTheFutureIsNoNews() {
        Force boston = ForceFolder.read(Path.of("../../examples/boston-311"));
        FeedAccount account = new FeedAccount(
                "requests",
                10,
                10,
                List.of(),
                0,
                OutOfScope.NONE,
                List.of(new LaterDates("closed_at", 2), new LaterDates("target_at", 8)));

        assertThat(RunSummary.laterDates(boston, account)).containsExactly(new LaterDates("closed_at", 2));
    }
}
