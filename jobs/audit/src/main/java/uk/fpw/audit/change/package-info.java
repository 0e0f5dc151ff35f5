/**
 * Finds what differs from the release that is replaced, and why: figures, statistics, and months that are still
 * settling.
 */
@NullMarked
package uk.fpw.audit.change;

import org.jspecify.annotations.NullMarked;
