/** Who does the work and how many they are: {@code capacity/*.yml} and {@code staffing/*.yml}. */
@NullMarked
package uk.fpw.warehouse.force.capacity;

import org.jspecify.annotations.NullMarked;
