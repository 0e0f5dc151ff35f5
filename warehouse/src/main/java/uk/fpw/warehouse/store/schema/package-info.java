/**
 * Creation of the relational database by Flyway: hand-written migrations for {@code ops}, the catalog and Spring Batch,
 * and a repeatable migration that creates the published tables and views from the models.
 */
@NullMarked
package uk.fpw.warehouse.store.schema;

import org.jspecify.annotations.NullMarked;
