package uk.fpw.nightly;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.warehouse.failure.FpwException;

/**
 * Listed here for the help only; the launcher sends {@code fpw query} to a separate program, which starts faster and
 * contains DuckDB.
 */
@Command(
        name = "query",
        description = "Queries a release with SQL: fpw query 'select * from mart.queue_monthly'. Results "
                + "as table, CSV, JSON or Parquet.")
final class QueryStubCommand implements Callable<Integer> {

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    private final CliContext context;

    QueryStubCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        throw FpwException.configuration(
                "'query' must be the first argument: " + context.launcher() + " query " + String.join(" ", arguments));
    }
}
