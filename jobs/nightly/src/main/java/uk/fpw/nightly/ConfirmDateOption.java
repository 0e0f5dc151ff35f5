package uk.fpw.nightly;

import picocli.CommandLine.Option;

/** Whether a date far after the last known one is meant. */
final class ConfirmDateOption {

    @Option(
            names = "--confirm-date",
            description = {
                "The business date is right, although it is more days after the last known one than force.yml "
                        + "allows (confirm_date_after_days, 7 unless set).",
                "The dates between can no longer be loaded afterwards."
            })
    private boolean confirmed;

    boolean isConfirmed() {
        return confirmed;
    }
}
