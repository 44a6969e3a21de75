package dev.darkroom.runtime.wiring;

import dev.darkroom.core.catalogue.ListModels;
import dev.darkroom.core.catalogue.ModelCatalogue;
import dev.darkroom.core.catalogue.QuotePrice;
import dev.darkroom.core.provider.ImageProviders;
import dev.darkroom.core.provider.ReadBalance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Makes what callers ask before a submission: the models, their prices, and the balance. */
class CatalogueProducers {

    @Produces
    @Singleton
    ListModels listModels(ModelCatalogue catalogue, InstantSource clock) {
        return new ListModels(catalogue, clock);
    }

    @Produces
    @Singleton
    QuotePrice quotePrice(ModelCatalogue catalogue, InstantSource clock) {
        return new QuotePrice(catalogue, clock);
    }

    @Produces
    @Singleton
    ReadBalance readBalance(ImageProviders providers, InstantSource clock) {
        return new ReadBalance(providers, clock);
    }
}
