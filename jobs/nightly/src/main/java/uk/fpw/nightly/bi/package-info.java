/** The views of schema {@code bi} and their certified figures, as the file of a BI tool. */
@NullMarked
package uk.fpw.nightly.bi;

import org.jspecify.annotations.NullMarked;
