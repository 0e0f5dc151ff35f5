/**
 * Turns the current rows of the feeds into staged events: checks what a force's SQL does and returns, and applies its
 * rules.
 */
@NullMarked
package uk.fpw.metrics.staging;

import org.jspecify.annotations.NullMarked;
