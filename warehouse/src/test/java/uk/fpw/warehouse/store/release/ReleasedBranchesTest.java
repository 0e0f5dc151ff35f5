package uk.fpw.warehouse.store.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleasedBranchesTest {

    private static final List<String> TABLES = List.of("core.events", "core.spells", "mart.queue_daily");

    @TempDir
    private Path warehouse;

    private final List<String> tried = new ArrayList<>();

    @Test
    void aDamagedTableDoesNotHoldUpTheOthers() {
        follow("cannot parse metadata");
        assertThat(tried).isEqualTo(TABLES);
    }

    @Test
    void aStoreThatDoesNotAnswerIsAskedForOneTableOnly() {
        follow("software.amazon.awssdk.core.exception.SdkClientException: Connection refused");
        assertThat(tried).containsExactly("core.events", "core.spells");
    }

    /** The second of three tables fails. */
    private void follow(String failure) {
        ReleasedBranches.forEach(TABLES, warehouse, () -> {}, name -> {
            tried.add(name);
            if (name.equals("core.spells")) {
                throw new IllegalStateException(failure);
            }
        });
    }
}
