package uk.fpw.warehouse.store.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.layout.RunId;

@Tag("time-zone")
class KeptRunsTest {

    /** The runs of 30 January nights, each at two in the morning. */
    private static final List<RunId> LATEST = IntStream.rangeClosed(2, 31)
            .mapToObj(day -> RunId.of("2016-01-01-201601%02dT020000-ab12".formatted(day)))
            .toList();

    private final KeptRuns kept = KeptRuns.of(LATEST, Set.of(RunId.of("2016-01-01-20160101T230000-ab12")));

    @Test
    void folderOlderThanEveryKeptOneMayGo() {
        assertThat(kept.mayGo("2015-12-31-20160101T225959-ffff")).isTrue();
    }

    @Test
    void keptFolderStays() {
        assertThat(kept.mayGo("2016-01-01-20160101T230000-ab12")).isFalse();
        assertThat(kept.mayGo(LATEST.get(0).value())).isFalse();
    }

    /** Perhaps rejected just now: it has no row in ops.night. */
    @Test
    void unknownRunThatIsNotOlderThanAllStays() {
        assertThat(kept.mayGo("2016-02-01-20160201T020000-ab12")).isFalse();
        assertThat(kept.mayGo("2016-01-01-20160115T020000-ffff")).isFalse();
    }

    @Test
    void whatIsNoRunStays() {
        assertThat(kept.mayGo("notes")).isFalse();
        assertThat(kept.mayGo("2015-12-31")).isFalse();
    }

    @Test
    void nothingGoesBeforeThereAreThirtyRuns() {
        assertThat(KeptRuns.of(LATEST.subList(0, 29), Set.of()).mayGo("2015-12-31-20150101T020000-ffff"))
                .isFalse();
    }
}
