package dev.darkroom.wavespeed;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares outcomes by what they mean: the words for the log and for people may change. */
final class Meaning {

    private Meaning() {}

    static void assertMeans(Object actual, Object expected) {
        assertThat(actual)
                .usingRecursiveComparison()
                .withStrictTypeChecking()
                .ignoringFields("failure.text", "reason")
                .isEqualTo(expected);
    }
}
