/**
 * What the relational database says of the warehouse: all SQL on schema {@code ops} but that of its lock and its
 * identity, which every process asks before anything else. Each class keeps the tables of one subject; all go through
 * {@link uk.fpw.warehouse.ledger.OpsDatabase}. Nothing here knows Iceberg's tables or files: where {@code ops} is a
 * copy of those, package {@code recovery} makes it agree with them.
 */
@NullMarked
package uk.fpw.warehouse.ledger;

import org.jspecify.annotations.NullMarked;
