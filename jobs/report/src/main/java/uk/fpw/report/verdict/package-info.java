/** What may be said about the change of a queue, in sentences. */
@NullMarked
package uk.fpw.report.verdict;

import org.jspecify.annotations.NullMarked;
