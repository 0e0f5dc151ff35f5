/**
 * The pages of a release: static HTML that works from a file share, without a server and without script. A program of
 * its own, which reads what the release has left on disk and what {@link uk.fpw.layout.site.SiteRequest} says.
 */
@NullMarked
package uk.fpw.report;

import org.jspecify.annotations.NullMarked;
