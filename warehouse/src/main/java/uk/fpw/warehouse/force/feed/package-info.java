/** Tables of operational systems as delivered to the warehouse: {@code feeds/*.yml} and {@code bank_holidays.csv}. */
@NullMarked
package uk.fpw.warehouse.force.feed;

import org.jspecify.annotations.NullMarked;
