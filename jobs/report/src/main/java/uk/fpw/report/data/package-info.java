/** The input of pages: the rows of a release. */
@NullMarked
package uk.fpw.report.data;

import org.jspecify.annotations.NullMarked;
