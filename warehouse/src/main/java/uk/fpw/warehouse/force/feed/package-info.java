/** Tables of operational systems as they reach the warehouse: {@code feeds/*.yml}, with {@code bank_holidays.csv}. */
@NullMarked
package uk.fpw.warehouse.force.feed;

import org.jspecify.annotations.NullMarked;
