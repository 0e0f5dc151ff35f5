package uk.fpw.nightly.cli.option;

import java.util.concurrent.Callable;

/**
 * A command of {@code fpw} that another jar on the class path adds; {@link java.util.ServiceLoader} finds it. The
 * demonstration is one: it belongs to the source checkout, and an installation without its jar runs without it.
 */
public interface CommandProvider {

    /** The command: an object with picocli's annotations, whose result is the exit code. */
    Callable<Integer> command(CliContext context);
}
