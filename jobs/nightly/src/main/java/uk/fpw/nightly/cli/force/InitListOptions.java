package uk.fpw.nightly.cli.force;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import uk.fpw.profile.ListOptions;

/** A list to start from, and what is said of its columns. */
final class InitListOptions {

    @Option(
            names = "--from",
            required = true,
            paramLabel = "LIST",
            description = "Start from this list of your own (a file that 'fpw profile' reads): one row per item, "
                    + "with the dates on which it came and left. It is copied into the folder.")
    @SuppressWarnings("NullAway.Init")
    Path list;

    @Option(
            names = "--entered",
            paramLabel = "COLUMN",
            description = "The date on which an item begins to wait. Default: by name and order.")
    private @Nullable String entered;

    @Option(
            names = "--left",
            paramLabel = "COLUMN",
            description = "A date on which it leaves; may be repeated, and the first date counts. Default: by name and "
                    + "order.")
    private List<String> left = List.of();

    @Option(
            names = "--item",
            paramLabel = "COLUMN",
            description = "What identifies an item. Default: the column that identifies the rows; without one, each "
                    + "row is an item.")
    private @Nullable String item;

    @Option(
            names = "--slice",
            paramLabel = "COLUMN",
            description = "A text with a short list of values by which figures are sliced; may be repeated. Default: "
                    + "up to three that do not seem to change.")
    private @Nullable List<String> slices;

    @Option(names = "--header", description = "The first line is the header, although it looks like a row of data.")
    boolean hasHeader;

    ListOptions columns() {
        return new ListOptions(entered, left, item, slices);
    }
}
