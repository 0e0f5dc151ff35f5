/**
 * {@code fpw query}: SQL over one release, from the files that the release names. Independent of the other modules, so
 * that it starts in a second; everything it needs is in {@code release.json}.
 */
@NullMarked
package uk.fpw.query;

import org.jspecify.annotations.NullMarked;
