package dev.darkroom.http.wavespeed.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.store.OwnerIndex.Entry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListCursorTest {

    private static final Entry ENTRY =
            new Entry(Instant.parse("2026-01-01T12:00:00.123Z"), new GenerationId("a".repeat(32)));

    @Test
    void aCursorIsReadBackAsItWasAnswered() {
        assertThat(ListCursor.parse(ListCursor.of(ENTRY))).contains(ENTRY);
    }

    @Test
    void aCursorNeedsNoEscapeInAnAddress() {
        assertThat(ListCursor.of(ENTRY)).matches("[A-Za-z0-9_-]{1,100}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1.5.", "2.5.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "1.-5.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    void anotherFormIsNoCursor(String text) {
        var encoded = Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));

        assertThat(ListCursor.parse(encoded)).isEmpty();
    }

    @Test
    void whatIsNotBase64IsNoCursor() {
        assertThat(ListCursor.parse("*")).isEmpty();
        assertThat(ListCursor.parse("A".repeat(101))).isEmpty();
    }
}
