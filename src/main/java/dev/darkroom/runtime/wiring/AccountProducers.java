package dev.darkroom.runtime.wiring;

import dev.darkroom.core.account.ApiKeys;
import dev.darkroom.core.account.AuthenticateApiKey;
import dev.darkroom.core.account.KeyUseListener;
import dev.darkroom.core.account.KeyUseRecorder;
import dev.darkroom.core.account.KeyUses;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Makes the check of API keys. */
class AccountProducers {

    @Produces
    @Singleton
    AuthenticateApiKey authenticateApiKey(ApiKeys keys, KeyUses uses, KeyUseListener listener, InstantSource clock) {
        return new AuthenticateApiKey(keys, new KeyUseRecorder(uses, clock, listener), clock);
    }
}
