package uk.fpw.metrics.staging;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import uk.fpw.model.Models;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.yaml.ConfigError;

/** Names of built-in tables. A feed with such a name would be read in place of the table. */
public final class ReservedNames {

    private ReservedNames() {}

    public static Set<String> all() {
        Set<String> names = new HashSet<>();
        Models.all().forEach(model -> names.add(model.name()));
        return names;
    }

    static List<ConfigError> errors(Force force) {
        Set<String> names = all();
        return force.feeds().stream()
                .filter(feed -> names.contains(feed.name()))
                .map(feed -> new ConfigError(
                        "feeds/" + feed.name() + ".yml",
                        0,
                        "feed",
                        "'" + feed.name() + "' is the name of a built-in table",
                        "rename the feed, for example to " + feed.source() + "_" + feed.name() + ", and its file too"))
                .toList();
    }
}
