package uk.fpw.metrics.pass;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;

/** The force {@code standards} with its crosses of slices, and as it was before they were declared. */
final class Crosses {

    private static final Path STANDARDS =
            Path.of("src", "test", "resources", "standards").toAbsolutePath();

    private Crosses() {}

    static Force with() {
        return ForceFolder.read(STANDARDS);
    }

    /** @param copy where the folder is copied to */
    static Force without(Path copy) throws IOException {
        try (Stream<Path> files = Files.walk(STANDARDS)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = copy.resolve(STANDARDS.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.writeString(target, Files.readString(file).replaceAll("(?m)^cross: .*\\n", ""));
            }
        }
        return ForceFolder.read(copy);
    }
}
