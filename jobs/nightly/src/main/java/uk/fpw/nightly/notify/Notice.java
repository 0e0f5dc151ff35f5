package uk.fpw.nightly.notify;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;
import uk.fpw.warehouse.failure.ExitCode;

/**
 * What somebody is told. It contains no count, no value of a slice, and no message of an error, which may quote data.
 *
 * @param event what happened; all that a webhook is told
 * @param subject one line
 * @param lines the text of an e-mail
 */
public record Notice(Event event, String subject, List<String> lines) {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.UK);

    /** A line break in a name must not begin another header, or another line. */
    public Notice {
        subject = oneLine(subject);
        lines = lines.stream().map(Notice::oneLine).toList();
    }

    /**
     * A release was published.
     *
     * @param force display name of the force
     * @param businessDate the last day of its figures
     * @param verdicts one line for each queue; empty if they are not known
     * @param exitCode how the run ended
     * @param link where the pages are; null if there are none
     */
    public static Notice released(
            String force,
            ReleaseId releaseId,
            LocalDate businessDate,
            List<String> verdicts,
            ExitCode exitCode,
            @Nullable String link) {
        List<String> lines = new ArrayList<>();
        lines.add("Release " + releaseId + " of " + force + " is out: figures at the end of " + DAY.format(businessDate)
                + ".");
        if (!verdicts.isEmpty()) {
            lines.add("");
            lines.add("Better or worse, by the measure that each queue declares:");
            verdicts.forEach(verdict -> lines.add("- " + verdict));
        }
        if (exitCode != ExitCode.DONE) {
            lines.add("");
            lines.add("Not all went well: " + exitCode.reason() + ". The operator finds details with fpw status.");
        }
        return new Notice(
                Event.released,
                force + ": figures of " + DAY.format(businessDate) + ", release " + releaseId,
                ending(lines, link));
    }

    /**
     * A run failed.
     *
     * @param force display name of the force; null if its folder cannot be read
     * @param businessDate its date; null if it had none yet, or several, of which some may be released
     * @param exitCode how it ended; null if that is not known
     */
    public static Notice failed(
            @Nullable String force,
            @Nullable LocalDate businessDate,
            @Nullable ExitCode exitCode,
            @Nullable String link) {
        String date = businessDate == null ? "" : " of " + DAY.format(businessDate);
        String reason = exitCode == null ? "" : ", because " + exitCode.reason();
        String readers = businessDate == null
                ? ". Readers see the latest release, if there is one."
                : (reason.isEmpty() ? "" : ",")
                        + " and published no release. Readers keep the one before, if there is one.";
        return new Notice(
                Event.failed,
                named(force) + ": the run" + date + " failed",
                ending(
                        List.of(
                                "The run" + date + " of " + named(force) + " failed" + reason + readers,
                                "",
                                "The operator finds the cause and what to do with fpw status."),
                        link));
    }

    /**
     * A deadline was missed.
     *
     * @param force display name of the force; null if it is not known
     * @param what what is missing or could not be found out, in a sentence
     */
    public static Notice late(@Nullable String force, String what, @Nullable String link) {
        return new Notice(
                Event.late,
                named(force) + ": the figures are late",
                ending(
                        List.of(
                                what,
                                "",
                                "The operator finds the state of the run with fpw status, on the machine that runs "
                                        + "it."),
                        link));
    }

    /** The same as a test, so that nobody who reads the e-mail takes it for more. */
    public Notice asTest() {
        List<String> test = new ArrayList<>(List.of("This is a test of fpw notify: nothing happened.", ""));
        test.addAll(lines);
        return new Notice(event, "Test: " + subject, test);
    }

    private static String named(@Nullable String force) {
        return force == null ? "Force Performance Warehouse" : force;
    }

    private static List<String> ending(List<String> lines, @Nullable String link) {
        List<String> all = new ArrayList<>(lines);
        if (link != null) {
            all.add("");
            all.add("The pages: " + link);
        }
        return all;
    }

    private static String oneLine(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]+", " ").strip();
    }
}
