package uk.fpw.report.data;

import java.time.LocalDate;
import uk.fpw.layout.site.SiteRequest;

/**
 * What all pages of a release are made of.
 *
 * @param request what the release does not hold
 * @param release its tables
 * @param cells which figures are too small to be shown
 */
public record SiteData(SiteRequest request, ReleaseData release, SmallCells cells) {

    /** Last day whose events are counted. */
    public LocalDate businessDate() {
        return LocalDate.parse(release.manifest().businessDate());
    }
}
