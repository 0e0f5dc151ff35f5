package uk.fpw.generator;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyntheticForceTest {

    @Test
    void scaleIsAtLeastOne(@TempDir Path folder) {
        assertThatThrownBy(() -> new SyntheticForce(1, 0, Systems.embedded(folder)))
                .hasMessage("scale is 0, but must be 1 or more");
    }
}
