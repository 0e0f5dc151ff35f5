package uk.fpw.nightly.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.nightly.program.ProgramStarter;

/** What an installation knows about itself: its commit, and where its launcher is. */
@Tag("time-zone")
class FpwVersionTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path home;

    @Test
    void commitIsShownWhereTheArchiveNamesIt() throws IOException {
        assertThat(FpwVersion.commit(home)).isEmpty();
        Files.writeString(home.resolve("COMMIT"), "a79ec8ef-modified\n");
        assertThat(FpwVersion.commit(home)).isEqualTo(" (commit a79ec8ef-modified)");
        Files.writeString(home.resolve("COMMIT"), "\u001b[31mred\n");
        assertThat(FpwVersion.commit(home)).isEmpty();
    }

    @Test
    void linesToCopyNameTheLauncherOfTheInstallation() throws IOException {
        assertThat(context(home.resolve("elsewhere")).launcher())
                .isEqualTo(home.resolve("fpw").toString());
        assertThat(context(home).launcher()).isEqualTo("./fpw");
        Path launcher =
                Files.createFile(Files.createDirectory(home.resolve("bin")).resolve("fpw"));
        assertThat(context(home.resolve("elsewhere")).launcher()).isEqualTo(launcher.toString());
        assertThat(context(home).launcher()).isEqualTo("bin/fpw");
    }

    private CliContext context(Path workingFolder) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        return new CliContext(
                Map.of(),
                home,
                home.resolve("lib"),
                workingFolder,
                Clock.systemUTC(),
                nowhere,
                nowhere,
                ProgramStarter.PROCESSES);
    }
}
