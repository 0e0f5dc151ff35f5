package uk.fpw.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import uk.fpw.warehouse.run.ExitCode;
import uk.fpw.warehouse.run.FpwException;

/** A folder that the demo fills, and that it may therefore delete: it bears the demo's mark. */
final class DemoFolder {

    private static final String MARK = ".made-by-fpw-demo";

    private DemoFolder() {}

    /** Makes the folder anew, empty but for its mark; one that somebody else has made is refused. */
    static void afresh(Path folder) {
        try {
            if (Files.exists(folder)) {
                if (!Files.exists(folder.resolve(MARK))) {
                    throw new FpwException(
                            ExitCode.CONFIGURATION,
                            folder + " is there and was not made by the demo; move it away, then run the demo again");
                }
                delete(folder);
            }
            Files.createDirectories(folder);
            Files.writeString(
                    folder.resolve(MARK), "The demo of fpw made this folder and deletes it when it runs again.\n");
        } catch (IOException failed) {
            throw new UncheckedIOException(folder + " could not be made afresh", failed);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
