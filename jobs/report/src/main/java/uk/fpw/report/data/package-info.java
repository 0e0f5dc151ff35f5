/** What pages are made of: the rows of a release, counts too small to be shown, and numbers and dates in English. */
@NullMarked
package uk.fpw.report.data;

import org.jspecify.annotations.NullMarked;
