package uk.fpw.publish;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.iceberg.io.InputFile;
import uk.fpw.layout.ReleaseFile;
import uk.fpw.layout.ReleasedFeed;
import uk.fpw.layout.file.DamagedFileException;
import uk.fpw.layout.file.FileDigest;
import uk.fpw.layout.file.TableDigests;
import uk.fpw.model.FigureDefinition;
import uk.fpw.model.Model;
import uk.fpw.warehouse.failure.Damage;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.DefinedRows;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.store.frozen.FrozenRowTable;
import uk.fpw.warehouse.store.ledger.Acceptances;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.ResultLedger;
import uk.fpw.warehouse.store.ledger.feed.RetentionLedger;
import uk.fpw.warehouse.store.limit.Acceptance;
import uk.fpw.warehouse.store.release.ReleaseSnapshots;

/** Converts a candidate to a release description. */
final class ReleaseDescription {

    private final Force force;
    private final List<Model> models;
    private final ReleaseSnapshots snapshots;
    private final Acceptances acceptances;
    private final Ledgers ledgers;
    private final String softwareVersion;
    private final FrozenRowTable frozen;
    private final TableDigests digests = new TableDigests();

    ReleaseDescription(
            Force force,
            List<Model> models,
            ReleaseSnapshots snapshots,
            Acceptances acceptances,
            Ledgers ledgers,
            String softwareVersion,
            FrozenRowTable frozen) {
        this.force = force;
        this.models = models;
        this.snapshots = snapshots;
        this.acceptances = acceptances;
        this.ledgers = ledgers;
        this.softwareVersion = softwareVersion;
        this.frozen = frozen;
    }

    /** What {@code ops} says of its feeds. */
    record Ledgers(ResultLedger results, RetentionLedger retention) {}

    Release release(ReleaseCandidate candidate, Instant releasedAt) {
        List<Release.Table> tables = candidate.tables();
        return new Release(
                candidate.releaseId(),
                candidate.runId(),
                candidate.businessDate(),
                releasedAt,
                softwareVersion,
                force.digest(),
                candidate.request().keyFingerprint(),
                Release.digestOf(tables),
                null,
                tables,
                candidate.feeds(
                        force,
                        ledgers.results().loads(candidate.businessDate()),
                        ledgers.results().heldRows(candidate.businessDate())));
    }

    ReleaseFile file(Release release) {
        Coverage known = new Coverage(
                release.businessDate(),
                release.feeds().stream().collect(Collectors.toMap(ReleasedFeed::name, ReleasedFeed::completeTo)),
                Map.of(),
                ledgers.retention().retainedFrom());
        return new ReleaseFile(
                        new ReleaseFile.Made(release.releaseId(), release.businessDate(), release.releasedAt()),
                        new ReleaseFile.Owner(force.code(), force.name(), force.zone()),
                        new ReleaseFile.Versions(
                                release.softwareVersion(),
                                release.forceDigest(),
                                release.keyFingerprint(),
                                release.digest()),
                        release.feeds(),
                        models.stream().map(model -> table(model, release)).toList())
                .withAcceptances(acceptances.ofNextRelease(release.businessDate(), release.runId()).stream()
                        .map(Acceptance::released)
                        .toList())
                .withDefinitions(
                        DefinedRows.of(force, known.with(frozen.queues(force, known.retainedFrom()))),
                        FigureDefinition.digest());
    }

    private ReleaseFile.Table table(Model model, Release release) {
        Release.Table version = release.table(model.table());
        if (version == null) {
            throw new IllegalStateException("release " + release.releaseId() + " has no table " + model.table());
        }
        Path warehouse = force.storage().warehouse();
        List<InputFile> files = snapshots.files(version);
        return new ReleaseFile.Table(
                model.table(),
                model.description(),
                version.rowCount(),
                version.digest(),
                model.columns().stream()
                        .map(column -> new ReleaseFile.Column(
                                column.name(), column.type().word(), column.comment()))
                        .toList(),
                files.stream().map(file -> snapshots.relative(warehouse, file)).toList(),
                files.stream().map(this::digest).toList(),
                false);
    }

    private FileDigest digest(InputFile file) {
        try {
            return digests.ofWritten(snapshots.local(file));
        } catch (DamagedFileException damaged) {
            throw Damage.of(damaged);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read the checksums of " + file.location(), unreadable);
        }
    }
}
