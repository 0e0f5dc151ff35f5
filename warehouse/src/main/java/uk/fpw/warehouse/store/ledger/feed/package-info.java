/** Records of feeds in {@code ops}: their loads and files, refused rows, and facts about their sources. */
@NullMarked
package uk.fpw.warehouse.store.ledger.feed;

import org.jspecify.annotations.NullMarked;
