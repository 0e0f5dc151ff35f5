package uk.fpw.ingest.file;

import java.util.Locale;
import uk.fpw.ingest.source.SourceRows;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.feed.FileFormat;
import uk.fpw.warehouse.force.feed.FormatCheck;

/**
 * Reads files of a format for the feeds that declare it. Found by {@link java.util.ServiceLoader} as a
 * {@link FileFormat}; the package documentation says how to add one.
 */
public interface FileConnector extends FileFormat {

    /** What row numbers mean in messages: a {@code line} of a text file, or a {@code row}. */
    default String numbering() {
        return "row";
    }

    /**
     * Opens a file after checking that it matches the feed. The caller has checked that it exists and is readable.
     *
     * @throws FpwException with {@code BAD_DATA} if its content does not match the feed, {@code UNAVAILABLE} if the
     *     storage failed
     */
    SourceRows open(FeedFile file);

    /**
     * Reports a feed whose files end in {@code .gz}, for a format with its own compression.
     *
     * @param because reason, such as {@code a workbook is already compressed}
     */
    static void refuseGzip(FormatCheck feed, String because) {
        String file = feed.file();
        if (file != null && file.toLowerCase(Locale.ROOT).endsWith(".gz")) {
            feed.report(
                    "file",
                    "'" + file + "' ends in .gz, but " + because + " and is read directly",
                    "ask the source to deliver it without gzip");
        }
    }
}
