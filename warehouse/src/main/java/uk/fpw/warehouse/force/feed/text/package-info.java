/** Processing of text before it has a type: transforms and patterns, limited so that no input takes too long. */
@NullMarked
package uk.fpw.warehouse.force.feed.text;

import org.jspecify.annotations.NullMarked;
