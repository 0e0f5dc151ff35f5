package uk.fpw.layout.site;

import org.jspecify.annotations.Nullable;

/**
 * What became of the pages that were asked for.
 *
 * @param pageCount how many there are
 * @param failure what prevented them, in one sentence; null if nothing did
 */
public record SiteResult(int pageCount, @Nullable String failure) {

    /** Pages that could not be made. */
    public static SiteResult failed(String failure) {
        return new SiteResult(0, failure);
    }
}
