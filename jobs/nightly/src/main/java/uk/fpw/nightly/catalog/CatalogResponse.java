package uk.fpw.nightly.catalog;

import org.jspecify.annotations.Nullable;

/**
 * A response of the catalog.
 *
 * @param status HTTP status
 * @param json body; null for none
 */
record CatalogResponse(int status, @Nullable String json) {}
