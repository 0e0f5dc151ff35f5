package uk.fpw.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import uk.fpw.layout.site.SiteRequest;
import uk.fpw.query.QueryException;

/**
 * Makes the pages of a release, {@code ReportMain <request file>}. Prints the number of pages; ends with exit code 1
 * after a line on standard error that says what prevented them.
 */
public final class ReportMain {

    private ReportMain() {}

    /** Makes the pages that the request file asks for. */
    public static void main(String[] arguments) {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("usage: ReportMain REQUEST");
        }
        try {
            System.out.println(Site.write(SiteRequest.read(Path.of(arguments[0]))));
        } catch (QueryException | IOException | UncheckedIOException failed) {
            System.err.println(String.valueOf(failed.getMessage()).replace('\n', ' ')); // whose last line is passed on
            System.exit(1);
        } catch (RuntimeException | LinkageError | OutOfMemoryError unexpected) {
            unexpected.printStackTrace();
            System.err.println("an unexpected error (probably a bug in this software): "
                    + unexpected.getClass().getSimpleName());
            System.exit(1);
        }
    }
}
