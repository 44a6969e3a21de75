package dev.darkroom.core.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples are those of https://www.w3.org/TR/trace-context/#traceparent-header. */
class TraceParentTest {

    private static final String VALID = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @ParameterizedTest
    @ValueSource(
            strings = {
                VALID,
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-03"
            })
    void aValidOneIsKeptAsItIs(String text) {
        assertThat(TraceParent.of(text)).map(TraceParent::value).contains(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1",
                "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
                "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01more",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01,00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
            })
    void anInvalidOneIsIgnored(String text) {
        assertThat(TraceParent.of(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what-comes, 01",
        "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-fe, 00"
    })
    void aLaterVersionIsWrittenInTheKnownOne(String text, String flags) {
        assertThat(TraceParent.of(text))
                .map(TraceParent::value)
                .contains("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-" + flags);
    }

    @Test
    void itIsKnownWithinTheWorkOfItsRequest() {
        var trace = TraceParent.of(VALID);

        assertThat(TraceParent.within(trace, TraceParent::current)).isEqualTo(trace);
        assertThat(TraceParent.within(Optional.empty(), TraceParent::current)).isEmpty();
        assertThat(TraceParent.current()).isEmpty();
    }
}
