package uk.fpw.nightly.cli.keep;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.cli.option.ForceOption;
import uk.fpw.nightly.cli.option.LockOption;
import uk.fpw.nightly.cli.option.ProcessOwner;
import uk.fpw.nightly.cli.option.ReasonOption;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.nightly.run.database.WarehouseOwnership;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.store.identity.IdentityCheck;
import uk.fpw.warehouse.store.ledger.Restrictions;
import uk.fpw.warehouse.store.rewrite.Erasing;
import uk.fpw.warehouse.store.rewrite.Retaining;

/** Implements {@code fpw retain}. */
@Command(
        name = "retain",
        description = {
            "Removes the rows whose time is over (retain in the files of feeds) from the whole warehouse, by the date "
                    + "of the current release: every version, in every table, stored and pinned release. Rows that "
                    + "the source still sends are kept out from then on, as long as they were closed before that "
                    + "time.",
            "No published period changes: the counts of periods that can no longer be computed are kept as they were "
                    + "released, and marked as frozen. Cohorts and curves of removed items leave whole. An item that "
                    + "still waits, or that is held, stays.",
            "Without --confirm it only shows how much it would remove. Only a backup undoes it, and no earlier version "
                    + "can use the warehouse afterwards. It may be killed at any moment: before the switch nothing "
                    + "has changed, and after it fpw retain --finish deletes the rest.",
            "With --hold, --release and --list: rows that are not removed although their time is over. Keys are read "
                    + "from a file or, with - for its name, from standard input or without echo from the terminal: "
                    + "one a line, as the source writes it. They are never shown or logged."
        })
public final class RetainCommand implements Callable<Integer> {

    @ArgGroup
    private @Nullable Other other;

    /** Something else than a removal. */
    static final class Other {

        @Option(
                names = "--finish",
                description =
                        "Finish a removal that was interrupted, and compact the database; nothing else is " + "needed.")
        private boolean isFinish;

        @Option(
                names = "--hold",
                description = "Hold rows of a feed until --release: with --feed, --key-file, --reason and --review-on.")
        private boolean isHold;

        @Option(names = "--release", description = "End the hold of rows of a feed: with --feed and --key-file.")
        private boolean isRelease;

        @Option(names = "--list", description = "List the holds, without keys.")
        private boolean isList;
    }

    @Mixin
    private final MisplacedValues misplaced = new MisplacedValues();

