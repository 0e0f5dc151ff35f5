package uk.fpw.metrics.pass;

import java.io.Serializable;
import java.time.ZoneId;
import java.util.List;
import uk.fpw.metrics.cube.QueueSpec;
import uk.fpw.metrics.lifecycle.CaseMilestones;
import uk.fpw.metrics.lifecycle.ItemLife;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.Force;

/** By what items are followed; goes into the tasks. */
record ItemRules(List<QueueSpec> queues, ItemLife lives, CaseMilestones milestones, ZoneId zone)
        implements Serializable {

    /** Those of a force, as far as its feeds are known. */
    static ItemRules of(Force force, Coverage coverage) {
        List<QueueSpec> queues = QueueSpec.of(force, coverage);
        return new ItemRules(queues, new ItemLife(force, queues), new CaseMilestones(force, coverage), force.zone());
    }
}
