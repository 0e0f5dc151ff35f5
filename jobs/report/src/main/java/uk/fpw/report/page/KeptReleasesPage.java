package uk.fpw.report.page;

import java.util.List;
import uk.fpw.layout.site.KeptPages;
import uk.fpw.report.data.SiteData;
import uk.fpw.report.text.English;
import uk.fpw.report.text.SafeText;

/** The releases whose pages stay, for the pages of the current release alone. */
public final class KeptReleasesPage implements PageSource {

    @Override
    public List<Page> pages(SiteData site) {
        KeptPages kept = site.request().kept();
        if (kept.place() != KeptPages.Place.CURRENT) {
            return List.of();
        }
        Block block = Block.ofTable(
                "kept",
                "Releases with pages that stay",
                kept.releases().isEmpty()
                        ? "No release is kept yet."
                        : "Each opens as it was published. Its pages have the same names and anchors as the current "
                                + "ones, so that a link into them can be quoted.",
                new Block.DataTable(
                        "Kept releases, latest first",
                        List.of("Figures as at the end of", "Release", "Kept as", "Use"),
                        kept.releases().stream().map(KeptReleasesPage::row).toList()),
                "The operator keeps a release with fpw pin RELEASE NAME, and ends that with fpw unpin NAME.");
        return List.of(new Page(
                Section.KEPT.path(),
                Section.KEPT.title(),
                Section.KEPT,
                "blocks.jte",
                new BlocksModel(
                        List.of("The current figures are under the other entries at the top. A figure that somebody "
                                + "quoted stands here as it was, if its release is kept."),
                        List.of(block))));
    }

    private static List<Block.Cell> row(KeptPages.Kept release) {
        String name = release.name();
        return List.of(
                new Block.Cell(
                        English.day(release.businessDate()),
                        KeptPages.FOLDER + "/" + release.releaseId() + "/index.html"),
                Block.Cell.of(release.releaseId().value()),
                Block.Cell.of(name == null ? "no longer kept: goes with its release" : SafeText.within(name)),
                Block.Cell.of(release.isWithdrawn() ? "withdrawn: do not use its figures" : "valid"));
    }
}
