/** {@code fpw shell}: queries a release interactively. */
@NullMarked
package uk.fpw.query.shell;

import org.jspecify.annotations.NullMarked;
