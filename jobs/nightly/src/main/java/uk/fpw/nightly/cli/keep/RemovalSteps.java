package uk.fpw.nightly.cli.keep;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.ErasureInput;
import uk.fpw.layout.KeyFormat;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.WarehouseIdentity;
import uk.fpw.nightly.cli.look.VerifyCommand;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.nightly.run.database.WarehouseOwnership;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.message.AuditRequest;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.store.absence.DatabaseCompaction;
import uk.fpw.warehouse.store.absence.FileSearch;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.erasure.ErasureList;
import uk.fpw.warehouse.store.identity.IdentityCheck;
import uk.fpw.warehouse.store.identity.ObjectStoreLimit;
import uk.fpw.warehouse.store.ledger.Erasures;
import uk.fpw.warehouse.store.ledger.feed.Tombstones;
import uk.fpw.warehouse.store.lock.WarehouseLock;
import uk.fpw.warehouse.store.rewrite.Erasing;
import uk.fpw.warehouse.store.rewrite.ReleaseAudit;

/** What the commands that remove rows ({@code fpw erase}, {@code fpw restrict}, {@code fpw retain}) have in common. */
final class RemovalSteps {

    private final CliContext context;
    private final Force force;
    private final String password;

    /** Refuses a warehouse from which rows cannot be removed. */
    RemovalSteps(CliContext context, Force force) {
        ObjectStoreLimit.ERASE.refuse(force.storage().tables());
        this.context = context;
        this.force = force;
        this.password = WarehouseDatabase.password(force.storage(), context.environment());
    }

    /** Opens the database of the warehouse. */
    HikariDataSource open() {
        return WarehouseDatabase.openExisting(force.storage(), password, 4);
    }

    /**
     * A locked warehouse, in which no removal is unfinished.
     *
     * @param erasing what removes rows
     */
    record Locked(WarehouseCatalog catalog, WarehouseLock lock, Erasing erasing, WarehouseIdentity identity) {}

    /** What is done with the warehouse, under its lock. */
    @FunctionalInterface
    interface Work {
        /**
         * Does it.
         *
         * @return whether rows were removed, so that the database is to be compacted
         */
        boolean with(Locked locked);
    }

    /**
     * Locks the warehouse, finishes an interrupted removal, does the work, and compacts the database if rows were
     * removed.
     *
     * @param what what it is, for those who wait for the lock
     */
    void run(
            HikariDataSource dataSource,
            IdentityCheck check,
            String what,
            Duration timeout,
            @Nullable ErasureList list,
            Work work) {
        boolean isChanged;
        try (WarehouseLock lock =
                        WarehouseLock.acquire(dataSource::getConnection, what, force.zone(), timeout, held -> {});
                WarehouseCatalog catalog = WarehouseCatalog.open(force.storage(), password)) {
            WarehouseIdentity identity = check.confirmForErasing();
            Erasing erasing = new Erasing(dataSource, catalog, force, lock, context.clock(), this::line, list);
            boolean wasUnfinished = erasing.finish(identity);
            if (wasUnfinished) {
                line("The files of the interrupted erasure are deleted.");
            }
            isChanged = work.with(new Locked(catalog, lock, erasing, identity)) || wasUnfinished;
        }
        if (isChanged) {
            compact(dataSource);
            new Erasures(dataSource).finish(context.clock().instant());
        }
    }

    /** Deleted rows remain in the files of the database until it is compacted. */
    void compact(HikariDataSource dataSource) {
        List<DatabaseCompaction.Duty> duties = WarehouseDatabase.compact(
                force.storage(), dataSource, Erasing.tablesOfDatabase(), Erasing.keysOfDatabase());
        line("The database was compacted.");
        duties.forEach(duty -> line("Left to you: " + duty.what() + ": " + duty.command()));
    }

    /** Audits a stored release of which tables were rewritten. */
    ReleaseAudit audit() {
        return (release, tables) ->
                VerifyCommand.audit(context, release, tables, force.storage().warehouse(), AuditRequest.NO_SERIES);
    }

    /** The pseudonym key of the warehouse, in a format. */
    Pseudonymiser key(KeyFormat format, HikariDataSource dataSource) {
        Pseudonymiser key = Pseudonymiser.fromEnvironment(context.environment(), format);
        String recorded = RecordedKey.fingerprint(dataSource);
        if (key.fingerprint() == null || RecordedKey.isOther(recorded, key.fingerprint())) {
            throw FpwException.configuration("the pseudonym key (FPW_PSEUDONYM_KEY or its file) "
                    + (key.fingerprint() == null
                            ? "is missing"
                            : "is not that of the last load (fingerprint " + recorded + ")")
                    + "; without it nothing can be found or kept out. Nothing was changed");
        }
        return key;
    }

