package uk.fpw.nightly.cli.keep;

import com.zaxxer.hikari.HikariDataSource;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uk.fpw.nightly.cli.option.BusinessDate;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.cli.option.ForceOption;
import uk.fpw.nightly.cli.option.ProcessOwner;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.nightly.run.database.WarehouseOwnership;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.store.ledger.Acceptances;
import uk.fpw.warehouse.store.limit.AcceptanceRequest;

/** Implements {@code fpw accept}. */
@Command(
        name = "accept",
        description = {
            "Accepts that a limit of a feed or queue is exceeded on one business date, for a change that is unusual "
                    + "but correct.",
            "The acceptance is recorded with its reason, used by any process that runs that date, and shown in the "
                    + "release. For a feed it applies to one load of the date, for a queue to every run of the date.",
            "The error message of a run stopped by a limit contains the command to copy."
        })
public final class AcceptCommand implements Callable<Integer> {

    @Parameters(
            arity = "1..*",
            paramLabel = "SUBJECT:LIMIT",
            description = "Feed or queue and its limit, such as requests:deleted.")
    @SuppressWarnings("NullAway.Init")
    private List<String> names;

    @Option(
            names = {"-d", "--date"},
            paramLabel = "D",
            required = true,
            converter = BusinessDate.Converter.class,
            description = "The business date for which it is accepted, like 2016-01-12. It may be in the future.")
    @SuppressWarnings("NullAway.Init")
    private LocalDate date;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            required = true,
            description = "Why the change is correct, in one line. Readers of the release see it.")
    @SuppressWarnings("NullAway.Init")
    private String reason;

    @Mixin
    private final ForceOption force = new ForceOption();

    private final CliContext context;

    /** Creates the command with the environment, clock and streams of a context. */
    public AcceptCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Force read = force.read(context);
        List<AcceptanceRequest> requests = names.stream()
                .map(name -> AcceptanceRequest.of(read, name, reason, ProcessOwner.name()))
                .toList();
        String password = WarehouseDatabase.password(read.storage(), context.environment());
        try (HikariDataSource dataSource = WarehouseDatabase.openExisting(read.storage(), password)) {
            WarehouseOwnership.of(read, dataSource, context.environment()).compare(false);
            Acceptances acceptances = new Acceptances(dataSource, context.clock());
            for (AcceptanceRequest request : requests) {
                record(acceptances, request);
            }
        }
        return 0;
    }

    private void record(Acceptances acceptances, AcceptanceRequest request) {
        Acceptances.Recorded recorded =
                acceptances.recorded(request.subject(), request.limit(), date, request.reason(), request.recordedBy());
        String held = recorded.acceptance().describe();
        context.out()
                .println(recorded.isNew() ? "Accepted: " + held : "Accepted before: " + held + "; nothing was changed");
    }
}
