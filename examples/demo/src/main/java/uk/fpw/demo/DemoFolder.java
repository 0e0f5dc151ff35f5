package uk.fpw.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import uk.fpw.warehouse.failure.FpwException;

/** A folder that the demo fills and may delete, recognised by the demo's marker file. */
final class DemoFolder {

    private static final String MARK = ".made-by-fpw-demo";

    private DemoFolder() {}

    /** Recreates the folder, empty except for its marker file; a folder not created by the demo is rejected. */
    static void recreate(Path folder) {
        try {
            if (Files.exists(folder)) {
                if (!Files.exists(folder.resolve(MARK))) {
                    throw FpwException.configuration(
                            folder + " already exists and was not created by the demo; move it away, then run the demo "
                                    + "again");
                }
                delete(folder);
            }
            Files.createDirectories(folder);
            Files.writeString(
                    folder.resolve(MARK), "The demo of fpw created this folder and deletes it when it runs again.\n");
        } catch (IOException failed) {
            throw new UncheckedIOException(folder + " could not be recreated", failed);
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
