/**
 * The commands of {@code fpw}. Picocli only, so that help and mistakes answer at once; what needs Spring starts it
 * itself.
 */
@NullMarked
package uk.fpw.nightly;

import org.jspecify.annotations.NullMarked;
