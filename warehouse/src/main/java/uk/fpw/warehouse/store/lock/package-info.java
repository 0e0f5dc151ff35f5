/** The warehouse lock: which process may write. Plain JDBC, so that the Spark process can check it too. */
@NullMarked
package uk.fpw.warehouse.store.lock;

import org.jspecify.annotations.NullMarked;
