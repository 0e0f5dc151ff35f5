package uk.fpw.demo;

import java.util.concurrent.Callable;
import uk.fpw.nightly.CommandProvider;
import uk.fpw.nightly.Surroundings;

/** Adds {@code fpw demo}. */
public final class DemoCommandProvider implements CommandProvider {

    @Override
    public Callable<Integer> command(Surroundings surroundings) {
        return new DemoCommand(surroundings);
    }
}
