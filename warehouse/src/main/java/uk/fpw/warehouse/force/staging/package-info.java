/** What the rows of feeds mean, as events: {@code staging/*.yml}. */
@NullMarked
package uk.fpw.warehouse.force.staging;

import org.jspecify.annotations.NullMarked;
