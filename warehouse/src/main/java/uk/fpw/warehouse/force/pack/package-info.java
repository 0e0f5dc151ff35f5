/** Definition packs: queues that several forces define alike, as resources of this software. */
@NullMarked
package uk.fpw.warehouse.force.pack;

import org.jspecify.annotations.NullMarked;
