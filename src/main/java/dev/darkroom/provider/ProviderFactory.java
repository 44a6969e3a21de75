package dev.darkroom.provider;

import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.provider.ImageProvider;
import jakarta.enterprise.inject.Instance;

/**
 * Makes a provider. The name of its class, which is public and has a constructor without parameters, is a line of {@code
 * META-INF/services/dev.darkroom.provider.ProviderFactory}. This line is the whole wiring of a provider.
 */
public interface ProviderFactory {

    /** The id of the provider that it makes. */
    ProviderId id();

    /**
     * Makes the provider. Called once by every function that reads rows, also by those without the provider's key, so
     * it makes no clients and connects to nothing.
     *
     * @param beans the providers that the application can inject; those that are not selected are not made
     */
    ImageProvider make(Instance<ImageProvider> beans);
}
