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
 * How large a file of a force folder may be, and all of them together, how deeply its fields may be nested, and how
 * many files a folder may hold.
 * People write these files; what is larger is a mistake, or made to exhaust the memory of whoever reads it.
 */
public final class DefinitionSize {

    /** The largest file of the examples has a hundredth of it. */
    static final int MAX_BYTES = 1_000_000;

    /** The schemas allow five levels; the rest is for what they reject with a message of their own. */
    static final int MAX_DEPTH = 20;

    static final int MAX_FILES = 500;

    /** All files of the folders that are read together; all of the examples have a thousandth of it. */
    static final long MAX_TOTAL_BYTES = 64_000_000;

    private DefinitionSize() {}

    /** The content of a file; null, with an error added, if it is too large. No more than that is read. */
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

    /** Whether a text is nested too deeply; then with an error added. It is read without recursion. */
    static boolean isTooDeep(String name, String text, LoadSettings settings, ConfigErrors errors) {
        int depth = 0;
        for (Event event : new Parse(settings).parseString(text)) {
            switch (event.getEventId()) {
                case MappingStart, SequenceStart -> depth++;
                case MappingEnd, SequenceEnd -> depth--;
                default -> {
                    // has no parts
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
