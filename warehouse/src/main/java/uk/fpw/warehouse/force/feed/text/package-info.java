/**
 * How the text of a cell is read before it has a type: transforms and patterns, limited so that no input takes for
 * ever.
 */
@NullMarked
package uk.fpw.warehouse.force.feed.text;

import org.jspecify.annotations.NullMarked;
