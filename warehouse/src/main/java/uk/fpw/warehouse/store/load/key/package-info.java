/** Row keys and row hashes, and indexes of them within limited memory. */
@NullMarked
package uk.fpw.warehouse.store.load.key;

import org.jspecify.annotations.NullMarked;
