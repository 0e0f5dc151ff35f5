/**
 * Where the current rows of the feeds went: used by a figure, or excluded with one reason. Pure function: the rows
 * of one item in, reasons and counts out.
 */
@NullMarked
package uk.fpw.metrics.account;

import org.jspecify.annotations.NullMarked;
