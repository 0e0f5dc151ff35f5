/** Limits that stop unusual loads and releases, and their acceptance by a person. */
@NullMarked
package uk.fpw.warehouse.store.limit;

import org.jspecify.annotations.NullMarked;
