package uk.fpw.nightly.cli.keep;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
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
import uk.fpw.ingest.ErasureInput;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.cli.option.ForceOption;
import uk.fpw.nightly.cli.option.LockOption;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.nightly.run.database.WarehouseOwnership;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.store.erasure.ErasureList;
import uk.fpw.warehouse.store.erasure.ListedErasure;
import uk.fpw.warehouse.store.identity.IdentityCheck;
import uk.fpw.warehouse.store.ledger.Erasures;
import uk.fpw.warehouse.store.ledger.Restrictions;
import uk.fpw.warehouse.store.ledger.feed.Tombstones;
import uk.fpw.warehouse.store.lock.WarehouseLock;
import uk.fpw.warehouse.store.rewrite.Erasing;

/** Implements {@code fpw erase}. */
@Command(
        name = "erase",
        description = {
            "Erases the rows about a person, a case, or with a key, from the whole warehouse: every version, in every "
                    + "table, stored and pinned release, and record; and keeps them out while their source still "
                    + "sends them. Aggregates of stored releases stay as they were released; the next run counts "
                    + "without the rows.",
            "What to erase is read from a file or, with - for its name, from standard input or without echo from the "
                    + "terminal: one value or key a line, as the source writes it; parts of a key are separated by "
                    + "tabs. It is never shown, logged or recorded.",
            "Without --confirm it only shows how much it would erase. Only a backup undoes it, and no earlier version "
                    + "can use the warehouse afterwards. It may be killed at any moment: before the switch nothing "
                    + "has changed, and after it fpw erase --finish deletes the rest.",
            "At its end, or alone with --search, it searches every byte of the warehouse and every row of its database "
                    + "for what was given, and names the places in which it is. Exit code 10 if there is one.",
            "Exit code 2 if there is nothing to erase, unless --confirm is given, which then only keeps it out."
        })
public final class EraseCommand implements Callable<Integer> {

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init")
    private ErasureSubject subject;

    @Mixin
    private final MisplacedValues misplaced = new MisplacedValues();

    @Option(names = "--feed", paramLabel = "FEED", description = "With --key-file: the feed of the rows.")
    private @Nullable String feed;

    @Option(names = "--confirm", description = "Erase; --ground, --reason and --until are then needed.")
    private boolean isConfirmed;

    @Mixin
    private final RemovalCause cause = new RemovalCause();

    @Option(
            names = "--until",
            paramLabel = "DATE",
            description = "The last business date on which the rows are kept out, while a source still sends them.")
    private @Nullable LocalDate until;

    @Option(
            names = "--search",
            description = "Only search, for a warehouse or a restored copy from which it should be gone. Changes "
                    + "nothing.")
    private boolean isSearch;

    @Option(
            names = "--also",
            paramLabel = "PATH",
            description = "With --search or --confirm: a file or folder that is searched as well, such as backups. May "
                    + "be repeated.")
    private List<String> also = List.of();

    @Mixin
    private final ForceOption force = new ForceOption();

    @Mixin
    private final LockOption lockOption = new LockOption();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private final CliContext context;

    /** Creates the command with the environment, clock and streams of a context. */
    public EraseCommand(CliContext context) {
        this.context = context;
    }

    /** What was given for the record, and until when rows are kept out. */
    private record Confirmed(Erasures.Cause cause, LocalDate until) {}

    @Override
    public Integer call() {
        misplaced.refuse(spec);
        Force read = force.read(context);
        RemovalSteps steps = new RemovalSteps(context, read);
        Confirmed confirmed = confirmed(read);
        Pseudonymiser.requireValid(context.environment());
        List<Path> places = also.stream()
                .map(place -> context.workingFolder().resolve(Path.of(place)))
                .toList();
        AbsenceSearch.requireThere(places);
        List<String> lines = subject.lines(context.workingFolder());
        if (!isSearch) {
            erase(read, steps, confirmed, lines);
        }
        if (isSearch || confirmed != null) {
            steps.search(subject, feed, lines, places, isSearch);
        }
        return ExitCode.DONE.code();
    }

