package uk.fpw.nightly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code fpw init} from a list. Every person in it is invented. */
class FpwInitListTest extends FpwTesting {

    @Test
    void folderOfAListIsValidAndSaysWhatWasGuessed() throws IOException {
        Path list = list("list 2026-11-23.csv", "\"select; \"\"from\"\"\",Officer,{Type: x},Received,Closed");
        assertThat(run(Map.of(), "init", "kent", "--from", list.toString(), "--slice", "{Type: x}"))
                .as("%s", text(err))
                .isZero();

        assertThat(text(out))
                .startsWith("A force folder for list 2026-11-23.csv is in kent.\nAn item is what select; \"from\" "
                        + "identifies; it waits from Received to Closed.\nFigures are sliced by {Type: x}.\n")
                .contains("\n  feeds/list.yml:11: what waits: the column that identifies the device, case or request\n")
                .contains("officer: looks personal: name of a person (or leave it out)\n")
                .contains("\n  ./fpw nightly --force kent --date 2026-11-23\n")
                .doesNotContain("Archer", "EX-1");
        Path kent = folder.resolve("kent");
        assertThat(kent.resolve("force.yml")).content().startsWith("force: kent\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kent)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(kent.resolve("drop/list 2026-11-23.csv"))))
                .isEqualTo("rw-------");
        out.reset();
        assertThat(run(Map.of(), "check", "--quick", "--force", "kent")).isZero();
        assertThat(text(out))
                .startsWith("My Police Force (kent): 1 feed, 1 staging query, 1 queue, 2 rules; the files");
    }

    @Test
    void emptyFolderKeepsItsPermissions() throws IOException {
        Path kent = Files.createDirectory(
                folder.resolve("kent"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
        Path list = list("list.csv", "Exhibit,Officer,Type,Received,Closed");

        assertThat(run(Map.of(), "init", "kent", "--from", list.toString())).isZero();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kent)))
                .isEqualTo("rwxr-x---");
        assertThat(kent.resolve("queues/list_waiting.yml")).isRegularFile();
        assertThat(entries(folder)).noneMatch(name -> name.startsWith(".fpw"));
    }

    @Test
    void nothingIsWrittenIfTheListCannotBeDrafted() throws IOException {
        Path list = list("list.csv", "Exhibit,Officer,Type,first,second");
        assertThat(run(Map.of(), "init", "kent", "--from", list.toString())).isEqualTo(2);
        assertThat(text(err))
                .isEqualToNormalizingNewlines("fpw: list.csv: no column of dates has a name that says when an item "
                        + "comes; name it with --entered: one of first, second\n");
        assertThat(run(Map.of(), "init", "kent", "--from", "nowhere.csv")).isEqualTo(2);
        assertThat(run(Map.of(), "init", "kent", "--entered", "first")).isEqualTo(2);
        assertThat(text(err)).contains("fpw: --from: there is no file ", "--from=LIST");
        // a name that a feed cannot have in 'file'
        Path braces = list("{list}.csv", "Exhibit,Officer,Type,Received,Closed");
        err.reset();
        assertThat(run(Map.of(), "init", "kent", "--from", braces.toString())).isEqualTo(2);
        assertThat(text(err))
                .contains("no valid folder can be drafted of it, so nothing was written")
                .contains("file: ");
        assertThat(entries(folder)).containsOnly("list.csv", "{list}.csv");
    }

    private Path list(String name, String header) throws IOException {
        StringBuilder rows = new StringBuilder(header + "\n");
        for (int row = 0; row < 60; row++) {
            rows.append("EX-").append(row).append(",PC Ann Archer").append(row % 2 == 0 ? ",phone" : ",tablet");
            rows.append(",2026-11-").append(10 + row % 9).append(row % 3 == 0 ? ",2026-11-20\n" : ",\n");
        }
        return Files.writeString(folder.resolve(name), rows);
    }

    private static Stream<String> entries(Path folder) throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            return found.map(path -> path.getFileName().toString()).toList().stream();
        }
    }
}
