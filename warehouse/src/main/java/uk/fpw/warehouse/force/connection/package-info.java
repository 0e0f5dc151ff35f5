/** Connections to operational systems: {@code connections.yml}. */
@NullMarked
package uk.fpw.warehouse.force.connection;

import org.jspecify.annotations.NullMarked;
