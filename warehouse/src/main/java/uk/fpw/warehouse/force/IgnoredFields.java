package uk.fpw.warehouse.force;

import java.util.List;

/** Fields of earlier versions that are still read, and no longer have an effect; the next version refuses them. */
public final class IgnoredFields {

    private IgnoredFields() {}

    /** Each that a folder has: the file, the field, and what to do. */
    public static List<String> of(Force force) {
        return force.identity().pages().smallCellThreshold() == null
                ? List.of()
                : List.of("force.yml: pages.small_cell_threshold no longer has an effect, because pages show exact "
                        + "figures; remove it");
    }
}
