/**
 * The state of the warehouse in the relational database: all SQL on schema {@code ops}, except for the lock and the
 * identity, which every process checks first. Each class maintains the tables of one subject; all use
 * {@link uk.fpw.warehouse.store.ledger.OpsDatabase}. Independent of Iceberg tables and files: where {@code ops} is a
 * copy of those, package {@code recovery} reconciles it with them.
 */
@NullMarked
package uk.fpw.warehouse.store.ledger;

import org.jspecify.annotations.NullMarked;
