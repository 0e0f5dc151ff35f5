/**
 * Accounts for the current rows of the feeds: used by a figure, or excluded with one reason. Pure functions from the
 * rows of one item to reasons and counts.
 */
@NullMarked
package uk.fpw.metrics.account;

import org.jspecify.annotations.NullMarked;
