package uk.fpw.warehouse.force.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ClosedListsTest {

    @Test
    void dateThatTellsOfNoEventMayBeAhead() {
        ClosedLists lists = new ClosedLists(Map.of(), Map.of(), Map.of("closed_at", "closed"));

        assertThat(lists.mayBeAhead("target_at")).isTrue();
        assertThat(lists.mayBeAhead("closed_at")).isFalse();
    }

    @Test
    void ofAFeedThatDoesNotSayAnyDateMayTellOfAnEvent() {
        assertThat(ClosedLists.NONE.mayBeAhead("target_at")).isFalse();
    }
}