    private void erase(Force read, RemovalSteps steps, @Nullable Confirmed confirmed, List<String> lines) {
        try (HikariDataSource dataSource = steps.open()) {
            IdentityCheck check = WarehouseOwnership.of(read, dataSource, context.environment());
            check.confirmForErasing();
            WarehouseDatabase.migrate(dataSource);
            if (subject.isListLost()) {
                recordLostList(read, dataSource);
                return;
            }
            String endedFeed = subject.endedFeed();
            if (endedFeed != null) {
                endTombstones(read, dataSource, endedFeed);
                return;
            }
            ErasureList list = list(steps);
            if (!subject.isFinish() && !subject.isAgain()) {
                check.requireErasures();
            }
            steps.run(dataSource, check, "erasure", lockOption.timeout(), list, locked -> {
                if (subject.isFinish()) {
                    line("Without its values nothing is searched: run fpw erase --search with them.");
                    return true;
                }
                if (subject.isAgain()) {
                    return again(steps, locked, check.missingErasures(), dataSource);
                }
                Pseudonymiser key = steps.key(locked.identity().keyFormat(), dataSource);
                ErasureInput input = subject.input(read, feed, key, lines);
                steps.requireNoRestriction(steps.keeping(dataSource, input, key));
                if (confirmed == null) {
                    preview(steps, locked.erasing().find(locked.identity(), input.rows()));
                } else {
                    erase(steps, locked, confirmed, input, key);
                }
                return confirmed != null;
            });
            if (subject.isAgain()) {
                allowQueries(read, check);
            }
        }
    }

    /** The list of erasures; null if none is kept. */
    private @Nullable ErasureList list(RemovalSteps steps) {
        if (subject.isFinish()) {
            return null; // it has the erasure
        }
        if (subject.isAgain() && ErasureList.fromEnvironment(context.environment()) == null) {
            throw FpwException.configuration("no list of erasures is kept here, so it is unknown what to erase again; "
                    + ErasureList.howToKeepOne());
        }
        return steps.list();
    }

    /** Returns whether rows were removed. */
    private boolean again(
            RemovalSteps steps, RemovalSteps.Locked locked, List<ListedErasure> missing, HikariDataSource dataSource) {
        if (missing.isEmpty()) {
            line("The warehouse has every listed erasure; nothing was done.");
            return false;
        }
        ErasingAgain again = ErasingAgain.of(
                missing,
                RecordedKey.fingerprint(dataSource),
                context.environment(),
                locked.identity().keyFormat());
        Erasing.Found found = isConfirmed
                ? locked.erasing().runAgain(locked.identity(), again.erasures(), again.key(), steps.audit())
                : locked.erasing().findAgain(locked.identity(), again.erasures());
        line((isConfirmed ? "Applied again: " : "To be applied again: ")
                + again.description()
                + (found.isEmpty() ? ". No row of them was found." : ":"));
        steps.print(found);
        if (!again.later().isEmpty()) {
            line("The erasures of " + ErasureList.days(again.later()) + " were made after the pseudonym key was "
                    + "replaced. Replace the keys of this warehouse next (fpw rekey --confirm, with both keys), then "
                    + "run fpw erase --again once more.");
        }
        if (!isConfirmed) {
            line("Nothing was changed; run it with --confirm. Without values nothing is searched afterwards.");
        }
        return isConfirmed;
    }

    /** Removes the mark at which programs stop that read files only. */
    private void allowQueries(Force read, IdentityCheck check) {
        if (!check.missingErasures().isEmpty()) {
            return;
        }
        Path mark = new WarehouseFolder(read.storage().warehouse()).missingErasures();
        try {
            Files.deleteIfExists(mark);
        } catch (IOException failed) {
            throw FpwException.unavailable(mark + " cannot be deleted; delete it, so that fpw query works", failed);
        }
    }

