package dev.darkroom.runtime;

import dev.darkroom.core.provider.SecretStore;
import dev.darkroom.secrets.AwsSecretStore;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Makes the store of the providers' keys. It connects to nothing before a key is read. */
class SecretProducers {

    @Produces
    @Singleton
    SecretStore secretStore(AwsConfig config, InstantSource clock) {
        return new AwsSecretStore(config.region(), config.secretsEndpoint(), AwsClientProducers.credentials(), clock);
    }
}
