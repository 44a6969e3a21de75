package dev.darkroom.restclient;

import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.eclipse.microprofile.rest.client.spi.RestClientBuilderResolver;

/** Makes this package the implementation of MicroProfile's API. */
public final class LightClientResolver extends RestClientBuilderResolver {

    @Override
    public RestClientBuilder newBuilder() {
        return new LightClientBuilder();
    }
}
