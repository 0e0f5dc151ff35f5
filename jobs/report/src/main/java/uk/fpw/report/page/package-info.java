/** The pages, each with the class that makes it of a release; what it looks like is its template. */
@NullMarked
package uk.fpw.report.page;

import org.jspecify.annotations.NullMarked;
