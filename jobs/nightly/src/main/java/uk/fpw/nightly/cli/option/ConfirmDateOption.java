package uk.fpw.nightly.cli.option;

import picocli.CommandLine.Option;

/** Confirms a business date far after the last known one. */
public final class ConfirmDateOption {

    @Option(
            names = "--confirm-date",
            description = {
                "Confirm a business date that is more days after the last known one than "
                        + "force.yml allows (confirm_date_after_days, default 7).",
                "The dates in between can no longer be loaded afterwards."
            })
    private boolean confirmed;

    /** Whether the date is confirmed. */
    public boolean isConfirmed() {
        return confirmed;
    }
}
