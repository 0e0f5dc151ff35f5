package uk.fpw.nightly.cli.status;

import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.cli.option.RunNotices;
import uk.fpw.nightly.notify.TimeBound;
import uk.fpw.nightly.site.PagesRelease;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;

/**
 * Whether pages show the figures by a deadline, on a machine that may see nothing else of the warehouse.
 *
 * @param place folder or URL of the pages
 */
record PagesDeadline(String place, LocalTime time, CliContext context) {

    /** Longer than the requests of {@link PagesRelease}: a dead share never answers. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /**
     * Prints of which release the pages are and whether the deadline was missed, and tells that it was.
     *
     * @throws FpwException with {@code CONFIGURATION} if the place contains a user, and perhaps a password, since
     *     people are told the place; with {@code UNAVAILABLE} if the pages do not answer
     */
    ExitCode check() {
        if (place.matches("(?i)https?://[^/?#]*@.*")) {
            throw FpwException.configuration("--pages contains a user, which e-mails would repeat; remove it");
        }
        PagesRelease shown;
        try {
            shown = TimeBound.call(LONGEST, () -> PagesRelease.read(place));
        } catch (Exception failed) {
            new RunNotices(context).late(null, "The pages at " + place + " do not answer.");
            throw FpwException.unavailable(
                    "the pages at " + place + " do not answer: " + PagesRelease.shown(failed.toString())
                            + "; see whether the machine with the warehouse is running, and the share or web server",
                    failed);
        }
        context.out()
                .println(shown.force() + ": " + place + " shows release " + shown.releaseId() + ", data as at "
                        + shown.businessDate() + ", published at " + shown.releasedAt());
        String missed = Deadline.last(time, shown.zone(), context.clock())
                .missed(List.of(new Deadline.Published(shown.releaseId(), shown.businessDate(), shown.releasedAt())));
        if (missed == null) {
            return ExitCode.DONE;
        }
        context.err().println("fpw: " + missed);
        new RunNotices(context).lateAt(shown.force(), StatusCommand.sentence(missed), place);
        return ExitCode.NOT_RELEASED;
    }
}
