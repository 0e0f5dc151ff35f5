package uk.fpw.nightly.cli.keep;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import uk.fpw.nightly.cli.option.ProcessOwner;
import uk.fpw.nightly.cli.option.ReasonOption;
import uk.fpw.warehouse.store.ledger.Erasures;

/** Why rows are removed, for the record. */
final class RemovalCause {

    private static final int LONGEST_GROUND = 300;

    @Option(
            names = "--ground",
            paramLabel = "TEXT",
            description = "The legal ground, for the record. Up to 300 characters.")
    private @Nullable String ground;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "The reason, for the record. No personal data. Up to 1,000 characters.")
    private @Nullable String reason;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /** Whether any of it is given. */
    boolean isGiven() {
        return ground != null || reason != null;
    }

    /** Whether all of it is given. */
    boolean isWhole() {
        return ground != null && reason != null;
    }

    /** Whether a legal ground is given. */
    boolean hasGround() {
        return ground != null;
    }

    /** The reason, on one line; null if there is none. */
    @Nullable
    String reason() {
        return reason == null ? null : ReasonOption.oneLine(reason, spec);
    }

    /**
     * The record; both options are given.
     *
     * @param feed feed of the rows whose keys are given; null otherwise
     * @param now when it begins
     */
    Erasures.Cause cause(Erasures.Kind kind, @Nullable String feed, Instant now) {
        String legal = String.valueOf(ground).strip().replaceAll("\\s+", " ");
        if (legal.isEmpty() || legal.length() > LONGEST_GROUND) {
            throw new ParameterException(
                    spec.commandLine(), "--ground has " + legal.length() + " characters; give 1 to " + LONGEST_GROUND);
        }
        return new Erasures.Cause(
                kind,
                feed,
                legal,
                ReasonOption.oneLine(String.valueOf(reason), spec),
                ProcessOwner.nameWithLogin(),
                now);
    }
}
