package uk.fpw.warehouse.force.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.testing.TestQueues;

class QueueTest {

    @Test
    void eventsAreThoseByWhichAnItemEntersAndThoseByWhichItLeaves() {
        assertThat(TestQueues.waiting(0).events()).containsExactlyInAnyOrder("opened", "closed");
    }
}
