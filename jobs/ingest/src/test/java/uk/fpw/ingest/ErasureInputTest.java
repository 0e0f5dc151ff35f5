package uk.fpw.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uk.fpw.ingest.TestFeeds.column;
import static uk.fpw.ingest.TestFeeds.personal;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import uk.fpw.layout.KeyFormat;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.store.ledger.feed.Tombstones.Erased;

class ErasureInputTest {

    private static final Pseudonymiser KEY = Pseudonymiser.fromEnvironment(
            Map.of("FPW_PSEUDONYM_KEY", "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"),
            KeyFormat.BASE32);

    private static final Feed DEVICES = TestFeeds.feed(
            "devices",
            List.of("owner", "part"),
            "owner",
            column("note", "NOTE", Feed.Type.TEXT),
            personal("owner", "OWNER"),
            column("part", "PART", Feed.Type.WHOLE));

    @Test
    void keysAreReadAsThoseOfALoadAndTombstonesContainWhatTheSourceSends() {
        ErasureInput input = ErasureInput.ofKeys(DEVICES, KEY, List.of("Ann|e\t 007"));

        assertThat(input.rows().keys()).isEqualTo(Map.of("devices", Set.of(KEY.apply("Ann|e") + "|7")));
        assertThat(input.rows().pseudonyms()).isEmpty();
        assertThat(input.tombstones())
                .containsExactly(new Erased("devices", "Ann\\|e|7", Set.of(DEVICES.keyReading())));
        assertThat(input.words()).isEmpty();
        assertThat(input).hasToString("keys of 1 feeds, 0 pseudonyms");
    }

    @Test
    void lineThatIsNoKeyIsRefusedWithoutShowingIt() {
        for (String line : List.of("Ann", "Ann\tmany", "\t7", "Ann\t7\t8")) {
            assertThatThrownBy(() -> ErasureInput.ofKeys(DEVICES, KEY, List.of("Bob\t1", line)))
                    .isInstanceOf(FpwException.class)
                    .hasMessage("line 2 is not a key of feed devices (owner, part, separated by tabs), as the source "
                            + "writes it. Nothing was changed");
        }
    }

    @Test
    void emptyLinesAreSkipped() {
        assertThat(ErasureInput.lines("a\r\n\n b\n")).containsExactly("a", " b");
    }
}
