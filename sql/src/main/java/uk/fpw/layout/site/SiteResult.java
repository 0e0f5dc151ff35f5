package uk.fpw.layout.site;

import org.jspecify.annotations.Nullable;

/**
 * Result of making pages.
 *
 * @param pageCount number of pages
 * @param failure why they could not be made, in one sentence; null on success
 */
public record SiteResult(int pageCount, @Nullable String failure) {

    public static SiteResult failed(String failure) {
        return new SiteResult(0, failure);
    }
}
