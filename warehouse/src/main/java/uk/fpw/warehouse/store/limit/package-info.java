/** Limits that stop what is out of the ordinary, and their acceptance by a person. */
@NullMarked
package uk.fpw.warehouse.store.limit;

import org.jspecify.annotations.NullMarked;
