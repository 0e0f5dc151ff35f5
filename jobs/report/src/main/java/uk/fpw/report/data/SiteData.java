package uk.fpw.report.data;

import java.time.LocalDate;
import uk.fpw.layout.site.SiteRequest;

/**
 * The input of all pages of a release.
 *
 * @param request input that the release does not contain
 * @param release its tables
 */
public record SiteData(SiteRequest request, ReleaseData release) {

    /** Last day whose events are counted. */
    public LocalDate businessDate() {
        return LocalDate.parse(release.manifest().businessDate());
    }
}
