package dev.darkroom.core.catalogue;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.GenerationRequest;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.ratelimit.SubmissionGate.Demand;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/** The models that callers can request. */
public interface ModelCatalogue {

    Optional<Model> find(ModelId id);

    /**
     * The model that draws a request for this id at {@code now}: the model of the id, the one that an alias leads to,
     * or the successor of a retired one. Its {@link Model#validate} takes the parameters of the requested model.
     */
    default Optional<Model> serving(ModelId id, Instant now) {
        return find(id);
    }

    /** The ids that can be requested, aliases included. */
    Collection<ModelId> ids();

    /** What is wrong with a name that is no model's, for the caller to read. */
    default String unknown(String name) {
        var known = ids().stream().map(ModelId::value).toList();
        return "is not in the catalogue"
                + Suggestion.nearest(name, known)
                        .map("; did you mean %s?"::formatted)
                        .orElse("");
    }

    /**
     * The demand of a stored request on the submission gate; empty when its model is no longer in the catalogue, or has
     * moved to another provider.
     */
    default Optional<Demand> demandOf(Owner owner, GenerationRequest request) {
        return find(request.model())
                .filter(model -> model.provider().equals(request.provider()))
                .map(model -> new Demand(owner, model.upstreamPath(), model.images(request.input())));
    }
}
