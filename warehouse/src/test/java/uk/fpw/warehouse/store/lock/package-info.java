/** Tests of the warehouse lock. */
@NullMarked
package uk.fpw.warehouse.store.lock;

import org.jspecify.annotations.NullMarked;
