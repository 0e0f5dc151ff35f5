package uk.fpw.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Source of the model files. */
@FunctionalInterface
interface ModelFiles {

    /** Text of a file below {@code fpw/}, such as {@code mart/queue_daily.yml}; empty if there is none. */
    Optional<String> text(String path);

    /** The files of this module. */
    static ModelFiles own() {
        return path -> {
            try (InputStream in = ModelFiles.class.getResourceAsStream("/fpw/" + path)) {
                return in == null
                        ? Optional.empty()
                        : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        };
    }
}
