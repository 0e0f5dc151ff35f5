package uk.fpw.warehouse.force.feed;

import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.yaml.DefinitionFile;

/** A feed whose {@code format} is being checked by a {@link FileFormat}. */
public final class FormatCheck {

    private final DefinitionFile feed;
    private final FormatOptions options;

    FormatCheck(DefinitionFile feed, FormatOptions options) {
        this.feed = feed;
        this.options = options;
    }

    /** The options of the feed. */
    public FormatOptions options() {
        return options;
    }

    /** The value of {@code file} of the feed; null if absent. */
    public @Nullable String file() {
        return feed.text("file");
    }

    /**
     * Reports an error.
     *
     * @param field field of the feed, such as {@code format.encoding}
     * @param problem continues a sentence that starts with the field
     * @param remedy what to do about it
     */
    public void report(String field, String problem, String remedy) {
        feed.error(field, problem, remedy);
    }
}
