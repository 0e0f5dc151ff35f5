/**
 * The record of reads of single cases and people by programs that have no database: numbered files in the folder
 * {@code looks} of the warehouse, one per session, which a run imports into the database.
 */
@NullMarked
package uk.fpw.layout.look;

import org.jspecify.annotations.NullMarked;
