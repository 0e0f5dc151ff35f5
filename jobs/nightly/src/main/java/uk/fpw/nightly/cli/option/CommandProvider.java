package uk.fpw.nightly.cli.option;

import java.util.concurrent.Callable;

/**
 * Adds a command of {@code fpw} from another jar on the class path, which {@link java.util.ServiceLoader} finds. The
 * demonstration is one: it belongs to the source checkout, and an installation without its jar works without it.
 */
public interface CommandProvider {

    /** The command: an object with picocli's annotations, whose result is the exit code. */
    Callable<Integer> command(CliContext context);
}
