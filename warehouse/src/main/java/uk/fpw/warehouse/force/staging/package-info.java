/** Staging: converts rows of feeds into events, {@code staging/*.yml}. */
@NullMarked
package uk.fpw.warehouse.force.staging;

import org.jspecify.annotations.NullMarked;
