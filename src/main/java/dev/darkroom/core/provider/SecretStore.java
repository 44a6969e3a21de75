package dev.darkroom.core.provider;

import java.util.Optional;

/** Where secrets are kept. */
public interface SecretStore {

    /**
     * The name of a secret.
     *
     * @param id the name or address by which the store knows it
     * @param field the field that has the value, when the secret is a JSON object
     */
    record SecretName(String id, Optional<String> field) {}

    /**
     * Reads the present value, without blanks and line breaks around it. One call, which takes a few seconds at most.
     *
     * @throws SecretUnavailableException when it cannot be read, or is empty
     */
    String read(SecretName name);
}
