package dev.darkroom.runtime.wiring;

import dev.darkroom.core.catalogue.ModelCatalogue;
import dev.darkroom.core.provider.CallbackUrl;
import dev.darkroom.core.provider.ImageProvider;
import dev.darkroom.core.provider.ImageProviders;
import dev.darkroom.provider.WiredProviders;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the providers, the catalogue of their models, and the address for their webhooks. */
class ProviderProducers {

    @Produces
    @Singleton
    ModelCatalogue modelCatalogue(ModelsConfig config) {
        return DeployedCatalogue.with(config.aliases().orElse(""), config.unknownParameters());
    }

    @Produces
    @Singleton
    ImageProviders imageProviders(Instance<ImageProvider> beans, CallbackUrl callback) {
        return WiredProviders.deployed().make(beans, callback);
    }

    @Produces
    @Singleton
    CallbackUrl callbackUrl(GatewayConfig config) {
        return new CallbackUrl(config.publicUrl());
    }
}
