package uk.fpw.nightly.cli.keep;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import uk.fpw.ingest.PseudonymReading;
import uk.fpw.ingest.SourcePasswords;
import uk.fpw.layout.KeyFormat;
import uk.fpw.layout.ReleaseFile;
import uk.fpw.layout.WarehouseIdentity;
import uk.fpw.model.FigureDefinition;
import uk.fpw.nightly.cli.look.VerifyCommand;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.cli.option.ForceOption;
import uk.fpw.nightly.cli.option.LockOption;
import uk.fpw.nightly.cli.option.ProcessOwner;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.nightly.run.database.WarehouseOwnership;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.message.AuditRequest;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.erasure.ErasureList;
import uk.fpw.warehouse.store.identity.IdentityCheck;
import uk.fpw.warehouse.store.identity.ObjectStoreLimit;
import uk.fpw.warehouse.store.ledger.feed.Tombstones;
import uk.fpw.warehouse.store.lock.WarehouseLock;
import uk.fpw.warehouse.store.rewrite.Rekeying;

/** Implements {@code fpw rekey}. */
@Command(
        name = "rekey",
        description = {
            "Replaces the keys of a warehouse: those of an early version, of 64 characters, by keys of 26; pseudonyms "
                    + "by those of another pseudonym key; and pseudonyms of values that are now read differently. No "
                    + "figure changes; pinned releases, values at entry, looks and acceptances stay.",
            "Another pseudonym key: FPW_PSEUDONYM_KEY (or its file) is the new one, FPW_FORMER_PSEUDONYM_KEY (or "
                    + "FPW_FORMER_PSEUDONYM_KEY_FILE) the one that it replaces. Every source is then read once.",
            "Only a backup undoes it, and no earlier version can use the warehouse afterwards. Without "
                    + "--confirm it only shows what it would do.",
            "It may be killed at any moment; the same command then continues. It needs space for a second copy of the "
                    + "tables with keys."
        })
public final class RekeyCommand implements Callable<Integer> {

    @Option(names = "--confirm", description = "Replace the keys; you have a backup.")
    private boolean isConfirmed;

    @Option(
            names = "--read-before",
            paramLabel = "DIR",
            description = "The force folder as it was, if transform or pad of pseudonymised columns has changed since "
                    + "the last load.")
    private @Nullable Path before;

    @Option(
            names = "--keep-unknown",
            description = "Keep the pseudonyms of items that no source holds any longer; they receive no new events. "
                    + "Without it the command counts them and stops.")
    private boolean keepsUnknown;

    @Mixin
    private final ForceOption force = new ForceOption();

    @Mixin
    private final LockOption lockOption = new LockOption();

    private final CliContext context;