    private void recordLostList(Force read, HikariDataSource dataSource) {
        if (!isConfirmed) {
            line("Nothing was changed. If the list of erasures and all copies of it are lost, delete every backup made "
                    + "before the last erasure, then run it with --confirm.");
            return;
        }
        try (WarehouseLock lock = WarehouseLock.acquire(
                dataSource::getConnection, "list of erasures", read.zone(), lockOption.timeout(), held -> {})) {
            lock.check();
            new Erasures(dataSource).recordLostList();
        }
        line("The erasures of this warehouse are on no list any longer. A backup made before them is not recognised "
                + "when it is restored.");
    }

    private void endTombstones(Force read, HikariDataSource dataSource, String ended) {
        if (read.feeds().stream().anyMatch(one -> one.name().equals(ended))) {
            throw FpwException.configuration("feed '" + ended + "' is in the force folder: its erased rows would be "
                    + "loaded again. Nothing was changed");
        }
        new Restrictions(dataSource)
                .list().stream()
                        .filter(one ->
                                one.isStanding() && ended.equals(one.cause().feed()))
                        .findFirst()
                        .ifPresent(one -> {
                            throw FpwException.configuration("restriction " + one.id() + " keeps rows of feed '" + ended
                                    + "' out: end it first (fpw restrict --lift or --erase). Nothing was changed");
                        });
        if (!isConfirmed) {
            line("Nothing was changed. If '" + ended + "' is no longer loaded under any name, or its keys were erased "
                    + "under the new one, run it with --confirm.");
            return;
        }
        try (WarehouseLock lock = WarehouseLock.acquire(
                dataSource::getConnection, "tombstones", read.zone(), lockOption.timeout(), held -> {})) {
            lock.check();
            line("Deleted tombstones of feed '" + ended + "': " + new Tombstones(dataSource).end(ended) + ".");
        }
    }

    private void preview(RemovalSteps steps, Erasing.Found found) {
        if (found.isEmpty()) {
            throw FpwException.configuration("nothing was found: no row in the warehouse has such a value or key, as "
                    + "the source writes it. Nothing was changed; with --confirm it is kept out from now on");
        }
        line("To be erased:");
        steps.print(found);
        steps.printOthers();
        line("Nothing was changed. Make a backup (fpw backup FOLDER), then run it with --confirm, --ground, --reason "
                + "and --until.");
    }

    private void erase(
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
                                confirmed.until(),
                                key,
                                null),
                        steps.audit());
        if (found.isEmpty()) {
            line("Nothing was found. It is kept out until " + confirmed.until() + ".");
            return;
        }
        line("Erased:");
        steps.print(found);
        line("Rows that a source still sends are kept out until " + confirmed.until()
                + ". Released figures stay as they were; the next run counts without the rows.");
        steps.printDuties();
    }

    private @Nullable Confirmed confirmed(Force read) {
        if (subject.hasKeys() != (feed != null)) {
            throw wrong("--feed and --key-file go together");
        }
        if (isSearch && (isConfirmed || subject.isWithoutValues())) {
            throw wrong("--search changes nothing; give it with values or keys, without --confirm");
        }
        if (!also.isEmpty() && !isSearch && !isConfirmed) {
            throw wrong("--also is only allowed with --search or --confirm");
        }
        if (subject.isWithoutValues() || !isConfirmed) {
            if (cause.isGiven() || until != null) {
                throw wrong("--ground, --reason and --until are only allowed with --confirm and what to erase");
            }
            return null;
        }
        if (!cause.isWhole() || until == null) {
            throw wrong("--confirm needs --ground, --reason and --until: an erasure stays on record");
        }
        Instant now = context.clock().instant();
        if (until.isBefore(LocalDate.ofInstant(now, read.zone()))) {
            throw wrong("--until " + until + " is in the past; give the last date on which a source may still send the "
                    + "rows");
        }
        return new Confirmed(cause.cause(subject.kind(), feed, now), until);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private void line(String words) {
        context.out().println(words);
    }
}
