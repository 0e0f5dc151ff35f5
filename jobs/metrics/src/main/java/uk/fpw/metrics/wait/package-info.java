/** The statistics of waiting: Kaplan-Meier, Aalen-Johansen, quantiles. Functions that the models call. */
@NullMarked
package uk.fpw.metrics.wait;

import org.jspecify.annotations.NullMarked;
