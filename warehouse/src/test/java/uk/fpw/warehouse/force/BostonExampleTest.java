package uk.fpw.warehouse.force;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.queue.Queue;
import uk.fpw.warehouse.force.rule.Rule;

@Tag("time-zone")
class BostonExampleTest {

    static final Path FOLDER = Path.of("../examples/boston-311");

    @Test
    void readsWithoutErrors() {
        Force force = ForceFolder.read(FOLDER);

        assertThat(force.code()).isEqualTo("boston_311");
        assertThat(force.storage().warehouse())
                .isEqualTo(Path.of("../var/boston-311").toAbsolutePath().normalize());
        assertThat(force.feed("requests").columns())
                .extracting(Feed.Column::name)
                .containsExactly(
                        "case_enquiry_id",
                        "opened_at",
                        "target_at",
                        "closed_at",
                        "on_time_status",
                        "request_type",
                        "department",
                        "neighborhood");
        assertThat(force.queues()).hasSize(1);
        assertThat(force.queues().get(0).observedFrom()).isEqualTo(LocalDate.of(2015, 1, 1));
        assertThat(force.queues().get(0).leaves()).isEqualTo(List.of(new Queue.Exit("closed", "closed", true)));
        assertThat(force.rules()).extracting(Rule::code).containsExactly("CLOSED_BEFORE_OPENED");
        assertThat(force.stagings().get(0).sql()).startsWith("-- What happened to each request");
    }
}
