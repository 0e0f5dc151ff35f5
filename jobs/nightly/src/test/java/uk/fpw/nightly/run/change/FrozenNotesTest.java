package uk.fpw.nightly.run.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import uk.fpw.layout.ReleaseFile;
import uk.fpw.layout.ReleaseId;

class FrozenNotesTest {

    @Test
    void eachDayFromWhichFiguresAreComputedIsNamedWithItsQueues() throws Exception {
        assertThat(FrozenNotes.of(release("""
                {"queue_definition": [
                    {"queue": "seized", "frozen_to": "2014-05-01"},
                    {"queue": "new", "frozen_to": null},
                    {"queue": "old"},
                    {"queue": "examined", "frozen_to": "2014-05-01"},
                    {"queue": "calls", "frozen_to": "2013-04-01"}]}""")))
                .containsExactly(
                        "frozen, not recomputable: figures of periods that began before 2013-04-01 in calls; their "
                                + "items were removed, and the figures are those that were released before that",
                        "frozen, not recomputable: figures of periods that began before 2014-05-01 in seized, examined;"
                                + " their items were removed, and the figures are those that were released before "
                                + "that");
        assertThat(FrozenNotes.of(release("{}"))).isEmpty();
    }

    private static ReleaseFile release(String definitions) throws Exception {
        return new ReleaseFile(
                        new ReleaseFile.Made(ReleaseId.of("2016-01-12.1"), LocalDate.of(2016, 1, 12), Instant.EPOCH),
                        new ReleaseFile.Owner("town", "Town", ZoneId.of("UTC")),
                        new ReleaseFile.Versions("1", "a", null, "b"),
                        List.of(),
                        List.of())
                .withDefinitions((ObjectNode) new ObjectMapper().readTree(definitions), "c");
    }
}
