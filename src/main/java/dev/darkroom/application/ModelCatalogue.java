package dev.darkroom.application;

import dev.darkroom.domain.GenerationRequest;
import dev.darkroom.domain.ModelId;
import dev.darkroom.domain.Owner;
import dev.darkroom.domain.SubmissionGate.Demand;
import java.util.Collection;
import java.util.Optional;

/** The models that can be asked for. */
public interface ModelCatalogue {

    Optional<Model> find(ModelId id);

    Collection<ModelId> ids();

    /** What a stored request asks of the submission gate; empty when its model is not in the catalogue any more. */
    default Optional<Demand> demandOf(Owner owner, GenerationRequest request) {
        return find(request.model())
                .map(model -> new Demand(owner, model.upstreamPath(), model.images(request.input())));
    }
}
