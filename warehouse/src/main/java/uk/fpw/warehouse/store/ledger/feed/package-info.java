/**
 * What {@code ops} records of feeds: their loads and files, rows that were refused, and what is known of their sources.
 */
@NullMarked
package uk.fpw.warehouse.store.ledger.feed;

import org.jspecify.annotations.NullMarked;
