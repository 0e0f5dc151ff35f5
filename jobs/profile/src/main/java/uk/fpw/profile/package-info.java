/**
 * Profiles an undescribed source and writes a draft feed. Values are counted and compared by their
 * hashes; none is kept or shown, only how it is written.
 */
@NullMarked
package uk.fpw.profile;

import org.jspecify.annotations.NullMarked;
