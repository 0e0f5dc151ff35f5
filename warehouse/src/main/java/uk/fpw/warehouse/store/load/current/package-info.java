/** Branch {@code current}: the latest version of each row that the source still has. */
@NullMarked
package uk.fpw.warehouse.store.load.current;

import org.jspecify.annotations.NullMarked;
