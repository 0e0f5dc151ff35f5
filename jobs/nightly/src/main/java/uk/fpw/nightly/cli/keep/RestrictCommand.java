package uk.fpw.nightly.cli.keep;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import uk.fpw.ingest.ErasureInput;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.cli.option.ForceOption;
import uk.fpw.nightly.cli.option.LockOption;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.nightly.run.database.WarehouseOwnership;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.store.identity.IdentityCheck;
import uk.fpw.warehouse.store.ledger.Erasures;
import uk.fpw.warehouse.store.ledger.feed.Tombstones;
import uk.fpw.warehouse.store.rewrite.Erasing;

/** Implements {@code fpw restrict}. */
@Command(
        name = "restrict",
        description = {
            "Restricts the processing of the rows about a person, a case, or with a key, instead of erasing them, "
                    + "where they must be kept as evidence. They leave the whole warehouse as by fpw erase, and are "
                    + "kept out while their source still sends them; but before, all their versions are written to "
                    + "a sealed (encrypted) file, which only --open reads.",
            "What to restrict is read from a file or, with - for its name, from standard input or without echo from "
                    + "the terminal: one value or key a line, as the source writes it; parts of a key are separated by "
                    + "tabs. It is never shown, logged or recorded.",
            "Without --confirm it only shows how much it would do. Figures no longer count the rows. It may be killed "
                    + "at any moment: before the switch nothing has changed, and after it fpw erase --finish deletes "
                    + "the rest. At its end it searches the whole warehouse for what was given. Exit code 10 if it is "
                    + "anywhere in clear.",
            "Exit code 2 if there is nothing to restrict, unless --confirm is given, which then only keeps it out."
        })
public final class RestrictCommand implements Callable<Integer> {

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init")
    private RestrictionSubject subject;

    @Mixin
    private final MisplacedValues misplaced = new MisplacedValues();

    @Option(names = "--feed", paramLabel = "FEED", description = "With --key-file: the feed of the rows.")
    private @Nullable String feed;

    @Option(names = "--confirm", description = "Do it. To restrict needs --ground, --reason and --review-on.")
    private boolean isConfirmed;

    @Mixin
    private final RemovalCause cause = new RemovalCause();

    @Option(
            names = "--review-on",
            paramLabel = "DATE",
            description = "When it is to be decided whether the rows must still be kept. fpw status reminds of it.")
    private @Nullable LocalDate reviewOn;

