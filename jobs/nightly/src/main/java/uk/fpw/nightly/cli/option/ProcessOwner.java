package uk.fpw.nightly.cli.option;

import uk.fpw.process.ProcessAccount;
import uk.fpw.warehouse.failure.FpwException;

/** The account that this process runs under, for what has to be on record. */
public final class ProcessOwner {

    private ProcessOwner() {}

    /**
     * The name of the account, see {@link ProcessAccount#name}.
     *
     * @throws FpwException with {@code CONFIGURATION} if the system knows none
     */
    public static String name() {
        return ProcessAccount.name().orElseThrow(ProcessOwner::unknown);
    }

    /** The same, with the account that logged in if it is another one, such as {@code fpw (login uid 1001)}. */
    public static String nameWithLogin() {
        return ProcessAccount.nameWithLogin().orElseThrow(ProcessOwner::unknown);
    }

    private static FpwException unknown() {
        return FpwException.configuration(ProcessAccount.UNKNOWN);
    }
}
