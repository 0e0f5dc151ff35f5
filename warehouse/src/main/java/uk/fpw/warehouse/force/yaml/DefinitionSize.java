package uk.fpw.warehouse.force.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * Limits of a force folder: size of a file and of all files, nesting of fields, number of files in a folder. These
 * files are written by hand; anything larger is a mistake, or an attempt to exhaust memory.
 */
public final class DefinitionSize {

    /** A hundred times the largest file of the examples. */
    static final int MAX_BYTES = 1_000_000;

    /** The schemas allow five levels; the margin is for those that they reject with a message of their own. */
    static final int MAX_DEPTH = 20;

    static final int MAX_FILES = 500;

    /** Limit for all files read together; a thousand times those of the examples. */
    static final long MAX_TOTAL_BYTES = 64_000_000;

    private DefinitionSize() {}

    /** The content of a file. If it is too large, adds an error and returns null without reading further. */
    public static byte @Nullable [] read(Path file, String name, ConfigErrors errors) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                errors.add(
                        name,
                        String.format(Locale.ROOT, "has more than %,d bytes", MAX_BYTES),
                        "a definition is short: split it, and keep data in the folder of a connection");
                return null;
            }
            return bytes;
        }
    }

    /** Whether a text is nested too deeply; adds an error if so. Does not use recursion. */
    static boolean isTooDeep(String name, String text, LoadSettings settings, ConfigErrors errors) {
        int depth = 0;
        for (Event event : new Parse(settings).parseString(text)) {
            switch (event.getEventId()) {
                case MappingStart, SequenceStart -> depth++;
                case MappingEnd, SequenceEnd -> depth--;
                default -> {
                    // The node has no children.
                }
            }
            if (depth > MAX_DEPTH) {
                errors.add(
                        name,
                        event.getStartMark().map(Mark::getLine).orElse(-1) + 1,
                        "",
                        "is nested more than " + MAX_DEPTH + " levels deep",
                        "check the indentation and the brackets; no definition needs so many");
                return true;
            }
        }
        return false;
    }
}
