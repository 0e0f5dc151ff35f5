package uk.fpw.warehouse.store.rewrite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import uk.fpw.layout.ReleaseFile;
import uk.fpw.layout.ReleaseFolder;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.ReleasedAcceptance;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.layout.file.DamagedFileException;
import uk.fpw.layout.file.DurableFiles;
import uk.fpw.layout.file.FileDigest;
import uk.fpw.layout.file.TableDigests;
import uk.fpw.model.FigureDefinition;
import uk.fpw.model.Models;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.failure.Damage;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.message.AuditResult;
import uk.fpw.warehouse.store.ledger.Rekeyings;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.release.ReleaseFiles;

/**
 * Verifies the stored releases with rewritten tables. Each is audited with its new files: unchanged tables must have
 * the digests with which they were released, and changed ones get new digests. Every table must have the released
 * number of rows, less those that were removed. If keys were replaced, the numbers of the current release are
 * recounted from the events with new keys and must equal the released ones.
 */
final class RewrittenReleases {

    private final Path warehouse;
    private final ReleaseAudit audit;
    private final UnaryOperator<String> fingerprint;
    private final TableDigests fileDigests = new TableDigests();

    private final RewrittenFiles files;
    private final UnaryOperator<String> reasons;
    private final String change;

    /**
     * Releases with these files.
     *
     * @param fingerprint maps the fingerprint of the pseudonym key in a release to that of the new one
     * @param reasons changes what people wrote
     * @param change what has changed, for messages, such as {@code with the new keys}
     */
    RewrittenReleases(
            Path warehouse,
            ReleaseAudit audit,
            UnaryOperator<String> fingerprint,
            RewrittenFiles files,
            UnaryOperator<String> reasons,
            String change) {
        this.warehouse = warehouse;
        this.audit = audit;
        this.fingerprint = fingerprint;
        this.files = files;
        this.reasons = reasons;
        this.change = change;
    }

    /** Whether the release can be read. */
    boolean isKept(ReleaseId releaseId) {
        return Files.exists(ReleaseFiles.path(warehouse, releaseId));
    }

    /** Whether any of its tables or texts is changed. */
    boolean hasChanges(ReleaseId releaseId) {
        ReleaseFile file = ReleaseFiles.read(warehouse, releaseId);
        return file.tables().stream().anyMatch(table -> files.hasChanged(paths(table)))
                || !acceptances(file).equals(file.acceptances());
    }

    private List<ReleasedAcceptance> acceptances(ReleaseFile file) {
        return file.acceptances().stream()
                .map(accepted -> accepted.withReason(reasons.apply(accepted.reason())))
                .toList();
    }

    /**
     * Audits a release and writes its new release file beside the present one.
     *
     * @param isRecounted whether to recount its numbers
     * @throws FpwException with {@code AUDIT_FAILED} if the release differs
     */
    Rekeyings.NewDigests rewrite(Release release, boolean isRecounted) {
        ReleaseFile file = ReleaseFiles.read(warehouse, release.releaseId());
        Map<String, ReleaseFile.Table> tables = new LinkedHashMap<>();
        Map<String, Long> removed = new LinkedHashMap<>();
        for (ReleaseFile.Table table : file.tables()) {
            if (files.hasChanged(paths(table))) {
                long count = files.removedRows(paths(table));
                removed.put(table.name(), count);
                tables.put(table.name(), moved(table).withRowCount(table.rowCount() - count));
            } else {
                tables.put(table.name(), table);
            }
        }
        Map<String, String> digests = new LinkedHashMap<>();
        if (!file.definitions().isEmpty()) {
            audit(file, List.copyOf(tables.values()), removed.keySet(), isRecounted)
                    .forEach((name, digest) -> {
                        ReleaseFile.Table table = tables.get(name);
                        if (table != null && !table.digest().equals(digest)) {
                            digests.put(name, digest);
                            tables.put(name, table.with(digest, table.files(), table.fileDigests()));
                        }
                    });
        }
        List<Release.Table> released = release.tables().stream()
                .map(table -> new Release.Table(
                        table.name(),
                        table.snapshotId(),
                        table.rowCount() - removed.getOrDefault(table.name(), 0L),
                        digests.getOrDefault(table.name(), table.digest()),
                        table.historyFrom()))
                .toList();
        // Earlier versions computed the digest differently.
        boolean isOfAll = Release.digestOf(release.tables()).equals(release.digest());
        String all = isOfAll ? Release.digestOf(released) : release.digest();
        String key = file.versions().keyFingerprint();
        ReleaseFile changed = file.with(
                new ReleaseFile.Versions(
                        file.versions().softwareVersion(),
                        file.versions().forceDigest(),
                        key == null ? null : fingerprint.apply(key),
                        all),
                List.copyOf(tables.values()));
        if (!acceptances(file).equals(file.acceptances())) {
            changed = changed.withAcceptances(acceptances(file));
        }
        try {
            DurableFiles.write(folder(release.releaseId()).rekeyedFile(), changed.toJson());
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write the new release.json of " + release.releaseId(), failed);
        }
        return new Rekeyings.NewDigests(release.releaseId(), digests, removed, all);
    }

