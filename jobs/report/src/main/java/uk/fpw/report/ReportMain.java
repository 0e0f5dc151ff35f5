package uk.fpw.report;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import uk.fpw.layout.site.SiteRequest;
import uk.fpw.layout.site.SiteResult;
import uk.fpw.process.ParentWatchdog;
import uk.fpw.process.RunFiles;
import uk.fpw.query.QueryException;

/**
 * Makes the pages of a release: {@code ReportMain <request file> <result file>}, followed by {@code restricted} for the
 * pages of single cases, which are no part of the others. Ends normally once the result file is written, and
 * immediately if standard input closes, which means that the parent has died.
 */
public final class ReportMain {

    private static final String RESTRICTED = "restricted";
    private static final long MEGABYTE = 1 << 20;

    private ReportMain() {}

    /** Makes the pages of the request file and writes the result file. */
    public static void main(String[] arguments) {
        boolean isRestricted = arguments.length == 3 && arguments[2].equals(RESTRICTED);
        if (arguments.length != 2 && !isRestricted) {
            throw new IllegalArgumentException("usage: ReportMain REQUEST RESULT [" + RESTRICTED + "]");
        }
        ParentWatchdog.start(System.in);
        RunFiles.write(resultOf(Path.of(arguments[0]), isRestricted), Path.of(arguments[1]));
    }

    private static SiteResult resultOf(Path file, boolean isRestricted) {
        try {
            SiteRequest request = RunFiles.read(file, SiteRequest.class);
            return new SiteResult(isRestricted ? Site.writeRestricted(request) : Site.write(request), null);
        } catch (QueryException | UncheckedIOException failed) {
            return SiteResult.failed(String.valueOf(failed.getMessage()).replace('\n', ' '));
        } catch (OutOfMemoryError tooLittle) {
            return SiteResult.failed("its memory of "
                    + Runtime.getRuntime().maxMemory() / MEGABYTE
                    + " MB was not enough; give it more with FPW_PAGES_HEAP=2g");
        } catch (RuntimeException | LinkageError unexpected) {
            unexpected.printStackTrace();
            return SiteResult.failed("an unexpected error (probably a bug in this software): "
                    + unexpected.getClass().getSimpleName());
        }
    }
}
