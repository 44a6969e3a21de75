package dev.darkroom.provider.wavespeed;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares outcomes without their texts for the log and for people. */
final class OutcomeAssert {

    private OutcomeAssert() {}

    static void assertMeans(Object actual, Object expected) {
        assertThat(actual)
                .usingRecursiveComparison()
                .withStrictTypeChecking()
                .ignoringFields("failure.text", "reason")
                .isEqualTo(expected);
    }
}
