/**
 * The dictionary of a release: every table, column, view, queue, standard, scheme, feed, rule, kind of change and
 * ready-made query, and what a table's figures are made from.
 */
@NullMarked
package uk.fpw.report.dictionary;

import org.jspecify.annotations.NullMarked;
