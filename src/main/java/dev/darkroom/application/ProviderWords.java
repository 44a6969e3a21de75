package dev.darkroom.application;

import java.util.Map;

/** Tells the provider's word from everybody else's. */
@FunctionalInterface
public interface ProviderWords {

    /**
     * Reads and verifies a message.
     *
     * @param headers with names in lower case
     * @param body as it was received, byte for byte
     */
    ProviderWord read(Map<String, String> headers, byte[] body);
}
