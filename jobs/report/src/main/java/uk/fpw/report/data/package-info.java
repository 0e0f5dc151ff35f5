/** The input of pages: the rows of a release, and which of its counts are too small to be shown. */
@NullMarked
package uk.fpw.report.data;

import org.jspecify.annotations.NullMarked;
