package dev.darkroom.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

/** Callers choose the names of headers and query parameters. Interned, these would stay in memory for good. */
class EventMapperCustomizerTest {

    @Test
    void namesInEventsAreNotKept() throws Exception {
        var mapper = new ObjectMapper();
        var interned = "a-header-of-this-test-only".intern();

        new EventMapperCustomizer().customize(mapper);
        // The framework copies its mapper before it reads events.
        var read = mapper.copy().readTree("{\"%s\": 1}".formatted(interned));

        assertThat(read.fieldNames().next()).isEqualTo(interned).isNotSameAs(interned);
        assertThat(mapper.getFactory().isEnabled(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES))
                .isFalse();
    }
}
