package dev.darkroom.http.wavespeed.wire;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** The body of every success: the provider's envelope. */
@RegisterForReflection
record SuccessEnvelope(int code, String message, GenerationView data) {

    static SuccessEnvelope of(GenerationView data) {
        return new SuccessEnvelope(200, "success", data);
    }
}
