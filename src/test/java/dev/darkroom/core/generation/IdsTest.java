package dev.darkroom.core.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.store.Shard;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abc",
                "0000000000000000000000000000000G",
                "0000000000000000000000000000000A",
                "000000000000000000000000000000011",
                "lease#0"
            })
    void whatIsNoGenerationIdIsNotParsed(String text) {
        assertThat(GenerationId.parse(text)).isEmpty();
    }

    @Test
    void theSameOwnerAndKeyGiveTheSameId() {
        var key = new IdempotencyKey("order-1");

        assertThat(GenerationId.derived(new Owner("a"), key)).isEqualTo(GenerationId.derived(new Owner("a"), key));
    }

    @Test
    void ownersDoNotMeetThroughTheirKeys() {
        assertThat(GenerationId.derived(new Owner("ab"), new IdempotencyKey("c")))
                .isNotEqualTo(GenerationId.derived(new Owner("a"), new IdempotencyKey("bc")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " a", "a ", "ä", "a\nb"})
    void whatIsNoIdempotencyKeyIsNotParsed(String text) {
        assertThat(IdempotencyKey.parse(text)).isEmpty();
    }

    @Test
    void idempotencyKeysHaveUpTo255Characters() {
        assertThat(IdempotencyKey.parse("k".repeat(255))).isPresent();
        assertThat(IdempotencyKey.parse("k".repeat(256))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../x", "a//b", "A/b", "a/b/", "a/%2e%2e"})
    void whatIsNoModelIdIsNotParsed(String text) {
        assertThat(ModelId.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dall-e-3", "gpt-image-1.5", "acme/imagen4", "a/b/c/d/e/f"})
    void aModelIdMayBeASingleNameOrAPath(String text) {
        assertThat(ModelId.parse(text)).contains(new ModelId(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\tb"})
    void whatIsNoPredictionIdIsNotParsed(String text) {
        assertThat(PredictionId.parse(text)).isEmpty();
    }

    @Test
    void idsSpreadOverAllShards() {
        var shards = IntStream.range(0, 200)
                .mapToObj(i -> GenerationId.derived(new Owner("caller"), new IdempotencyKey("key-" + i)))
                .map(id -> Shard.of(id, 8))
                .collect(Collectors.toSet());

        assertThat(shards).containsExactlyInAnyOrderElementsOf(Shard.all(8));
    }
}
