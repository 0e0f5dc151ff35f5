package uk.fpw.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleasedAcceptance;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.layout.WithdrawalFile;
import uk.fpw.layout.site.KeptPages;
import uk.fpw.layout.site.SiteRequest;
import uk.fpw.query.ReleaseManifest;
import uk.fpw.report.change.ChangesPage;
import uk.fpw.report.data.ReleaseData;
import uk.fpw.report.data.SiteData;
import uk.fpw.report.dictionary.DictionaryPages;
import uk.fpw.report.page.CasesPage;
import uk.fpw.report.page.FeedDays;
import uk.fpw.report.page.GradesPage;
import uk.fpw.report.page.KeptReleasesPage;
import uk.fpw.report.page.Page;
import uk.fpw.report.page.PageFrame;
import uk.fpw.report.page.PageSource;
import uk.fpw.report.page.QualityPage;
import uk.fpw.report.page.QueuePages;
import uk.fpw.report.page.RunsPage;
import uk.fpw.report.page.Section;
import uk.fpw.report.page.ThenAndNowPage;
import uk.fpw.report.text.English;
import uk.fpw.report.text.SafeText;
import uk.fpw.report.today.TodayPage;

/** Makes all pages of a release, in a folder that must not exist. */
final class Site {

    /** Every page, except those of single cases. */
    static final List<PageSource> SOURCES = List.of(
            new TodayPage(),
            new QueuePages(),
            new GradesPage(),
            new ThenAndNowPage(),
            new ChangesPage(),
            new QualityPage(),
            new RunsPage(),
            new DictionaryPages(),
            new KeptReleasesPage());

    /** Kept releases that a page leads to directly; the others are in the list of all. */
    private static final int EARLIER = 3;

    private static final List<String> ASSETS = List.of("site.css", "site.js");

    private final TemplateEngine engine = TemplateEngine.createPrecompiled(
            null, ContentType.Html, Site.class.getClassLoader(), "uk.fpw.report.template");
    private final SiteRequest request;
    private final List<PageSource> sources;

    private Site(SiteRequest request, List<PageSource> sources) {
        this.request = request;
        this.sources = sources;
    }

    /**
     * Makes the pages.
     *
     * @return the number of pages
     * @throws uk.fpw.query.QueryException if the release cannot be read
     * @throws UncheckedIOException if a page cannot be written
     */
    static int write(SiteRequest request) {
        return write(request, SOURCES);
    }

    /** Makes the pages of single cases, readable only for their owner; otherwise the same. */
    static int writeRestricted(SiteRequest request) {
        return write(request, List.of(new CasesPage()));
    }

    /** Makes only the pages of these sources. */
    static int write(SiteRequest request, List<PageSource> sources) {
        return new Site(request, sources).write();
    }

    private int write() {
        try (ReleaseData release = ReleaseData.open(request.warehouse(), request.releaseId())) {
            SiteData site = new SiteData(request, release);
            List<Page> pages = new ArrayList<>();
            sources.forEach(source -> pages.addAll(source.pages(site)));
            Set<String> paths = new HashSet<>();
            for (Page page : pages) {
                if (!paths.add(page.path())) {
                    throw new IllegalStateException("two pages are called " + page.path());
                }
            }
            List<Section> sections = Arrays.stream(Section.values())
                    .filter(section -> paths.contains(section.path())
                            || (section == Section.KEPT && request.kept().place() == KeptPages.Place.KEPT))
                    .toList();
            boolean isRestricted = pages.stream().anyMatch(page -> page.access() == Page.Access.RESTRICTED);
            Files.createDirectory(request.into());
            restrict(request.into(), isRestricted ? "rwx------" : "rwxr-x---");
            for (Page page : pages) {
                write(page, render(page, frame(page, site, isRestricted ? List.of() : sections)));
            }
            for (PageSource source : sources) {
                for (Map.Entry<String, String> file : source.files(site).entrySet()) {
                    write(
                            request.into().resolve(file.getKey()),
                            SafeText.of(file.getValue()).getBytes(StandardCharsets.UTF_8),
                            false);
                }
            }
            for (String asset : ASSETS) {
                write(request.into().resolve(asset), asset(asset), isRestricted);
            }
            return pages.size();
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write " + request.into() + ": " + failed.getMessage(), failed);
        }
    }

    private String render(Page page, PageFrame frame) {
        StringOutput output = new StringOutput();
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("frame", frame);
        parameters.put("model", page.model());
        engine.render(page.template(), parameters, output);
        return SafeText.of(output.toString());
    }

    private PageFrame frame(Page page, SiteData site, List<Section> sections) {
        ReleaseManifest release = site.release().manifest();
        return new PageFrame(
                page,
                release.forceName(),
                request.audience().group(),
                English.day(site.businessDate()),
                release.id().value(),
                completeness(release),
                FeedDays.of(site),
                release.missing().isEmpty() && release.held().isEmpty(),
                release.acceptances().stream()
                        .map(ReleasedAcceptance::describeWithoutAccount)
                        .toList(),
                request.timeliness().nextExpectedBy(),
                request.timeliness().notRenewed(),
                withdrawn(release),
                sections,
                request.kept(),
                earlier(page, release));
    }

    /** The latest kept releases that have a page, and other figures than these. */
    private List<KeptPages.Kept> earlier(Page page, ReleaseManifest release) {
        WarehouseFolder warehouse = new WarehouseFolder(request.warehouse());
        return request.kept().releases().stream()
                .filter(kept -> !kept.isWithdrawn() && !kept.releaseId().equals(release.id()))
                .filter(kept -> Files.isRegularFile(
                        warehouse.keptSite(kept.releaseId(), false).resolve(page.path())))
                .limit(EARLIER)
                .toList();
    }

    /** Leaves out the account of the person who withdrew it: pages are copied to readers to whom it means nothing. */
    private static @Nullable String withdrawn(ReleaseManifest release) {
        WithdrawalFile withdrawn = release.withdrawn();
        return withdrawn == null ? null : "on " + withdrawn.withdrawnOn() + ": " + withdrawn.reason();
    }

    private static String completeness(ReleaseManifest release) {
        if (!release.missing().isEmpty()) {
            return "Missing: "
                    + English.list(
                            release.missing().stream().map(English::words).toList())
                    + ". Figures that need it are not available." + held(release);
        }
        return (release.older().isEmpty()
                        ? "Every feed was " + (release.held().isEmpty() ? "complete" : "delivered") + " to that day"
                        : "No feed is missing; " + String.join("; ", release.older()))
                + "."
                + held(release);
    }

    private static String held(ReleaseManifest release) {
        return release.held().isEmpty()
                ? ""
                : " Some rows of "
                        + English.list(release.held().stream()
                                .map(feed -> English.words(feed.name()))
                                .toList())
                        + " could not be read, so figures may count rows that the source no longer has.";
    }

    private void write(Page page, String text) throws IOException {
        Path file = request.into().resolve(page.path());
        Path folder = Objects.requireNonNull(file.getParent());
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            for (Path each = folder; !each.equals(request.into()); each = Objects.requireNonNull(each.getParent())) {
                restrict(each, "rwxr-x---");
            }
        }
        write(file, text.getBytes(StandardCharsets.UTF_8), page.access() == Page.Access.RESTRICTED);
    }

    private static void write(Path file, byte[] content, boolean isRestricted) throws IOException {
        Files.write(file, content);
        restrict(file, isRestricted ? "rw-------" : "rw-r-----");
    }

    private static byte[] asset(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(Site.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        }
    }

    private static void restrict(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
}
