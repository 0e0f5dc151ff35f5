package uk.fpw.nightly.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import uk.fpw.ingest.LoadSummary;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.message.MetricsResult.FeedAccount;
import uk.fpw.warehouse.message.MetricsResult.LaterDates;
import uk.fpw.warehouse.message.MetricsResult.OutOfScope;
import uk.fpw.warehouse.store.load.LoadCounts;

class RunSummaryTest {

    /** A run that stops after its loads prints no summary, and the next one loads nothing worth a note. */
    @Test
    void notesOnLoadsNameTheirFeed() {
        LoadCounts counts = new LoadCounts(1, 1, 0, 0, 0, 0);

        assertThat(RunSummary.notes(List.of(
                        new LoadSummary("calls", "1", counts, true, 5, null),
                        new LoadSummary("devices", "2", counts, true, 5, "the database is on another timeline"))))
                .containsExactly("feed devices: the database is on another timeline");
    }

    /** Every night thousands of requests have a target in the future; none is closed in the future. */
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
