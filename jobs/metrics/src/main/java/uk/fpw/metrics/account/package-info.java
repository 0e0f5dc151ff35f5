/**
 * Where the current rows of the feeds went: used by a figure, or excluded with one reason. Pure: what one item's rows
 * say goes in, reasons and counts come out.
 */
@NullMarked
package uk.fpw.metrics.account;

import org.jspecify.annotations.NullMarked;
