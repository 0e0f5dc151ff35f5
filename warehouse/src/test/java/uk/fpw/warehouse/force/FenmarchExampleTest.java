package uk.fpw.warehouse.force;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.queue.Queue;

@Tag("time-zone")
class FenmarchExampleTest {

    private static final Path FOLDER = Path.of("../examples/fenmarch");

    @Test
    void readsWithoutErrorsAndSaysThatItIsSynthetic() {
        Force force = ForceFolder.read(FOLDER);

        assertThat(force.code()).isEqualTo("fenmarch");
        assertThat(force.name()).isEqualTo("Fenmarch Police (synthetic)");
        assertThat(force.feeds())
                .extracting(Feed::name)
                .containsExactlyInAnyOrder(
                        "exhibits",
                        "exhibit_events",
                        "exhibit_priorities",
                        "case_files",
                        "case_actions",
                        "referrals",
                        "case_audits",
                        "staff_posts");
        assertThat(force.queues())
                .filteredOn(queue -> "seized_no_result".equals(queue.parent()))
                .extracting(Queue::name)
                .containsExactlyInAnyOrder(
                        "awaiting_submission",
                        "awaiting_acceptance",
                        "awaiting_examination",
                        "in_examination",
                        "awaiting_report");
    }
}
