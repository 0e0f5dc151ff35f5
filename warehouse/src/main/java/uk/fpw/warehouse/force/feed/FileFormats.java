package uk.fpw.warehouse.force.feed;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import uk.fpw.warehouse.force.yaml.DefinitionFile;
import uk.fpw.warehouse.force.yaml.Suggestions;

/**
 * The file formats on the class path. A program that reads no files has none and does not check the formats of feeds.
 */
public final class FileFormats {

    private final SortedMap<String, FileFormat> byKind = new TreeMap<>();

    private FileFormats() {}

    /**
     * The formats on the class path.
     *
     * @throws IllegalStateException if two have the same kind
     */
    public static FileFormats find() {
        FileFormats found = new FileFormats();
        for (FileFormat format : ServiceLoader.load(FileFormat.class, FileFormat.class.getClassLoader())) {
            FileFormat other = found.byKind.put(format.kind(), format);
            if (other != null) {
                throw new IllegalStateException("format '" + format.kind() + "' is both "
                        + other.getClass().getName() + " and "
                        + format.getClass().getName());
            }
        }
        return found;
    }

    /** The formats by kind, in alphabetical order. */
    public SortedMap<String, FileFormat> byKind() {
        return Collections.unmodifiableSortedMap(byKind);
    }

    /** Checks the format of a feed. */
    void check(DefinitionFile feed) {
        if (byKind.isEmpty() || hasInvalidFormat(feed)) {
            return;
        }
        String kind = feed.filled().path("format").path("kind").asText();
        FileFormat format = byKind.get(kind);
        if (format == null) {
            feed.error(
                    "format.kind",
                    "'" + kind + "' is not one of " + String.join(", ", byKind.keySet()),
                    Suggestions.remedy(Suggestions.to(kind, byKind.keySet()), "use one of them"));
            return;
        }
        DefinitionFile options = feed.group("format");
        if (FormatOptions.schema(format).check(options).isValid()) {
            format.check(new FormatCheck(
                    feed, format.options(new Origin.Format(kind, FormatOptions.values(options.tree())))));
        }
    }

    /** Whether the schema has already reported an error in the format of the feed. */
    private static boolean hasInvalidFormat(DefinitionFile feed) {
        JsonNode format = feed.at("format");
        return feed.has("format")
                && (!format.isObject()
                        || (format.has("kind") && !format.path("kind").isTextual()));
    }
}
