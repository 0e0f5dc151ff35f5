package uk.fpw.nightly.acceptance;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Which process of a night is killed, and between which lines of the night's progress. */
enum KillPhase {
    /** Only in the first night: in others the audit is repeated without comparing releases, and passes. */
    AUDIT_COUNTS(Program.AUDIT, 500),
    PUBLISHED(Program.APPLICATION, 1500),
    SPARK_COMPUTES(Program.SPARK, 3000),
    LOADED(Program.APPLICATION, 3000),
    APPLICATION_WAITS_FOR_SPARK(Program.APPLICATION, 3000),
    APPLICATION_WAITS_FOR_AUDIT(Program.APPLICATION, 1000),
    TWO_FEEDS_ARE_LOADED(Program.APPLICATION, 400),
    /** In nights that make pages. */
    PAGES_ARE_MADE(Program.REPORT, 1500);

    /** After the computation it no longer matters which Spark process made the candidate. */
    private static final Set<KillPhase> WITHOUT_SPARK =
            EnumSet.of(PUBLISHED, APPLICATION_WAITS_FOR_AUDIT, AUDIT_COUNTS, PAGES_ARE_MADE);

    /** First words of progress lines of a night. */
    static final String LOADING = "loading feed";

    private static final String COMPUTING = "computing";

    private static final String AUDITING = "auditing";

    private static final String PUBLISHING = "comparing candidate";

    /** Text in the command line of a process of a night. */
    private static final class Program {
        private static final String APPLICATION = "";
        private static final String SPARK = "uk.fpw.metrics";
        private static final String AUDIT = "uk.fpw.audit";
        private static final String REPORT = "uk.fpw.report";
    }

    private final String program;
    private final int maxMillisAfterALine;

    KillPhase(String program, int maxMillisAfterALine) {
        this.program = program;
        this.maxMillisAfterALine = maxMillisAfterALine;
    }

    /** Text in the command line of the process to kill. */
    String program() {
        return program;
    }

    boolean isOfTheApplication() {
        return program.equals(Program.APPLICATION);
    }

    boolean isWithoutSpark() {
        return WITHOUT_SPARK.contains(this);
    }

    int maxMillisAfterALine() {
        return maxMillisAfterALine;
    }

    /** The progress lines after one of which the process is killed; "" is the start. */
    List<String> lines(List<String> said) {
        List<String> progress = KilledRun.words(said);
        int computing = indexOf(progress, COMPUTING);
        int auditing = indexOf(progress, AUDITING);
        int publishing = indexOf(progress, PUBLISHING);
        return switch (this) {
            case LOADED ->
                Stream.concat(Stream.of(""), progress.subList(0, computing).stream())
                        .toList();
            case SPARK_COMPUTES, APPLICATION_WAITS_FOR_SPARK -> beforeTables(progress, computing);
            case APPLICATION_WAITS_FOR_AUDIT, AUDIT_COUNTS -> progress.subList(auditing, publishing);
            case PUBLISHED, PAGES_ARE_MADE -> progress.subList(publishing, publishing + 1);
            case TWO_FEEDS_ARE_LOADED ->
                progress.stream().filter(line -> line.startsWith(LOADING)).toList();
        };
    }

    /**
     * The progress lines from that place until Spark names the first table: it names about forty at once shortly before
     * it ends, and a kill after most of them would be too late and waste the whole night.
     */
    private static List<String> beforeTables(List<String> progress, int from) {
        return progress.stream()
                .skip(from)
                .takeWhile(line -> !line.matches("metrics: (core|mart)[.].*"))
                .toList();
    }

    private static int indexOf(List<String> progress, String words) {
        for (int line = 0; line < progress.size(); line++) {
            if (progress.get(line).startsWith(words)) {
                return line;
            }
        }
        throw new AssertionError("the night's progress does not say '" + words + "': " + progress);
    }
}
