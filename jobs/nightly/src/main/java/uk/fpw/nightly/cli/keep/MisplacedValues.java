package uk.fpw.nightly.cli.keep;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Values in place of a file that contains them; refused without being repeated. */
final class MisplacedValues {

    @Parameters(hidden = true, arity = "0..*")
    private List<String> values = List.of();

    /** Fails if there are any. */
    void refuse(CommandSpec command) {
        if (!values.isEmpty()) {
            throw new ParameterException(
                    command.commandLine(),
                    "there are arguments that belong to no option (not shown). Values and keys are never arguments, "
                            + "which others on this machine can see: write them to a file, one a line, or give - and "
                            + "type them");
        }
    }
}
