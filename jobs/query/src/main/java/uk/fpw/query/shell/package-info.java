/** {@code fpw shell}: queries of a release, typed one after the other. */
@NullMarked
package uk.fpw.query.shell;

import org.jspecify.annotations.NullMarked;
