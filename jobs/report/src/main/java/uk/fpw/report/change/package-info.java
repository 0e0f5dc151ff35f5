/** What a release states otherwise than an earlier one. */
@NullMarked
package uk.fpw.report.change;

import org.jspecify.annotations.NullMarked;
