package dev.darkroom.core.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.generation.FollowUp;
import dev.darkroom.core.generation.FollowUp.NotifyTask;
import dev.darkroom.core.generation.TaskToken;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {

    private static final ApiKey KEY = ApiKey.of(new byte[ApiKey.BYTES]);

    @Test
    void aKeyIsItsPrefixAnd43Characters() {
        assertThat(KEY.value()).isEqualTo("drk_" + "A".repeat(43));
        assertThat(ApiKey.parse(KEY.value())).contains(KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "drk_", "drk_short", "DRK_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void whatIsNoKeyIsNotParsed(String text) {
        assertThat(ApiKey.parse(text)).isEmpty();
    }

    @Test
    void aDigestIsTheSha256OfTheKeysText() {
        // The digest was made with: printf drk_AAA… | sha256sum
        assertThat(KEY.digest().value()).isEqualTo("978f2e10d76c6ed469eecb0ef7b133b49693f81ce35cd10625a406f34f5c7436");
        assertThat(KEY.digest().id().value()).isEqualTo("978f2e10d76c6ed4");
    }

    @Test
    void nothingSecretIsPrinted() {
        assertThat(KEY.toString()).doesNotContain("AAAA");
        var now = Instant.parse("2026-01-01T12:00:00Z");
        assertThat(new FollowUp(new NotifyTask(new TaskToken("secret")), now, 0, now).toString())
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Acme", "a b", "-a", "a-", "a/b", "ä"})
    void whatIsNoOwnerIsNotParsed(String text) {
        assertThat(Owner.parse(text)).isEmpty();
    }

    @Test
    void anOwnerHasUpTo63Characters() {
        assertThat(Owner.parse("a".repeat(63))).isPresent();
        assertThat(Owner.parse("a".repeat(64))).isEmpty();
    }
}
