package uk.fpw.nightly.cli.option;

import picocli.CommandLine.Option;

/** Whether a command prints for a person or for a program. */
public final class FormatOption {

    private enum Format {
        table,
        json
    }

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "${COMPLETION-CANDIDATES}. json is for programs, by the schema in share/schemas/output. "
                    + "Default: table.")
    private Format format = Format.table;

    /** Whether only JSON may be printed to standard output. */
    public boolean isJson() {
        return format == Format.json;
    }
}
