package dev.darkroom.runtime.wiring;

import dev.darkroom.core.account.ApiKeys;
import dev.darkroom.core.account.AuthenticateApiKey;
import dev.darkroom.core.account.KeyUseListener;
import dev.darkroom.core.account.KeyUseRecorder;
import dev.darkroom.core.account.KeyUses;
import dev.darkroom.http.TokenCallers;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Makes the checks of API keys and tokens. */
class AccountProducers {

    @Produces
    @Singleton
    AuthenticateApiKey authenticateApiKey(ApiKeys keys, KeyUses uses, KeyUseListener listener, InstantSource clock) {
        return new AuthenticateApiKey(keys, new KeyUseRecorder(uses, clock, listener), clock);
    }

    @Produces
    @Singleton
    TokenCallers tokenCallers(GatewayConfig config) {
        return new TokenCallers(config.jwtOwnerClaim());
    }
}
