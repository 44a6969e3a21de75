package dev.darkroom.application;

import dev.darkroom.domain.ModelId;
import java.util.Collection;
import java.util.Optional;

/** The models that can be asked for. */
public interface ModelCatalogue {

    Optional<Model> find(ModelId id);

    Collection<ModelId> ids();
}
