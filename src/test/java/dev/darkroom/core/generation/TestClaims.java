package dev.darkroom.core.generation;

import java.time.Instant;

/** Claims for tests. */
public final class TestClaims {

    private TestClaims() {}

    public static Attempt attempt(String claim, Instant at) {
        return new Attempt(claim, at, "wavespeed-ai/imagen4");
    }

    /** A claim that is valid for 30 s. */
    public static State.Submitting claim(String name, Instant at) {
        return new State.Submitting(attempt(name, at), at.plusSeconds(30));
    }
}
