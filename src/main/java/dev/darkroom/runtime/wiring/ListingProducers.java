package dev.darkroom.runtime.wiring;

import dev.darkroom.core.listing.DeleteGenerations;
import dev.darkroom.core.listing.ListGenerations;
import dev.darkroom.core.store.GenerationContext;
import dev.darkroom.core.store.GenerationListener;
import dev.darkroom.core.store.OwnerIndex;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the lists of owners. */
class ListingProducers {

    @Produces
    @Singleton
    ListGenerations listGenerations(OwnerIndex index, GenerationListener listener) {
        return new ListGenerations(index, listener);
    }

    @Produces
    @Singleton
    DeleteGenerations deleteGenerations(GenerationContext context, OwnerIndex index) {
        return new DeleteGenerations(context, index);
    }
}
