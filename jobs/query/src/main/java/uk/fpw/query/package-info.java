/**
 * {@code fpw query}: SQL over one release, from the files that the release names. Knows nothing of the warehouse's
 * other modules, so that it starts in a second; what it needs to know stands in {@code release.json}.
 */
@NullMarked
package uk.fpw.query;

import org.jspecify.annotations.NullMarked;
