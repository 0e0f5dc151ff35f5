/** Queues and milestones: {@code queues/*.yml} and {@code milestones/*.yml}. */
@NullMarked
package uk.fpw.warehouse.force.queue;

import org.jspecify.annotations.NullMarked;
