/** Published rows about periods before items were removed, which each later release copies. */
@NullMarked
package uk.fpw.warehouse.store.frozen;

import org.jspecify.annotations.NullMarked;
