package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A change of anything that computes a night is detected, so that no test starts from the results of other software.
 */
class KeptNightsTest {

    private static final String QUERY = "select day, waiting_count from queue_daily";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final AtomicInteger made = new AtomicInteger();

    @Test
    void changedResourceOfAJarHasTheNightMadeAnew() throws IOException {
        Path lib = Files.createDirectories(folder.resolve("lib"));
        jar(lib.resolve("spark/fpw-sql-0.1.0.jar"), QUERY);
        Path classes = Files.createDirectories(folder.resolve("classes"));
        Files.writeString(classes.resolve("Night.class"), "1");
        String before = RuntimeDigest.of(List.of(classes), lib);
        assertThat(night(before)).hasContent("1");
        assertThat(night(before)).hasContent("1");

        jar(lib.resolve("spark/fpw-sql-0.1.0.jar"), QUERY);
        assertThat(RuntimeDigest.of(List.of(classes), lib)).as("built again").isEqualTo(before);

        // the same length
        jar(lib.resolve("spark/fpw-sql-0.1.0.jar"), QUERY.replace("waiting", "Waiting"));
        String changed = RuntimeDigest.of(List.of(classes), lib);
        assertThat(night(changed)).hasContent("2");
        assertThat(folder.resolve("kept").resolve(before)).doesNotExist();

        Files.writeString(classes.resolve("Night.class"), "2");
        assertThat(RuntimeDigest.of(List.of(classes), lib)).isNotEqualTo(changed);
        Files.writeString(classes.resolve("Night.class"), "1");
        Files.createFile(classes.resolve("Other.class"));
        assertThat(RuntimeDigest.of(List.of(classes), lib)).isNotEqualTo(changed);
    }

    private Path night(String digest) {
        return new KeptNights(folder.resolve("kept"), digest)
                .get("night", night -> Files.writeString(night.resolve("made.txt"), made.incrementAndGet() + ""))
                .resolve("made.txt");
    }

    private static void jar(Path file, String query) throws IOException {
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream jar = new ZipOutputStream(out)) {
            ZipEntry entry = new ZipEntry("fpw/definition/queue_daily.sql");
            entry.setTime(0);
            jar.putNextEntry(entry);
            jar.write(query.getBytes(StandardCharsets.UTF_8));
        }
    }
}
