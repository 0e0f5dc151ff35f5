/** The models of {@code core} and {@code mart} in the sql module: SQL files, each with a YAML file beside it. */
@NullMarked
package uk.fpw.model;

import org.jspecify.annotations.NullMarked;
