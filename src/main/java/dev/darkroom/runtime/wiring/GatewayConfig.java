package dev.darkroom.runtime.wiring;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.util.Optional;

/** Settings of the gateway itself. */
@ConfigMapping(prefix = "darkroom.gateway")
interface GatewayConfig {

    /** The gateway's own address as the provider reaches it; without it the provider is polled instead. */
    Optional<URI> publicUrl();

    /** The address of the API's own endpoint, for the links that workflows get. */
    Optional<URI> endpointUrl();

    /** The claim of a token that names the owner; without it no token is accepted. */
    Optional<String> jwtOwnerClaim();
}
