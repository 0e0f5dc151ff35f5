/**
 * What an attribute was when an item entered a queue: kept as it was first released, else looked up in the versions
 * that the source had. Independent of tables, but for {@link uk.fpw.metrics.entry.EntryRows}.
 */
@NullMarked
package uk.fpw.metrics.entry;

import org.jspecify.annotations.NullMarked;
