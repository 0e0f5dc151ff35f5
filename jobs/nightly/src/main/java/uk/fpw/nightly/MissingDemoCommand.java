package uk.fpw.nightly;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;
import uk.fpw.warehouse.failure.FpwException;

/** Placeholder where the demonstration is not installed; its message says where to find it. */
@Command(name = MissingDemoCommand.NAME, hidden = true)
final class MissingDemoCommand implements Callable<Integer> {

    static final String NAME = "demo";

    @Unmatched
    @SuppressWarnings(
            "UnusedVariable") // taken, so that the message is about the demonstration and not about its options
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() {
        throw FpwException.configuration(
                "the demonstration belongs to the source checkout and is not part of this installation; run ./fpw "
                        + "demo there");
    }
}
