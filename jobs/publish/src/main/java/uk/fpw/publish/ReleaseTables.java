package uk.fpw.publish;

import java.util.List;
import uk.fpw.model.Model;

/**
 * The tables that a candidate must have, no more and no fewer, in the order of their computation.
 *
 * @param models those of this software; tests that are not about all of them give fewer
 */
record ReleaseTables(List<Model> models) {

    ReleaseTables {
        models = List.copyOf(models);
    }

    /** Those that are published. */
    List<Model> marts() {
        return models.stream().filter(Model::isMart).toList();
    }
}
