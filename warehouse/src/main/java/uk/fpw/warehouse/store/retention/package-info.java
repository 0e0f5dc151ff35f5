/** What is kept in a warehouse and for how long: the rules, the selection as data, and the deletion. */
@NullMarked
package uk.fpw.warehouse.store.retention;

import org.jspecify.annotations.NullMarked;
