package uk.fpw.nightly.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.message.MetricsResult.QueueChange;

/** From how many closures on the versions of the rows are read. */
@Tag("time-zone")
class RunAuditTest {

    @Test
    void fiftyThatAreHalfOfWhatWasOpenAreWorthALookAtTheirRows() {
        assertThat(RunAudit.isMassClosure(closed(50, 100), 0.8)).isTrue();
        assertThat(RunAudit.isMassClosure(closed(49, 49), 0.8)).isFalse();
        assertThat(RunAudit.isMassClosure(closed(50, 101), 0.8)).isFalse();
    }

    @Test
    void limitBelowHalfHasRowsLookedAtEarlier() {
        assertThat(RunAudit.isMassClosure(closed(50, 200), 0.25)).isTrue();
        assertThat(RunAudit.isMassClosure(closed(50, 201), 0.25)).isFalse();
    }

    private static QueueChange closed(long closed, long open) {
        return new QueueChange("q", "2015-11-09", open, 0, 0, 0, 0, open, 0, null, "closed", 1, 0, closed, 0, null);
    }
}
