/** What stays in a warehouse and for how long: the numbers, the decision as data, and its application. */
@NullMarked
package uk.fpw.warehouse.store.retention;

import org.jspecify.annotations.NullMarked;
