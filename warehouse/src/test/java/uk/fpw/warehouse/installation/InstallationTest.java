package uk.fpw.warehouse.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;

class InstallationTest {

    @TempDir
    private Path folder;

    @Test
    void groupOfReadersIsRead() throws IOException {
        Path file = file("# who reads the pages\ninside_readers: fpw-readers\n");
        assertThat(read(file)).isEqualTo(new Installation(file, "fpw-readers", null, null, null, null));
    }

    @Test
    void fileWithoutSettingsNamesNobody() throws IOException {
        Path file = file("# inside_readers: fpw-readers\n\n");
        assertThat(read(file)).isEqualTo(new Installation(file, null, null, null, null, null));
        assertThat(read(file("{}\n"))).isEqualTo(new Installation(file, null, null, null, null, null));
    }

    @Test
    void installationWithoutAFileNamesNobody() {
        assertThat(Installation.of(Map.of())).isEqualTo(Installation.NONE);
        assertThat(Installation.of(Map.of("FPW_INSTALLATION", ""))).isEqualTo(Installation.NONE);
    }

    @Test
    void variableThatIsSetIsNotReplaced() {
        assertThat(Installation.environment(Map.of("FPW_INSTALLATION", ""))).isEqualTo(Map.of("FPW_INSTALLATION", ""));
    }

    @Test
    void misspeltKeyIsRefusedWithTheLineAndTheOneThatWasMeant() throws IOException {
        Path file = file("# settings\ninside_reader: fpw-readers\n");
        assertRefused(file, file + ":2: inside_reader: is not a valid field here; did you mean 'inside_readers'?");
    }

    @Test
    void nameThatNoGroupCanHaveIsRefused() throws IOException {
        for (String name : new String[] {"'a:b'", "'1001'", "''", "' a'", "[a, b]", "\"readers\\n\""}) {
            Path file = file("inside_readers: " + name + "\n");
            assertThatThrownBy(() -> read(file))
                    .isInstanceOf(FpwException.class)
                    .hasMessageStartingWith(file + ":1: inside_readers: ");
        }
    }

    @Test
    void fileThatOthersCanChangeIsRefused() throws IOException {
        Path file = file("inside_readers: fpw-readers\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
        assertRefused(
                file,
                file
                        + " can be changed by others (rw-rw-r--): only its owner may write to it; check what "
                        + "it says, then "
                        + "remove the access: chmod go-w " + file);
    }

    @Test
    void fileThatDoesNotExistIsRefused() {
        Path file = folder.resolve("none.yml");
        assertRefused(file, file + ": does not exist; create it, or change FPW_INSTALLATION");
        assertRefused(folder, folder + ": is not a file; create it, or change FPW_INSTALLATION");
    }

    private static void assertRefused(Path file, String message) {
        assertThatThrownBy(() -> read(file))
                .isInstanceOfSatisfying(FpwException.class, refused -> assertThat(refused.exitCode())
                        .isEqualTo(ExitCode.CONFIGURATION))
                .hasMessage(message);
    }

    private static Installation read(Path file) {
        return Installation.of(Map.of("FPW_INSTALLATION", file.toString()));
    }

    private Path file(String text) throws IOException {
        Path file = folder.resolve("installation.yml");
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        return file;
    }
}
