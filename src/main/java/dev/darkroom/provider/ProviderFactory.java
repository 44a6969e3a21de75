package dev.darkroom.provider;

import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.provider.ImageProvider;
import dev.darkroom.settings.ProviderVariables;
import jakarta.enterprise.inject.Instance;

/**
 * Makes a provider. The name of its class is a line of {@code META-INF/services/dev.darkroom.provider.ProviderFactory},
 * which is the whole wiring of a provider. The class is public and has a constructor without parameters.
 */
public interface ProviderFactory {

    /** The id of the provider that it makes. */
    ProviderId id();

    /**
     * Makes the provider. It makes no clients and connects to nothing: every function that reads rows calls it once,
     * even without the provider's key.
     *
     * @param beans the providers that the application can inject; those that are not selected are not made
     */
    ImageProvider make(Instance<ImageProvider> beans);

    /** The variables of its settings. They are checked before anything else of a function is started. */
    default ProviderVariables variables() {
        return ProviderVariables.NONE;
    }
}
