/** The models of {@code core} and {@code mart} as the sql module states them: a SQL file with a YAML file beside it. */
@NullMarked
package uk.fpw.model;

import org.jspecify.annotations.NullMarked;
