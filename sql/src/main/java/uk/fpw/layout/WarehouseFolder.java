package uk.fpw.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import uk.fpw.layout.site.KeptPages;

/** The folder of one force's warehouse. Every path in it is defined here and nowhere else. */
public record WarehouseFolder(Path path) {

    /** Name of {@link #identityFile()}. */
    public static final String IDENTITY_FILE = "warehouse.json";

    /**
     * Name of {@link #data()}; files in it are named by paths such as {@code data/<id>/...}, relative to the warehouse
     * folder.
     */
    public static final String DATA = "data";

    /** Name of {@link #evidence()}; its files are named by paths relative to the warehouse folder, too. */
    public static final String EVIDENCE = "restricted-evidence";

    private static final String CURRENT = "current";
    private static final String KEPT_SITE = "kept-";

    /** Identifies the warehouse. */
    public Path identityFile() {
        return path.resolve(IDENTITY_FILE);
    }

    /** Mark of a warehouse that lacks erasures, and must not be read; missing otherwise. */
    public Path missingErasures() {
        return path.resolve("erasures.missing");
    }

    /** Progress of the verification that rereads the files of the tables. */
    public Path verifiedFile() {
        return path.resolve("verified.json");
    }

    /**
     * The tables. Warehouses that got their identity at the first run have them in a subfolder, older ones here
     * directly.
     */
    public Path data() {
        return path.resolve(DATA);
    }

    /** Data files that no snapshot refers to, by the day they were moved there. */
    public Path orphans() {
        return path.resolve("orphans");
    }

    /** Temporary rows of loads. */
    public Path scratch() {
        return path.resolve("scratch");
    }

    /** One folder per run. */
    public Path runs() {
        return path.resolve("runs");
    }

    /** The folder of a run. */
    public RunFolder run(RunId runId) {
        return new RunFolder(runs().resolve(runId.value()));
    }

    /** See {@link FeedHistoryFile}; missing before the first release. */
    public Path feedHistory() {
        return path.resolve("feed_history.json");
    }

    /** One folder per release that can be queried. */
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

    /** Reads of single cases and people by programs without a database, one file per session. */
    public Path looks() {
        return path.resolve("looks");
    }

    /** Pages of single cases, one folder per request, for the owner only; not in a folder that is copied to others. */
    public Path restricted() {
        return path.resolve("restricted");
    }

    /** Sealed versions of rows whose processing is restricted, one file per restriction, for the owner only. */
    public Path evidence() {
        return path.resolve(EVIDENCE);
    }

    /** Text file with the greatest number of a session that was imported into the database; may be missing. */
    public Path importedLooks() {
        return path.resolve("looks.imported");
    }

    /** One folder per exported release. */
    public Path exports() {
        return path.resolve("exports");
    }

    /** The Parquet export of a release. */
    public Path export(ReleaseId releaseId) {
        return exports().resolve(releaseId.value());
    }

    /** The CSV export of a release, unless another folder is given. */
    public Path csvExport(ReleaseId releaseId) {
        return export(releaseId).resolve("csv");
    }

    /** The folder of the Excel workbook of a release, unless another folder is given. */
    public Path workbookExport(ReleaseId releaseId) {
        return export(releaseId).resolve("xlsx");
    }

    /** Symbolic link to the export of the current release; missing if there is none. */
    public Path currentExport() {
        return exports().resolve(CURRENT);
    }

    /** One folder per publication: the only folder whose contents may leave the force. */
    public Path publications() {
        return path.resolve("publications");
    }

    /** One folder per set of pages made for a release. */
    public Path sites() {
        return path.resolve("sites");
    }

    /** The pages made for a release on request, unless another folder is given. */
    public Path siteOf(ReleaseId releaseId) {
        return sites().resolve("of-" + releaseId.value());
    }

    /**
     * The pages of a kept release, of which those that readers see have links.
     *
     * @param isWithdrawn whether they say that it was withdrawn
     */
    public Path keptSite(ReleaseId releaseId, boolean isWithdrawn) {
        return sites().resolve(KEPT_SITE + releaseId.value() + (isWithdrawn ? "-withdrawn" : ""));
    }

    /** The folders of {@link #keptSite} that there are. */
    public List<Path> keptSites() throws IOException {
        return entries(sites())
                .filter(entry -> entry.getFileName().toString().startsWith(KEPT_SITE))
                .toList();
    }

    /** The folders in other pages with links to the files of {@link #keptSites}, each named as its release. */
    public List<Path> linkedKeptSites() throws IOException {
        List<Path> linked = new ArrayList<>();
        for (Path pages : folders(sites())) {
            linked.addAll(folders(pages.resolve(KeptPages.FOLDER)));
        }
        return linked;
    }

    /** Folders in a folder; nothing is found through a symbolic link, which may lead out of the warehouse. */
    private static List<Path> folders(Path parent) throws IOException {
        return entries(parent)
                .filter(entry -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))
                .toList();
    }

    private static Stream<Path> entries(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return Stream.empty();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList().stream();
        }
    }

    /** Symbolic link to the pages that readers see, those of the current release; missing if there are none. */
    public Path currentSite() {
        return path.resolve("site");
    }

    /**
     * Symbolic link to the pages of the current release that only the user of the runs can read, while readers still
     * see those of an earlier version; missing otherwise.
     */
    public Path privateSite() {
        return path.resolve("site-private");
    }
}
