package uk.fpw.publish;

import java.nio.file.Path;
import java.util.function.Function;
import uk.fpw.layout.ReleaseId;
import uk.fpw.model.Models;
import uk.fpw.publish.export.Exports;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.Releases;
import uk.fpw.warehouse.store.release.ReleaseSnapshots;

/** Exports the marts of a release as plain files. The caller holds the warehouse lock. */
public final class ReleaseExport {

    private final Releases releases;
    private final Exports exports;

    /** Exports from that catalog to the folder {@code exports} of the warehouse. */
    public ReleaseExport(Releases releases, WarehouseCatalog catalog, Path warehouse) {
        this(releases, new Exports(warehouse, Models.marts(), new ReleaseSnapshots(catalog)));
    }

    ReleaseExport(Releases releases, Exports exports) {
        this.releases = releases;
        this.exports = exports;
    }

    /**
     * Rewrites the plain Parquet export of a release, and links {@code exports/current} to it if the release is
     * current.
     *
     * @return its folder
     * @throws FpwException with {@code CONFIGURATION} if there is no such release, with {@code UNAVAILABLE} if the
     *     files cannot be read or written
     */
    public Path parquet(ReleaseId releaseId) {
        return write(releaseId, release -> {
            Path folder = exports.write(release);
            if (releaseId.equals(releases.currentId())) {
                exports.pointAt(releaseId);
            }
            return folder;
        });
    }

    /**
     * Writes one CSV file per mart, for spreadsheets. As in the Parquet export, restricted marts are left out.
     *
     * @param folder created if it does not exist; files of the same names are replaced
     * @return the folder
     * @throws FpwException as {@link #parquet}
     */
    public Path csv(ReleaseId releaseId, Path folder) {
        return write(releaseId, release -> exports.writeCsv(release, folder));
    }

    /**
     * Writes one Excel workbook: what the release is, what the columns mean, and a sheet per mart. Left out are
     * restricted marts, as in the Parquet export, and marts with more rows than a sheet can hold.
     *
     * @param force shown in the workbook and in its file name, such as {@code fenmarch-2016-01-12.1.xlsx}
     * @param folder created if it does not exist; a file of the same name is replaced
     * @return the file
     * @throws FpwException as {@link #parquet}
     */
    public Path workbook(ReleaseId releaseId, Force.Identity force, Path folder) {
        return write(releaseId, release -> exports.writeWorkbook(release, force, folder));
    }

    private Path write(ReleaseId releaseId, Function<Release, Path> work) {
        Release release = releases.find(releaseId);
        if (release == null) {
            throw FpwException.configuration("there is no release " + releaseId + "; releases: "
                    + releases.list().stream().map(Release::releaseId).toList());
        }
        try {
            exports.requireWhole(releaseId);
            return work.apply(release);
        } catch (FpwException damaged) {
            throw damaged;
        } catch (RuntimeException failed) {
            throw FpwException.unavailable(
                    "release " + releaseId + " could not be exported: " + failed.getMessage()
                            + ". Check that its files exist and that there is enough free disk space",
                    failed);
        }
    }
}
