package uk.fpw.warehouse.force.feed;

import java.io.InputStream;

/**
 * A file format, such as {@code csv}, for {@code format} of a feed. Implementations are found by
 * {@link java.util.ServiceLoader}; those that also read files are connectors, see the package
 * {@code uk.fpw.ingest.file}.
 *
 * <p>The options and their defaults are described by a JSON Schema, the resource {@code /fpw/format/<kind>.schema.json}
 * of the implementation's module.
 */
public interface FileFormat {

    /** Value of {@code format.kind} of a feed. */
    String kind();

    /** Checks a feed beyond the structure of the options. */
    default void check(FormatCheck feed) {}

    /**
     * Opens the JSON Schema of the options.
     *
     * @throws IllegalStateException if there is none
     */
    default InputStream openSchema() {
        String resource = "/fpw/format/" + kind() + ".schema.json";
        InputStream schema = getClass().getResourceAsStream(resource);
        if (schema == null) {
            throw new IllegalStateException(
                    "format '" + kind() + "' of " + getClass().getName() + " has no " + resource);
        }
        return schema;
    }

    /** The options of a feed, including the schema's defaults. */
    default FormatOptions options(Origin.Format format) {
        return FormatOptions.of(this, format.options());
    }
}
