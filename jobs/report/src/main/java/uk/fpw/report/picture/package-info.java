/**
 * Parts of pages that are declared in a file, {@code picture/NAME.sql}: what a picture or table shows, by which query,
 * and what it cannot say. Knows nothing of pages.
 */
@NullMarked
package uk.fpw.report.picture;

import org.jspecify.annotations.NullMarked;
