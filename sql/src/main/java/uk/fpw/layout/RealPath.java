package uk.fpw.layout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Resolves paths so that they can be compared. */
public final class RealPath {

    private RealPath() {}

    /** The path with symbolic links resolved. Any trailing part that does not exist yet is kept as given. */
    public static Path of(Path path) {
        Path given = path.toAbsolutePath().normalize();
        Path existing = given;
        while (existing.getParent() != null && !Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
            existing = existing.getParent();
        }
        try {
            return existing.toRealPath().resolve(existing.relativize(given));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the path " + given + " cannot be resolved", unreadable);
        }
    }
}
