package uk.fpw.ingest.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.store.load.HeldKeys;

@Tag("time-zone")
class MissingRowsTest {

    private static final LocalDate FIRST = LocalDate.of(2024, 5, 2);
    private static final LocalDate SECOND = LocalDate.of(2024, 5, 3);
    private static final LocalDate THIRD = LocalDate.of(2024, 5, 4);

    @Test
    void asManyKeysAsCouldNotBeReadStayHeldHoweverLongTheyAreMissing() {
        MissingRows found = MissingRows.of(Set.of("A", "B"), 2, held(Map.of("A", FIRST, "B", FIRST)), THIRD);
        assertThat(found.heldSince()).isEqualTo(Map.of("A", FIRST, "B", FIRST));
        assertThat(found.deleted()).isZero();
        assertThat(found.unexplained()).isZero();
    }

    @Test
    void everyKeyIsHeldOnTheFirstDateOnWhichItIsMissing() {
        MissingRows found = MissingRows.of(Set.of("A", "B", "C"), 1, HeldKeys.none(), FIRST);
        assertThat(found.heldSince()).isEqualTo(Map.of("A", FIRST, "B", FIRST, "C", FIRST));
        assertThat(found.unexplained()).isEqualTo(2);
    }

    @Test
    void beyondTheUnreadableOnesAKeyMissingFromTwoExtractsInARowIsDeleted() {
        MissingRows found = MissingRows.of(Set.of("A", "B", "C"), 1, held(Map.of("B", FIRST, "A", SECOND)), THIRD);
        // B has been missing longest and stays held because of the one unreadable key; C is missing for the first time.
        assertThat(found.heldSince()).isEqualTo(Map.of("B", FIRST, "C", THIRD));
        assertThat(found.deleted()).isEqualTo(1);
        assertThat(found.earliest()).isEqualTo(FIRST);
    }

    @Test
    void theSameDateLoadedAgainIsNotASecondExtract() {
        Map<String, LocalDate> held = Map.of("A", FIRST, "B", FIRST);
        assertThat(MissingRows.of(Set.of("A", "B"), 1, held(held), FIRST).heldSince())
                .isEqualTo(held);
        assertThat(MissingRows.of(Set.of("A", "B"), 1, held(held), SECOND).heldSince())
                .isEqualTo(Map.of("A", FIRST));
    }

    @Test
    void noMoreKeysAreHeldThanASnapshotCanRemember() {
        Set<String> keys =
                IntStream.range(0, 10_001).mapToObj(Integer::toString).collect(Collectors.toSet());
        assertThat(MissingRows.of(keys, 1, HeldKeys.none(), FIRST).held()).isEqualTo(10_000);
        assertThat(MissingRows.of(keys, 1, HeldKeys.none(), FIRST).areTooManyToHold())
                .isFalse();
        assertThat(MissingRows.of(keys, 10_001, HeldKeys.none(), FIRST).areTooManyToHold())
                .isTrue();
    }

    private static HeldKeys held(Map<String, LocalDate> sinceByKey) {
        return HeldKeys.of(sinceByKey);
    }
}