    @Option(
            names = "--until",
            paramLabel = "DATE",
            description = "With --erase: the last business date on which the rows are kept out, while a source still "
                    + "sends them.")
    private @Nullable LocalDate until;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "With --open: a file that does not exist yet; for its owner only.")
    private @Nullable Path output;

    @Mixin
    private final ForceOption force = new ForceOption();

    @Mixin
    private final LockOption lockOption = new LockOption();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private final CliContext context;

    /** Creates the command with the environment, clock and streams of a context. */
    public RestrictCommand(CliContext context) {
        this.context = context;
    }

    /** What was given for the record. */
    private record Confirmed(Erasures.Cause cause, LocalDate reviewOn) {}

    @Override
    public Integer call() {
        misplaced.refuse(spec);
        refuseWrongOptions();
        Force read = force.read(context);
        RemovalSteps steps = new RemovalSteps(context, read);
        Confirmed confirmed = confirmed(read);
        Pseudonymiser.requireValid(context.environment());
        List<String> lines = subject.lines(context.workingFolder());
        try (HikariDataSource dataSource = steps.open()) {
            IdentityCheck check = WarehouseOwnership.of(read, dataSource, context.environment());
            check.confirmForErasing();
            WarehouseDatabase.migrate(dataSource);
            check.requireErasures();
            if (!subject.isNew()) {
                existing(read, steps, dataSource, check);
                return ExitCode.DONE.code();
            }
            steps.run(dataSource, check, "restriction", lockOption.timeout(), steps.list(), locked -> {
                Pseudonymiser key = steps.key(locked.identity().keyFormat(), dataSource);
                ErasureInput input = subject.input(read, feed, key, lines);
                Set<Tombstones.Keeping> keeping = steps.keeping(dataSource, input, key);
                steps.requireNoRestriction(keeping);
                steps.requireNotErased(keeping);
                if (confirmed == null) {
                    preview(steps, locked.erasing().find(locked.identity(), input.rows()));
                } else {
                    restrict(steps, locked, confirmed, input, key);
                }
                return confirmed != null;
            });
        }
        if (confirmed != null) {
            steps.search(subject, feed, lines, List.of(), false);
        }
        return ExitCode.DONE.code();
    }

    private void preview(RemovalSteps steps, Erasing.Found found) {
        if (found.isEmpty()) {
            throw FpwException.configuration("nothing was found: no row in the warehouse has such a value or key, as "
                    + "the source writes it. Nothing was changed; with --confirm it is kept out from now on");
        }
        line("To be restricted: taken out of the warehouse, the versions in raw into a sealed file:");
        steps.print(found);
        steps.printOthers();
        line("Nothing was changed. Make a backup (fpw backup FOLDER), then run it with --confirm, --ground, --reason "
                + "and --review-on.");
    }

    private void restrict(
            RemovalSteps steps,
            RemovalSteps.Locked locked,
            Confirmed confirmed,
            ErasureInput input,
            Pseudonymiser key) {
        Erasing.Found found = locked.erasing()
                .run(
                        locked.identity(),
                        new Erasing.Request(
                                confirmed.cause(),
                                input.rows(),
                                input.words(),
                                input.tombstones(),
                                Tombstones.NO_END,
                                key,
                                confirmed.reviewOn()),
                        steps.audit());
        line(
                found.isEmpty()
                        ? "Nothing was found. It is kept out until the restriction is lifted."
                        : "Restricted, the versions in raw in a sealed file:");
        if (!found.isEmpty()) {
            steps.print(found);
            line("Rows that a source still sends are kept out until the restriction is lifted. Released figures stay "
                    + "as they were; the next run counts without the rows.");
            steps.printDuties();
        }
    }

    /** What is done with restrictions that there are. */
    private void existing(Force read, RemovalSteps steps, HikariDataSource dataSource, IdentityCheck check) {
        ExistingRestrictions restrictions = new ExistingRestrictions(context, read, dataSource);
        String opened = subject.opened();
        String reason = cause.reason();
        if (opened != null && reason != null && output != null) {
            check.compare(false);
            restrictions.open(opened, context.workingFolder().resolve(output), reason, steps);
        } else if (reason != null) {
            steps.run(dataSource, check, "end of a restriction", lockOption.timeout(), steps.list(), locked -> {
                String lifted = subject.lifted();
                if (lifted != null) {
                    restrictions.lift(lifted, reason);
                } else {
                    restrictions.erase(String.valueOf(subject.erased()), reason, until);
                }
                return false;
            });
        } else {
            restrictions.print();
        }
    }

    private void refuseWrongOptions() {
        boolean ends = subject.lifted() != null || subject.erased() != null;
        if (subject.hasKeys() != (feed != null)) {
            throw wrong("--feed and --key-file go together");
        }
        if ((output != null) != (subject.opened() != null)) {
            throw wrong("--open and --output go together");
        }
        if (until != null && subject.erased() == null) {
            throw wrong("--until is only allowed with --erase: a restriction stands until it is lifted");
        }
        if (!subject.isNew() && (reviewOn != null || cause.hasGround())) {
            throw wrong("--ground and --review-on are only allowed with what to restrict");
        }
        if (subject.isList() && (isConfirmed || cause.isGiven())) {
            throw wrong("--list changes nothing and needs no reason");
        }
        if (subject.opened() != null && (isConfirmed || !cause.isGiven())) {
            throw wrong("--open needs --reason, which stays on record, and no --confirm");
        }
        if (ends && !(isConfirmed && cause.isGiven())) {
            throw wrong("--lift and --erase need --confirm and --reason, which stays on record. Nothing was changed");
        }
    }

    private @Nullable Confirmed confirmed(Force read) {
        if (!subject.isNew()) {
            return null;
        }
        if (!isConfirmed) {
            if (cause.isGiven() || reviewOn != null) {
                throw wrong("--ground, --reason and --review-on are only allowed with --confirm");
            }
            return null;
        }
        if (!cause.isWhole() || reviewOn == null) {
            throw wrong("--confirm needs --ground, --reason and --review-on: a restriction stays on record");
        }
        Instant now = context.clock().instant();
        if (!reviewOn.isAfter(LocalDate.ofInstant(now, read.zone()))) {
            throw wrong("--review-on " + reviewOn + " is not in the future; give the date on which it is to be decided "
                    + "whether the rows must still be kept");
        }
        return new Confirmed(cause.cause(subject.kind(), feed, now), reviewOn);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private void line(String words) {
        context.out().println(words);
    }
}