    @Option(names = "--confirm", description = "Remove; --reason is then needed.")
    private boolean isConfirmed;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "The reason, for the record. No personal data. Up to 1,000 characters.")
    private @Nullable String reason;

    @Option(names = "--feed", paramLabel = "FEED", description = "The feed of rows that are held or released.")
    private @Nullable String feed;

    @Option(names = "--key-file", paramLabel = "FILE", description = "Keys of rows of the feed.")
    private @Nullable String keyFile;

    @Option(
            names = "--review-on",
            paramLabel = "DATE",
            description = "The day from which on fpw status asks whether the hold is still needed.")
    private @Nullable LocalDate reviewOn;

    @Mixin
    private final ForceOption force = new ForceOption();

    @Mixin
    private final LockOption lockOption = new LockOption();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private final CliContext context;

    /** Creates the command with the environment, clock and streams of a context. */
    public RetainCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        misplaced.refuse(spec);
        String why = checkedReason();
        Force read = force.read(context);
        RemovalSteps steps = new RemovalSteps(context, read);
        try (HikariDataSource dataSource = steps.open()) {
            IdentityCheck check = WarehouseOwnership.of(read, dataSource, context.environment());
            check.confirmForErasing();
            check.requireErasures();
            WarehouseDatabase.migrate(dataSource);
            Other chosen = other;
            if (chosen != null && !chosen.isFinish) {
                holds(read, steps, dataSource, check, chosen, why);
            } else {
                steps.run(
                        dataSource,
                        check,
                        "retention",
                        lockOption.timeout(),
                        null,
                        locked -> chosen != null || remove(read, steps, dataSource, locked, why));
            }
        }
        return ExitCode.DONE.code();
    }

    /** Whether anything was removed. */
    private boolean remove(
            Force read,
            RemovalSteps steps,
            HikariDataSource dataSource,
            RemovalSteps.Locked locked,
            @Nullable String why) {
        Retaining retaining =
                new Retaining(dataSource, locked.catalog(), read, locked.lock(), context.clock(), this::line);
        Retaining.Plan plan = retaining.plan();
        if (plan == null) {
            line("There is no release yet, so nothing is removed.");
            return false;
        }
        if (read.feeds().stream().allMatch(one -> one.retain() == null)) {
            line("No feed has 'retain', so all rows stay for ever.");
            return false;
        }
        RetentionReport report = new RetentionReport(plan, this::line);
        long sealed = new Restrictions(dataSource)
                .list().stream().filter(one -> one.erased() == null).count();
        if (sealed > 0) {
            line("Not removed, whatever their time: what the sealed files of " + Plural.of(sealed, "restriction")
                    + " contain (fpw restrict --list; fpw restrict --erase).");
        }
        if (plan.isEmpty()) {
            report.printRules();
            line("Nothing is to be removed; nothing was changed.");
            return false;
        }
        if (why == null) {
            line("To be removed, by release " + plan.release().releaseId() + ":");
            report.printRules();
            steps.print(retaining.find(locked.identity(), plan));
            report.printFrozen();
            line("Deleted as well: pages of single cases (restricted), temporary rows (scratch) and files that no "
                    + "table refers to (orphans).");
            line("Nothing was changed. Make a backup (fpw backup FOLDER), then run it with --confirm and --reason.");
            return false;
        }
        Instant now = context.clock().instant();
        Erasing.Found removed =
                retaining.run(locked.identity(), plan, why, ProcessOwner.nameWithLogin(), now, steps.audit());
        line("Removed:");
        report.printRules();
        steps.print(removed);
        report.printFrozen();
        line("Left to you: earlier backups; and files that people saved (fpw query, fpw rejections, copies of pages).");
        return true;
    }

    private void holds(
            Force read,
            RemovalSteps steps,
            HikariDataSource dataSource,
            IdentityCheck check,
            Other chosen,
            @Nullable String why) {
        RowHolds holds = new RowHolds(dataSource, read, this::line);
        if (chosen.isList) {
            holds.print();
            return;
        }
        String named = feed;
        String file = keyFile;
        if (named == null || file == null) {
            throw wrong("--hold and --release need --feed and --key-file");
        }
        List<String> lines = RemovalSubject.lines(context.workingFolder(), file);
        steps.run(dataSource, check, "hold", lockOption.timeout(), null, locked -> {
            RowHolds.Rows rows = holds.rows(named, lines, locked.identity().keyFormat(), steps, context.environment());
            if (chosen.isRelease) {
                holds.end(rows);
            } else if (why != null && reviewOn != null) {
                Instant now = context.clock().instant();
                holds.add(locked.catalog(), locked.lock(), rows, why, ProcessOwner.nameWithLogin(), now, reviewOn);
            }
            return false;
        });
    }

    /** The reason; null if none is needed. */
    private @Nullable String checkedReason() {
        Other chosen = other;
        boolean isHold = chosen != null && chosen.isHold;
        List<String> wrong = new ArrayList<>();
        if (chosen != null && isConfirmed) {
            wrong.add("--confirm is for a removal alone");
        }
        if ((reason != null) != (isConfirmed || isHold)) {
            wrong.add("--reason is needed with --confirm and --hold, and only allowed with them: they stay on record");
        }
        if ((reviewOn != null) != isHold) {
            wrong.add("--review-on is needed with --hold, and only allowed with it");
        }
        if ((feed != null || keyFile != null) && (chosen == null || chosen.isFinish || chosen.isList)) {
            wrong.add("--feed and --key-file are only allowed with --hold and --release");
        }
        if (!wrong.isEmpty()) {
            throw wrong(String.join("; ", wrong));
        }
        return reason == null ? null : ReasonOption.oneLine(reason, spec);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private void line(String words) {
        context.out().println(words);
    }
}