    /** Creates the command with the environment, clock and streams of a context. */
    public RekeyCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Force read = force.read(context);
        ObjectStoreLimit.REKEY.refuse(read.storage().tables());
        Pseudonymiser.requireValid(context.environment());
        String password = WarehouseDatabase.password(read.storage(), context.environment());
        try (HikariDataSource dataSource = WarehouseDatabase.openExisting(read.storage(), password, 4)) {
            IdentityCheck check = WarehouseOwnership.of(read, dataSource, context.environment());
            check.confirmForRekeying();
            WarehouseDatabase.migrate(dataSource);
            try (WarehouseLock lock = WarehouseLock.acquire(
                            dataSource::getConnection,
                            "replacement of keys",
                            read.zone(),
                            lockOption.timeout(),
                            held -> {});
                    WarehouseCatalog catalog = WarehouseCatalog.open(read.storage(), password)) {
                WarehouseIdentity identity = check.confirmForRekeying();
                Rekeying rekeying = new Rekeying(dataSource, catalog, read, lock, context.clock(), this::line);
                LocalDate keptOutUntil = new Tombstones(dataSource).latestEnd();
                String recorded = RecordedKey.fingerprint(dataSource);
                Listed listed = new Listed(ErasureList.fromEnvironment(context.environment()), check.listedAs());
                // Erasures recognise rows by their pseudonyms; those made with the new key recognise them afterwards.
                if (check.missingErasures().stream().anyMatch(missing -> missing.isMadeUnder(recorded))) {
                    check.requireErasures();
                }
                rekey(read, rekeying, identity, new Recorded(recorded, keptOutUntil), listed);
                listed.encryptOnly(identity, Pseudonymiser.fromEnvironment(context.environment(), KeyFormat.BASE32));
            }
        }
        return 0;
    }

    /**
     * What the warehouse says about its pseudonyms.
     *
     * @param fingerprint fingerprint of the key by which values were pseudonymised; null if none were
     * @param keptOutUntil last date on which a tombstone is valid; null if there is none
     */
    private record Recorded(
            @Nullable String fingerprint, @Nullable LocalDate keptOutUntil) {}

    /**
     * The list of erasures.
     *
     * @param warehouses ids by which it knows the warehouse
     */
    private record Listed(@Nullable ErasureList list, Set<UUID> warehouses) {

        void encryptAlso(WarehouseIdentity identity, Rekeying.Keys keys) {
            Pseudonymiser after = keys.after();
            if (list != null && after != null && keys.before().fingerprint() != null) {
                list.encryptAlso(identity.forceCode(), warehouses, keys.before(), after);
            }
        }

        void encryptOnly(WarehouseIdentity identity, Pseudonymiser present) {
            if (list != null && present.fingerprint() != null) {
                list.encryptOnly(identity.forceCode(), warehouses, present);
            }
        }
    }

    private void rekey(Force read, Rekeying rekeying, WarehouseIdentity identity, Recorded recorded, Listed listed) {
        String warehouse = "warehouse " + identity.id() + " (force " + identity.forceCode() + ")";
        if (rekeying.finish(identity)) {
            line("The interrupted replacement of the keys of " + warehouse + " is finished.");
            return;
        }
        Replacement replacement = replacement(read, identity.keyFormat(), recorded);
        if (replacement.causes().isEmpty()) {
            line("The keys of " + warehouse + " have 26 characters, the pseudonym key is that of the last load"
                    + (before == null ? "" : ", and no pseudonymised column is read differently")
                    + "; nothing to do.");
            return;
        }
        line("To be replaced in " + warehouse + ": " + String.join("; ", replacement.causes())
                + ". Only a backup undoes this: no earlier version of fpw can use the warehouse afterwards.");
        if (!isConfirmed) {
            throw FpwException.configuration(
                    "nothing was changed; make a backup (fpw backup FOLDER), then run fpw rekey --confirm");
        }
        listed.encryptAlso(identity, replacement.keys());
        Rekeying.Outcome outcome = rekeying.run(
                identity,
                replacement.keys(),
                keepsUnknown,
                String.join("; ", replacement.causes()),
                ProcessOwner.name(),
                (release, tables) -> VerifyCommand.audit(
                        context, release, tables, read.storage().warehouse(), isOfThisVersion(release)));
        line("Done: " + Plural.of(outcome.keyCount(), "key") + ", " + Plural.of(outcome.tableCount(), "table") + ", "
                + Plural.of(outcome.releaseCount(), "release")
                + ". No figure has changed. Pages and exports contain the old keys until they are made "
                + "again (fpw report, fpw export). Earlier backups still contain them, too.");
    }

    /** What is to be replaced, in words, and the new keys; no cause if there is nothing to replace. */
    private record Replacement(List<String> causes, Rekeying.Keys keys) {}

    private Replacement replacement(Force read, KeyFormat format, Recorded warehouse) {
        @Nullable String recorded = warehouse.fingerprint();
        List<String> causes = new ArrayList<>();
        Pseudonymiser given = Pseudonymiser.fromEnvironment(context.environment(), format);
        Pseudonymiser former = Pseudonymiser.formerFromEnvironment(context.environment(), format);
        boolean isOtherKey = RecordedKey.isOther(recorded, given.fingerprint());
        if (isOtherKey && (former.fingerprint() == null || RecordedKey.isOther(recorded, former.fingerprint()))) {
            throw FpwException.configuration(
                    "the pseudonym key (fingerprint " + given.fingerprint() + ") differs from that of the last load ("
                            + recorded + "), and " + Pseudonymiser.FORMER_KEY_VARIABLE + " or "
                            + Pseudonymiser.FORMER_KEY_FILE_VARIABLE + " does not contain that one. Nothing was "
                            + "changed");
        }
        if (format != KeyFormat.BASE32) {
            causes.add("keys of 64 characters by keys of 26");
        }
        Pseudonymiser after = Pseudonymiser.fromEnvironment(context.environment(), KeyFormat.BASE32);
        if (isOtherKey) {
            causes.add("pseudonyms of key " + recorded + " by those of key " + after.fingerprint());
        }
        Force earlier =
                before == null ? read : ForceFolder.read(context.workingFolder().resolve(before));
        List<String> columns = changedColumns(earlier, read);
        if (!columns.isEmpty()) {
            requireNoTombstones(read, warehouse.keptOutUntil(), columns);
            causes.add("pseudonyms of values that are read differently (" + String.join(", ", columns) + ")");
        }
        if (!isOtherKey && columns.isEmpty()) {
            return new Replacement(causes, new Rekeying.Keys(given, null, null));
        }
        Pseudonymiser old = isOtherKey ? former : given;
        return new Replacement(
                causes,
                new Rekeying.Keys(
                        old,
                        after,
                        new PseudonymReading(
                                new PseudonymReading.Definitions(earlier, old),
                                new PseudonymReading.Definitions(read, after),
                                new SourcePasswords(context.environment()),
                                today(read),
                                this::line)));
    }

    /** Tombstones recognise values as they were read when they were erased. */
    private void requireNoTombstones(Force read, @Nullable LocalDate keptOutUntil, List<String> columns) {
        if (keptOutUntil != null && !keptOutUntil.isBefore(today(read))) {
            throw FpwException.configuration("rows that were erased are kept out until " + keptOutUntil
                    + ", recognised by values as they were read before; read otherwise ("
                    + String.join(", ", columns)
                    + "), they would be loaded again. Nothing was changed; read these columns as before until then");
        }
    }

    private LocalDate today(Force read) {
        return LocalDate.ofInstant(context.clock().instant(), read.zone());
    }

    private static List<String> changedColumns(Force earlier, Force read) {
        List<String> impossible =
                PseudonymReading.changed(earlier, read, column -> column.isOfKey() && !column.isPseudonymised());
        if (!impossible.isEmpty()) {
            throw FpwException.configuration(
                    "keys depend on columns that are read differently and are not pseudonymised, which this version "
                            + "cannot replace: " + String.join(", ", impossible) + ". Nothing was changed");
        }
        return PseudonymReading.changed(earlier, read, PseudonymReading.Changed::isPseudonymised);
    }

    private static long isOfThisVersion(ReleaseFile release) {
        return FigureDefinition.digest().equals(release.definitionDigest())
                ? AuditRequest.EVERY_SERIES
                : AuditRequest.NO_SERIES;
    }

    private void line(String words) {
        context.out().println(words);
    }
}
