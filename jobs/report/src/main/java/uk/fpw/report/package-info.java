/**
 * The pages of a release: static HTML that works from a file share, without a server and without script. A program of
 * its own, which reads the files of the release and the {@link uk.fpw.layout.site.SiteRequest}.
 */
@NullMarked
package uk.fpw.report;

import org.jspecify.annotations.NullMarked;
