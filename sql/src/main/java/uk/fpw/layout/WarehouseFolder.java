package uk.fpw.layout;

import java.nio.file.Path;

/** The folder of one force's warehouse: each place in it is named here and nowhere else. */
public record WarehouseFolder(Path path) {

    /** Name of {@link #identityFile()}. */
    public static final String IDENTITY_FILE = "warehouse.json";

    /** Name of {@link #data()}; its contents have names such as {@code data/<id>}, relative to the warehouse folder. */
    public static final String DATA = "data";

    private static final String CURRENT = "current";

    /** Says which warehouse the folder is. */
    public Path identityFile() {
        return path.resolve(IDENTITY_FILE);
    }

    /** How far the files of the tables have been read again to verify them. */
    public Path verifiedFile() {
        return path.resolve("verified.json");
    }

    /** The tables of a warehouse that is older than its identity; in later ones a folder in it holds them. */
    public Path data() {
        return path.resolve(DATA);
    }

    /** Data files that no snapshot refers to, by the day on which they were moved there. */
    public Path orphans() {
        return path.resolve("orphans");
    }

    /** Rows of a load on their way. */
    public Path scratch() {
        return path.resolve("scratch");
    }

    /** One folder for each run. */
    public Path runs() {
        return path.resolve("runs");
    }

    /** The folder of a run. */
    public RunFolder run(RunId runId) {
        return new RunFolder(runs().resolve(runId.value()));
    }

    /** One folder for each release that can be queried. */
    public Path releases() {
        return path.resolve("releases");
    }

    /** The folder of a release. */
    public ReleaseFolder release(ReleaseId releaseId) {
        return new ReleaseFolder(releases().resolve(releaseId.value()));
    }

    /** Text file with the id of the current release; missing if there is none. */
    public Path currentRelease() {
        return releases().resolve(CURRENT);
    }

    /** One folder for each release that was exported. */
    public Path exports() {
        return path.resolve("exports");
    }

    /** The export of a release, in Parquet. */
    public Path export(ReleaseId releaseId) {
        return exports().resolve(releaseId.value());
    }

    /** The export of a release in CSV, unless it is written elsewhere. */
    public Path csvExport(ReleaseId releaseId) {
        return export(releaseId).resolve("csv");
    }

    /** The folder of the Excel workbook of a release, unless it is written elsewhere. */
    public Path workbookExport(ReleaseId releaseId) {
        return export(releaseId).resolve("xlsx");
    }

    /** Symbolic link to the export of the current release; missing if there is none. */
    public Path currentExport() {
        return exports().resolve(CURRENT);
    }

    /** One folder for each set of pages that was made of a release. */
    public Path sites() {
        return path.resolve("sites");
    }

    /** The pages of a release that were asked for, unless they are written elsewhere. */
    public Path siteOf(ReleaseId releaseId) {
        return sites().resolve("of-" + releaseId.value());
    }

    /** Symbolic link to the pages of the current release; missing if there are none. */
    public Path currentSite() {
        return path.resolve("site");
    }
}
