package dev.darkroom.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URI;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The error says which rule the address of a webhook breaks. */
class WebhookAddressTest {

    private static Stream<Arguments> notAddresses() {
        var tooLong = "https://example.com/" + "a".repeat(3_000);
        return Stream.of(
                Arguments.of(MissingNode.getInstance(), "is required"),
                Arguments.of(NullNode.getInstance(), "is required"),
                Arguments.of(IntNode.valueOf(5), "must be a text"),
                Arguments.of(BooleanNode.TRUE, "must be a text"),
                Arguments.of(TextNode.valueOf(""), "must be an https address, such as https://example.com/hook"),
                Arguments.of(TextNode.valueOf("hello"), "must be an https address, such as https://example.com/hook"),
                Arguments.of(
                        TextNode.valueOf("https://"), "must be an https address, such as https://example.com/hook"),
                Arguments.of(
                        TextNode.valueOf("https://a b"), "must be an https address, such as https://example.com/hook"),
                Arguments.of(TextNode.valueOf(tooLong), "must have at most 2048 characters, not 3020"));
    }

    @ParameterizedTest
    @MethodSource("notAddresses")
    void theProblemIsNamed(JsonNode value, String problem) {
        assertThat(WebhookFields.problem(value)).contains(problem);
        assertThat(WebhookFields.address(value)).isEmpty();
    }

    @Test
    void anAddressHasNoProblem() {
        var value = TextNode.valueOf("https://example.com/hook?a=b");

        assertThat(WebhookFields.problem(value)).isEmpty();
        assertThat(WebhookFields.address(value)).contains(URI.create("https://example.com/hook?a=b"));
    }
}
