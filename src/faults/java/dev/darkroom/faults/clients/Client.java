package dev.darkroom.faults.clients;

import dev.darkroom.core.account.Owner;
import java.util.Locale;

/** A client of OpenAI's API, as a program uses it. */
public enum Client {
    OPENAI("openai", false),
    AI_SDK_OPENAI("@ai-sdk/openai", false),
    AI_SDK_COMPATIBLE("@ai-sdk/openai-compatible", false),
    OPENAI_WITH_KEY("openai", true),
    AI_SDK_COMPATIBLE_WITH_KEY("@ai-sdk/openai-compatible", true);

    private final String library;
    private final boolean key;

    Client(String library, boolean key) {
        this.library = library;
        this.key = key;
    }

    /** The name of its npm package. */
    String library() {
        return library;
    }

    /** Whose API key it uses. */
    Owner owner() {
        return new Owner(name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /** Whether each call has an idempotency key, under which the program calls again when its client has given up. */
    boolean hasKey() {
        return key;
    }

    /** Whether the gateway can recognise all of its retries, so that no call may be paid for twice. */
    boolean isPaidOnce() {
        return key || library.equals("openai");
    }

    @Override
    public String toString() {
        return key ? library + " with a key" : library;
    }
}
