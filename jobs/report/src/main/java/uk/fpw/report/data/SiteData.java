package uk.fpw.report.data;

import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.site.DictionaryInput;
import uk.fpw.layout.site.SiteRequest;
import uk.fpw.report.text.English;

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

    /** What the source calls a column, such as {@code Judged on}; its name in words where that is not known. */
    public String column(String feed, String column) {
        return request.dictionary().feeds().stream()
                .filter(one -> one.name().equals(feed))
                .flatMap(one -> one.columns().stream())
                .filter(one -> one.name().equals(column))
                .findFirst()
                .map(one -> English.words(one.from()))
                .orElse(English.words(column));
    }

    /** Who corrects the rows of a feed; null for what is no feed, or has no owner. */
    public @Nullable String owner(String feed) {
        return request.dictionary().feeds().stream()
                .filter(one -> one.name().equals(feed))
                .map(DictionaryInput.Feed::owner)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
