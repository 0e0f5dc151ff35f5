package uk.fpw.nightly.cli.option;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The reason for an action that stays on record. */
public final class ReasonOption {

    private static final int LONGEST = 1000;

    @Option(
            names = "--reason",
            required = true,
            paramLabel = "TEXT",
            description = "The reason, for the record. Analysts can read it: no personal data. Up to 1,000 characters.")
    @SuppressWarnings("NullAway.Init")
    private String reason;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /** The reason, on one line. */
    public String text() {
        return oneLine(reason, spec);
    }

    /**
     * A reason on one line.
     *
     * @throws ParameterException if it is empty or too long
     */
    public static String oneLine(String reason, CommandSpec command) {
        String text = reason.strip().replaceAll("\\s+", " ");
        if (text.isEmpty() || text.length() > LONGEST) {
            throw new ParameterException(
                    command.commandLine(),
                    "--reason has " + text.length() + " characters; give a reason of 1 to 1,000 characters");
        }
        return text;
    }
}
