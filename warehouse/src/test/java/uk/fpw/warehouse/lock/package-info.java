/** Tests of the warehouse lock. */
@NullMarked
package uk.fpw.warehouse.lock;

import org.jspecify.annotations.NullMarked;
