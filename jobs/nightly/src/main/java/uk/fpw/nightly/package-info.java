/**
 * The commands of {@code fpw}. Only picocli, so that help and errors are fast; commands that need Spring start it
 * themselves.
 */
@NullMarked
package uk.fpw.nightly;

import org.jspecify.annotations.NullMarked;
