package uk.fpw.warehouse.store.lock;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("time-zone")
class LockHolderTest {

    @Test
    void nameThatIsTooLongForItsColumnIsCut() {
        assertThat(LockHolder.thisProcess("withdrawal of load 2026-11-24.d4aa0d6e097d4067")
                        .runId())
                .isEqualTo("withdrawal of load 2026-11-24.d4aa0d6e09");
        assertThat(LockHolder.thisProcess("relocation").runId()).isEqualTo("relocation");
    }
}
