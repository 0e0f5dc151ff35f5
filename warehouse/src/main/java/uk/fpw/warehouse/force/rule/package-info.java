/** Validation rules for the rows of feeds: {@code rules/*.yml}. */
@NullMarked
package uk.fpw.warehouse.force.rule;

import org.jspecify.annotations.NullMarked;