    /** Digests of the tables that an audit of this version reads, by name. */
    private Map<String, String> audit(
            ReleaseFile file, List<ReleaseFile.Table> tables, Set<String> changed, boolean isRecounted) {
        List<ReleaseFile.Table> present = tables.stream()
                .filter(table -> Models.find(table.name()).isPresent() && !table.expired())
                .toList();
        boolean isWhole = present.size() == tables.size();
        if (!isWhole) {
            // Tests across tables need all of them.
            present = present.stream()
                    .filter(table -> table.name().startsWith("mart."))
                    .toList();
        }
        AuditResult found = audit.audit(file, present);
        List<String> wrong = new ArrayList<>();
        Map<String, String> digests = new LinkedHashMap<>();
        for (int i = 0; i < present.size(); i++) {
            ReleaseFile.Table table = present.get(i);
            AuditResult.Table read = found.tables().get(i);
            if (!read.wasRead()) {
                wrong.add(table.name() + ": it cannot be read");
            } else if (read.rowCount() != table.rowCount()) {
                wrong.add(table.name() + ": " + Plural.of(table.rowCount(), "row") + " released, " + read.rowCount()
                        + " found");
            } else if (changed.contains(table.name())) {
                digests.put(table.name(), read.digest());
            } else if (!read.digest().equals(table.digest())) {
                wrong.add(table.name() + ": its rows differ from the released ones");
            }
        }
        if (isRecounted && isWhole && FigureDefinition.digest().equals(file.definitionDigest())) {
            found.quality().stream()
                    .filter(test -> test.code().startsWith(AuditResult.COUNTED_AGAIN) && test.failedCount() > 0)
                    .forEach(test -> wrong.add(
                            test.table() + " " + test.code() + " (" + test.failedCount() + "): " + test.message()));
        }
        if (!wrong.isEmpty()) {
            throw new FpwException(
                    ExitCode.AUDIT_FAILED,
                    "release " + file.releaseId() + " would change " + change + ". Nothing was changed; "
                            + "see whether 'fpw verify " + file.releaseId() + "' finds it too:\n  "
                            + String.join("\n  ", wrong));
        }
        return digests;
    }

    private ReleaseFile.Table moved(ReleaseFile.Table table) {
        List<String> paths = new ArrayList<>();
        List<FileDigest> digests = new ArrayList<>();
        for (int i = 0; i < table.files().size(); i++) {
            String path = table.files().get(i);
            Path old = warehouse.resolve(path).normalize();
            if (files.isEmptied(old)) {
                continue;
            }
            Path now = files.renamed(old);
            paths.add(now == null ? path : warehouse.relativize(now).toString());
            if (i < table.fileDigests().size()) {
                digests.add(now == null ? table.fileDigests().get(i) : digest(now));
            }
        }
        return table.with(table.digest(), paths, digests);
    }

    /** Number of rows that each table of each stored release loses with these files; without changing anything. */
    static Map<ReleaseId, Map<String, Long>> removed(Path warehouse, RewrittenFiles files, List<ReleaseId> releases) {
        Map<ReleaseId, Map<String, Long>> removed = new TreeMap<>();
        for (ReleaseId releaseId : releases) {
            if (Files.exists(ReleaseFiles.path(warehouse, releaseId))) {
                for (ReleaseFile.Table table :
                        ReleaseFiles.read(warehouse, releaseId).tables()) {
                    List<Path> paths = paths(warehouse, table);
                    if (files.hasChanged(paths)) {
                        removed.computeIfAbsent(releaseId, first -> new TreeMap<>())
                                .put(table.name(), files.removedRows(paths));
                    }
                }
            }
        }
        return removed;
    }

    private List<Path> paths(ReleaseFile.Table table) {
        return paths(warehouse, table);
    }

    /** Absolute paths of the files of a table. */
    private static List<Path> paths(Path warehouse, ReleaseFile.Table table) {
        return table.files().stream()
                .map(path -> warehouse.resolve(path).normalize())
                .toList();
    }

    private FileDigest digest(Path file) {
        try {
            return fileDigests.ofWritten(file);
        } catch (DamagedFileException damaged) {
            throw Damage.of(damaged);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read the checksums of " + file, unreadable);
        }
    }

    private ReleaseFolder folder(ReleaseId releaseId) {
        return new WarehouseFolder(warehouse).release(releaseId);
    }

    /** Moves the new release files into place, as far as that has not been done. */
    static void follow(Path warehouse) {
        forEach(warehouse, (folder, rekeyed) -> DurableFiles.move(rekeyed, folder.releaseFile()));
    }

    /** Deletes the remains of a replacement that ended before the switch. */
    static void discard(Path warehouse) {
        forEach(warehouse, (folder, rekeyed) -> Files.delete(rekeyed));
    }

    @FunctionalInterface
    private interface FileAction {
        void with(ReleaseFolder folder, Path rekeyed) throws IOException;
    }

    private static void forEach(Path warehouse, FileAction action) {
        Path releases = new WarehouseFolder(warehouse).releases();
        if (!Files.isDirectory(releases)) {
            return;
        }
        try (Stream<Path> entries = Files.list(releases)) {
            for (Path entry : entries.filter(Files::isDirectory).sorted().toList()) {
                ReleaseFolder folder = new ReleaseFolder(entry);
                if (Files.exists(folder.rekeyedFile())) {
                    action.with(folder, folder.rekeyedFile());
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("the files of the releases in " + releases + " cannot be replaced", failed);
        }
    }
}
