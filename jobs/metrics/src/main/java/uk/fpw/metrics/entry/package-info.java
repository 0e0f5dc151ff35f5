/**
 * What an attribute was when an item entered a queue: the value that was first released, otherwise looked up in the
 * versions of the source. Uses neither Spark nor tables.
 */
@NullMarked
package uk.fpw.metrics.entry;

import org.jspecify.annotations.NullMarked;
