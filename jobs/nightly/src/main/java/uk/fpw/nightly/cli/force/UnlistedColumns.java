package uk.fpw.nightly.cli.force;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.feed.ClosedLists;
import uk.fpw.warehouse.force.feed.Feed;

/** What the audit cannot find because a feed does not list the codes, dates and values of its columns. */
final class UnlistedColumns {

    private UnlistedColumns() {}

    /** A warning for each; none is an error, because folders older than these fields do not have them. */
    static List<String> warnings(Force force) {
        Set<String> slices = force.queues().stream()
                .flatMap(queue -> queue.slices().stream())
                .collect(Collectors.toSet());
        List<String> warnings = new ArrayList<>();
        for (Feed feed : force.feeds()) {
            if (force.stagings().stream().noneMatch(staging -> staging.feeds().contains(feed.name()))) {
                continue;
            }
            String file = "feeds/" + feed.name() + ".yml: ";
            ClosedLists lists = feed.lists();
            if (lists.codes().isEmpty() && lists.dates().isEmpty()) {
                warnings.add(file + "codes and dates are missing, so codes that the staging query does not know, and "
                        + "events that it drops, are not found; add what the columns record, such as 'dates: "
                        + "{examined_on: examined}' or 'codes: {close_reason: {EX: examined}}'");
            }
            feed.columns().stream()
                    .filter(column -> slices.contains(column.name())
                            && column.type() == Feed.Type.TEXT
                            && column.privacy() == Feed.Privacy.NOT_PERSONAL
                            && !lists.values().containsKey(column.name()))
                    .forEach(column -> warnings.add(file + "column '" + column.name() + "' slices a queue and has no "
                            + "closed list, so whatever is typed there is published; add 'values: [...]' to it"));
        }
        return warnings;
    }
}
