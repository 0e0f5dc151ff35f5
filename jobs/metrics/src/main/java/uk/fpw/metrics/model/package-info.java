/** Reads and writes the tables of the models of the sql module. */
@NullMarked
package uk.fpw.metrics.model;

import org.jspecify.annotations.NullMarked;
