/**
 * The state of the warehouse in the relational database: all SQL on schema {@code ops} except its lock
 * and its identity, which every process checks first. Each class keeps the tables of one subject; all go through
 * {@link uk.fpw.warehouse.store.ledger.OpsDatabase}. Nothing here knows Iceberg's tables or files: where {@code ops} is
 * a copy of those, package {@code recovery} makes it agree with them.
 */
@NullMarked
package uk.fpw.warehouse.store.ledger;

import org.jspecify.annotations.NullMarked;
