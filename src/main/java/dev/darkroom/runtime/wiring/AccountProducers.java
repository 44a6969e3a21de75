package dev.darkroom.runtime.wiring;

import dev.darkroom.core.account.ApiKeys;
import dev.darkroom.core.account.AuthenticateApiKey;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the check of API keys. */
class AccountProducers {

    @Produces
    @Singleton
    AuthenticateApiKey authenticateApiKey(ApiKeys keys) {
        return new AuthenticateApiKey(keys);
    }
}
