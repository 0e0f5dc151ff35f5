/** Tests of the warehouse.limit. */
@NullMarked
package uk.fpw.warehouse.limit;

import org.jspecify.annotations.NullMarked;
