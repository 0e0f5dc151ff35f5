package uk.fpw.publish;

import java.util.List;
import uk.fpw.model.Model;

/**
 * Exactly the tables that a candidate must have, in the order in which they are computed.
 *
 * @param models the models of this software; tests may pass fewer
 */
record ReleaseTables(List<Model> models) {

    ReleaseTables {
        models = List.copyOf(models);
    }

    /** The published tables. */
    List<Model> marts() {
        return models.stream().filter(Model::isMart).toList();
    }
}
