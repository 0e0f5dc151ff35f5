package uk.fpw.nightly.cli.look;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.layout.file.DamagedFileException;
import uk.fpw.layout.file.FileDigest;
import uk.fpw.layout.file.WrittenFile;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.cli.option.JsonOutput;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.nightly.run.database.WarehouseOwnership;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.failure.Damage;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.evidence.EvidenceFolder;
import uk.fpw.warehouse.store.ledger.Releases;
import uk.fpw.warehouse.store.ledger.Restrictions;
import uk.fpw.warehouse.store.maintenance.FileVerification;
import uk.fpw.warehouse.store.release.ReleasePointer;

/** {@code fpw verify --files}: verifies the files of the whole warehouse, whatever they contain. */
final class VerifiedFiles {

    private static final double KIBIBYTE = 1024;

    /** A run changes the database first and the file shortly after. */
    private static final Duration RELEASING = Duration.ofSeconds(1);

    private VerifiedFiles() {}

    /**
     * Compares the files and prints how many there were.
     *
     * @param force the force folder
     * @param every number of days in which every file is to be read once; null to read all of them now
     * @param isJson whether to print as JSON
     * @throws FpwException with {@code DAMAGED} if a file differs from what was written, or the database and the folder
     *     have different states; with {@code CONFIGURATION} if it is another warehouse's
     */
    static void verify(
            Force.Identity read,
            Path force,
            CliContext context,
            @Nullable Integer every,
            LocalDate today,
            boolean isJson) {
        String password = WarehouseDatabase.password(read.storage(), context.environment());
        try (HikariDataSource dataSource = WarehouseDatabase.openExisting(read.storage(), password, 1)) {
            WarehouseOwnership.of(read, force, dataSource, context.environment())
                    .compare(true);
            verify(read, password, dataSource, context, every, today, isJson);
        }
    }

    private static void verify(
            Force.Identity read,
            String password,
            HikariDataSource dataSource,
            CliContext context,
            @Nullable Integer every,
            LocalDate today,
            boolean isJson) {
        try (WarehouseCatalog catalog = WarehouseCatalog.open(read.storage(), password)) {
            FileVerification verification = new FileVerification(catalog);
            FileVerification.Result result =
                    every == null ? verification.readAll() : verification.readShare(every, today);
            List<WrittenFile.Comparison> damaged = new ArrayList<>(result.damaged());
            pointer(read.storage().warehouse(), new Releases(dataSource)).ifPresent(damaged::add);
            damaged.addAll(sealed(read.storage().warehouse(), new Restrictions(dataSource)));
            if (isJson) {
                JsonOutput.print(context.out(), VerifyFields.ofFiles(result, damaged));
            } else {
                print(result, damaged.size(), context.out());
            }
            if (!damaged.isEmpty()) {
                throw Damage.of(damaged);
            }
        }
    }

    /** Sealed files of restrictions that differ from what was written. */
    private static List<WrittenFile.Comparison> sealed(Path warehouse, Restrictions restrictions) {
        EvidenceFolder folder = new EvidenceFolder(warehouse);
        List<WrittenFile.Comparison> damaged = new ArrayList<>();
        for (Restrictions.Restriction one : restrictions.list()) {
            if (one.sealed().encryptedKey() != null) {
                FileDigest digest = one.sealed().digest();
                Path file = folder.file(one.id());
                try {
                    damaged.add(new WrittenFile(file, digest.bytes(), digest.crc32()).compare());
                } catch (IOException failed) {
                    throw new UncheckedIOException("cannot read " + file + ": " + failed, failed);
                }
            }
        }
        damaged.removeIf(found -> !found.isDamaged());
        return damaged;
    }

    /** The file that names the current release, if it differs from the database and still does after a moment. */
    private static Optional<WrittenFile.Comparison> pointer(Path warehouse, Releases releases) {
        if (Objects.equals(releases.currentId(), ReleasePointer.read(warehouse))) {
            return Optional.empty();
        }
        LockSupport.parkNanos(RELEASING.toNanos());
        ReleaseId current = releases.currentId();
        ReleaseId named = ReleasePointer.read(warehouse);
        return Objects.equals(current, named)
                ? Optional.empty()
                : Optional.of(WrittenFile.Comparison.of(new DamagedFileException(
                        new WarehouseFolder(warehouse).currentRelease(),
                        "it names " + (named == null ? "no release" : named) + ", but the current release in the "
                                + "database is "
                                + (current == null ? "none" : current))));
    }

    private static void print(FileVerification.Result result, int damaged, PrintStream out) {
        out.println("Files that tables and releases need: " + files(result.fileCount(), result.bytes())
                + "; all were found and their sizes compared");
        out.println("  read and compared with their checksums: " + files(result.readCount(), result.readBytes()));
        if (result.uncheckedCount() > 0) {
            out.println("  of these, " + result.uncheckedCount()
                    + " have no checksum, because the metadata/*.digests of their tables or the .crc files next to "
                    + "them are gone; only their sizes were compared");
        }
        out.println("  damaged: " + (damaged == 0 ? "none" : damaged));
    }

    private static String files(long count, long bytes) {
        return Plural.of(count, "file") + ", " + String.format(Locale.ROOT, "%.1f MiB", bytes / KIBIBYTE / KIBIBYTE);
    }
}