    /** What keeps out any of what is given. */
    Set<Tombstones.Keeping> keeping(HikariDataSource dataSource, ErasureInput input, Pseudonymiser key) {
        return new Tombstones(dataSource).keeping(input.tombstones(), key);
    }

    /**
     * Fails if a restriction stands for any of what is given: its rows must be kept, and its tombstones must not become
     * those of another command.
     */
    void requireNoRestriction(Set<Tombstones.Keeping> keeping) {
        String standing = keeping.stream()
                .map(Tombstones.Keeping::restrictionId)
                .filter(id -> id != null)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        if (!standing.isEmpty()) {
            throw FpwException.configuration("some of what is given is restricted (fpw restrict --list: " + standing
                    + "): its rows are kept as evidence, and out of the warehouse. Nothing was changed. If they need "
                    + "not be kept any longer: fpw restrict --erase ID, after which they are erased; if they may be "
                    + "used again: fpw restrict --lift ID; otherwise leave out what is restricted");
        }
    }

    /** Fails if any of what is given was erased, and is still kept out. */
    void requireNotErased(Set<Tombstones.Keeping> keeping) {
        LocalDate today = LocalDate.ofInstant(context.clock().instant(), force.zone());
        keeping.stream()
                .map(Tombstones.Keeping::endsOn)
                .filter(end -> !end.isBefore(today))
                .max(LocalDate::compareTo)
                .ifPresent(end -> {
                    throw FpwException.configuration("some of what is given was erased, and is kept out until " + end
                            + ": there is nothing left to keep as evidence. Nothing was changed; leave it out");
                });
    }

    /** Prints how much is removed. */
    void print(Erasing.Found found) {
        found.rows().forEach((table, count) -> line("  " + table + ": " + Plural.grouped(count, "row")));
        line("  items of which no row remains: " + found.itemCount());
        for (Map.Entry<ReleaseId, Map<String, Long>> release : found.releases().entrySet()) {
            line("  release " + release.getKey() + ": "
                    + release.getValue().entrySet().stream()
                            .map(table -> table.getKey() + " " + table.getValue())
                            .collect(Collectors.joining(", ")));
        }
    }

    /** Prints what else is deleted, for a preview. */
    void printOthers() {
        line("Deleted as well: pages of single cases (restricted), temporary rows (scratch), files that no table "
                + "refers to (orphans), pages of kept releases (the next run makes them again), and texts in the "
                + "records of looks, refusals, acceptances and withdrawals that contain it.");
        printDuties();
    }

    /** Prints what the command cannot reach. */
    void printDuties() {
        line("Left to you: the source and its files; earlier backups; and files that people saved (fpw query, fpw "
                + "rejections, copies of pages).");
    }

    /**
     * Searches for what is given, in each format of pseudonyms: a copy may have another one. Changes nothing.
     *
     * @param also other places that are searched
     * @param isAlone whether nothing was done before
     */
    void search(RemovalSubject subject, @Nullable String feed, List<String> lines, List<Path> also, boolean isAlone) {
        line("Searching every byte of the warehouse ...");
        AbsenceSearch search;
        FileSearch.Result rows;
        try (HikariDataSource dataSource = WarehouseDatabase.openExisting(force.storage(), password)) {
            if (isAlone) {
                WarehouseOwnership.warn(force.identity(), force.folder(), dataSource, context.err());
            }
            List<ErasureInput> inputs = new ArrayList<>();
            for (KeyFormat format : KeyFormat.values()) {
                inputs.add(subject.input(force, feed, key(format, dataSource), lines));
            }
            search = AbsenceSearch.of(force.storage(), inputs, also);
            rows = search.rows(dataSource);
        }
        search.report(rows, search.files(), this::line);
    }

    /** The list of erasures; null, and a line that says so, if none is kept. */
    @Nullable
    ErasureList list() {
        ErasureList list = ErasureList.fromEnvironment(context.environment());
        if (list == null) {
            line("Restored backups will not be recognised, since no list of erasures is kept; "
                    + ErasureList.howToKeepOne());
        }
        return list;
    }

    private void line(String words) {
        context.out().println(words);
    }
}
