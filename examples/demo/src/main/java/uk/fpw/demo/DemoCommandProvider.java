package uk.fpw.demo;

import java.util.concurrent.Callable;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.cli.option.CommandProvider;

/** Adds {@code fpw demo}. */
public final class DemoCommandProvider implements CommandProvider {

    @Override
    public Callable<Integer> command(CliContext context) {
        return new DemoCommand(context);
    }
}
