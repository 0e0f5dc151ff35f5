/** The first page: what needs attention, by whom it harms, and the rules that find it. */
@NullMarked
package uk.fpw.report.today;

import org.jspecify.annotations.NullMarked;
