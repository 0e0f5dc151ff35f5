/** What differs from the release that is replaced, and why: figures, statistics, and months that still settle. */
@NullMarked
package uk.fpw.audit.change;

import org.jspecify.annotations.NullMarked;
