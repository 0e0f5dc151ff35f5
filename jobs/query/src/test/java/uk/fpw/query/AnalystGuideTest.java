package uk.fpw.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The analyst's guide names everything that can be queried by name. */
class AnalystGuideTest {

    @Test
    void everyReadyMadeQueryIsNamed() throws IOException {
        String guide = Files.readString(root().resolve("docs/analyst.md"));

        assertThat(ReadyQueries.all()).allSatisfy(query -> assertThat(guide).contains("`" + query.name() + "`"));
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(folder.resolve("docs/analyst.md"))) {
            Path parent = folder.getParent();
            if (parent == null) {
                throw new IllegalStateException(
                        "docs/analyst.md is in no folder above " + Path.of("").toAbsolutePath());
            }
            folder = parent;
        }
        return folder;
    }
}
