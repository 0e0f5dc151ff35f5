package uk.fpw.warehouse.store.release;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.apache.iceberg.SnapshotRef;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.Releases;

/** Pins releases by name; pinned releases are never deleted. Invalid requests fail with {@code CONFIGURATION}. */
public final class ReleasePins {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

    /** Not names of tags, as which programs that read Iceberg see pins. */
    private static final Set<String> BRANCHES = Set.of(SnapshotRef.MAIN_BRANCH, CandidateBranch.NAME, "current");

    private final Path warehouse;
    private final Releases releases;

    /** Pins of the releases in a database and its warehouse folder. */
    public ReleasePins(DataSource dataSource, Path warehouse) {
        this.warehouse = warehouse;
        this.releases = new Releases(dataSource);
    }

    /**
     * Pins a release under a name. If it already has that name, only the file for readers is rewritten. The caller
     * holds the warehouse lock, so that nothing is deleted meanwhile.
     *
     * @param release its id, as given by the user
     * @return the id
     * @throws FpwException if the name is invalid or used by another release, the release has another name, or the
     *     release no longer exists
     */
    public ReleaseId pin(String release, String name) {
        if (!NAME.matcher(name).matches()) {
            throw wrong("'" + name
                    + "' is not a valid release name; use up to 40 lower-case letters, "
                    + "digits and hyphens, such as inspection-2016");
        }
        if (BRANCHES.contains(name)) {
            throw wrong("'" + name + "' is the name of a branch of the stored tables; choose another name");
        }
        ReleaseId releaseId = ReleaseId.parse(release);
        Release found = releaseId == null ? null : releases.find(releaseId);
        if (releaseId == null || found == null) {
            throw wrong("there is no release " + release + "; releases that can be pinned: " + present());
        }
        if (name.equals(found.name())) {
            PinFile.write(warehouse, releaseId, name);
            return releaseId;
        }
        if (found.name() != null) {
            throw wrong("release " + releaseId + " is pinned as " + found.name()
                    + " already; unpin that first: fpw unpin " + found.name());
        }
        Release other = named(name);
        if (other != null) {
            throw wrong("release " + other.releaseId() + " is pinned as " + name + "; choose another name");
        }
        if (!Files.exists(ReleaseFiles.path(warehouse, releaseId))) {
            throw wrong("release " + releaseId
                    + " can no longer be pinned: its tables were deleted; releases that can be pinned: "
                    + present());
        }
        releases.rename(releaseId, name);
        PinFile.write(warehouse, releaseId, name);
        return releaseId;
    }

    /**
     * Removes the name of a release; the release is later deleted like any other.
     *
     * @return id of the release
     * @throws FpwException if no release has that name
     */
    public ReleaseId unpin(String name) {
        Release release = named(name);
        if (release == null) {
            List<String> names = releases.list().stream()
                    .map(Release::name)
                    .filter(given -> given != null)
                    .toList();
            throw wrong("no release is pinned as " + name + "; names: " + (names.isEmpty() ? "none" : names));
        }
        releases.rename(release.releaseId(), null);
        PinFile.delete(warehouse, release.releaseId());
        return release.releaseId();
    }

    private @Nullable Release named(String name) {
        return releases.list().stream()
                .filter(release -> name.equals(release.name()))
                .findFirst()
                .orElse(null);
    }

    private List<ReleaseId> present() {
        return releases.list().stream()
                .map(Release::releaseId)
                .filter(id -> Files.exists(ReleaseFiles.path(warehouse, id)))
                .toList();
    }

    private static FpwException wrong(String message) {
        return FpwException.configuration(message);
    }
}
