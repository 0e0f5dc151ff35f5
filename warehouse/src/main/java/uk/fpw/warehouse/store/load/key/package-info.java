/** Keys and hashes of rows, and indexes of them in a limited part of the memory. */
@NullMarked
package uk.fpw.warehouse.store.load.key;

import org.jspecify.annotations.NullMarked;
