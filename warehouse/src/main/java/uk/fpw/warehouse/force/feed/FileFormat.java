package uk.fpw.warehouse.force.feed;

import java.io.InputStream;

/**
 * A file format, such as {@code csv}: what {@code format} of a feed may say.
 * Implementations are found by {@link java.util.ServiceLoader}; implementations that also read such files are
 * connectors, see the package {@code uk.fpw.ingest.file}.
 *
 * <p>The options are described by a JSON Schema in the resource {@code /fpw/format/<kind>.schema.json} of the
 * implementation's module, with the defaults.
 */
public interface FileFormat {

    /** What {@code format.kind} of a feed says. */
    String kind();

    /** Checks of a feed beyond the structure of the options. */
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

    /** The options of a feed, with the schema's defaults for those that it does not give. */
    default FormatOptions options(Origin.Format format) {
        return FormatOptions.of(this, format.options());
    }
}
