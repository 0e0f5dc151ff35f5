package uk.fpw.nightly.cli.look;

import com.zaxxer.hikari.HikariDataSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import uk.fpw.ingest.source.DisplayText;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.cli.option.ForceOption;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.nightly.run.database.WarehouseOwnership;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.store.ledger.ItemLooks;

/** Implements {@code fpw looks}. */
@Command(
        name = "looks",
        description = "Shows who looked at the items behind a count (fpw items), when and why; the latest first.")
public final class LooksCommand implements Callable<Integer> {

    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    @Option(
            names = "--latest",
            paramLabel = "N",
            defaultValue = "100",
            description = "How many to show. Default: ${DEFAULT-VALUE}.")
    private int latest;

    @Mixin
    private final ForceOption force = new ForceOption();

    private final CliContext context;

    /** Creates the command with the environment, clock and streams of a context. */
    public LooksCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Force.Identity read = force.readIdentity(context);
        String password = WarehouseDatabase.password(read.storage(), context.environment());
        try (HikariDataSource dataSource = WarehouseDatabase.openExisting(read.storage(), password)) {
            WarehouseOwnership.warn(read, force.find(context), dataSource, context.err());
            List<ItemLooks.Look> found = new ItemLooks(dataSource).latest(Math.max(1, latest));
            if (found.isEmpty()) {
                context.out().println("no look at items is recorded");
            }
            found.forEach(this::print);
        }
        return 0;
    }

    private void print(ItemLooks.Look look) {
        context.out()
                .println(String.format(
                        Locale.ROOT,
                        "%s UTC  %s  %s, release %s%s: %s",
                        SECOND.format(look.at()),
                        DisplayText.text(look.by()),
                        ItemsCommand.describe(look.cell()),
                        look.releaseId(),
                        look.comparedWith() == null ? "" : " compared with " + look.comparedWith(),
                        Plural.grouped(look.rowCount(), "item")));
        context.out().println("    " + DisplayText.whole(look.reason()));
    }
}
