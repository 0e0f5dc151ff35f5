package uk.fpw.report;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import uk.fpw.layout.site.SiteRequest;
import uk.fpw.layout.site.SiteResult;
import uk.fpw.process.ParentWatchdog;
import uk.fpw.process.RunFiles;
import uk.fpw.query.QueryException;

/**
 * Makes the pages of a release: {@code ReportMain <request file> <result file>}. Ends normally once the result file is
 * written, and immediately if standard input closes, which means that the parent has died.
 */
public final class ReportMain {

    private ReportMain() {}

    /** Makes the pages of the request file and writes the result file. */
    public static void main(String[] arguments) {
        if (arguments.length != 2) {
            throw new IllegalArgumentException("usage: ReportMain REQUEST RESULT");
        }
        ParentWatchdog.start(System.in);
        RunFiles.write(resultOf(Path.of(arguments[0])), Path.of(arguments[1]));
    }

    private static SiteResult resultOf(Path request) {
        try {
            return new SiteResult(Site.write(RunFiles.read(request, SiteRequest.class)), null);
        } catch (QueryException | UncheckedIOException failed) {
            return SiteResult.failed(String.valueOf(failed.getMessage()).replace('\n', ' '));
        } catch (RuntimeException | LinkageError | OutOfMemoryError unexpected) {
            unexpected.printStackTrace();
            return SiteResult.failed("an unexpected error (probably a bug in this software): "
                    + unexpected.getClass().getSimpleName());
        }
    }
}
