package dev.darkroom.core.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.InMemoryApiKeys;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AuthenticateApiKeyTest {

    private static final ApiKey KEY = ApiKey.of(new byte[ApiKey.BYTES]);
    private static final Owner OWNER = new Owner("acme");

    private final InMemoryApiKeys keys = new InMemoryApiKeys();
    private final AuthenticateApiKey authorize = new AuthenticateApiKey(keys);

    @Test
    void aStoredKeyHasItsOwner() {
        add(KEY.digest());

        assertThat(authorize.ownerOf(KEY)).contains(OWNER);
    }

    @Test
    void aKeyThatIsNotStoredHasNone() {
        assertThat(authorize.ownerOf(KEY)).isEmpty();
    }

    @Test
    void aDisabledKeyHasNone() {
        add(KEY.digest());
        keys.disable(KEY.digest().id());

        assertThat(authorize.ownerOf(KEY)).isEmpty();
    }

    @Test
    void theWholeDigestCountsNotOnlyTheId() {
        var digest = KEY.digest().value();
        add(new ApiKeyDigest(digest.substring(0, 63) + (digest.endsWith("0") ? "1" : "0")));

        assertThat(authorize.ownerOf(KEY)).isEmpty();
    }

    private void add(ApiKeyDigest digest) {
        keys.add(new ApiKeyRecord(digest, OWNER, Instant.EPOCH, false));
    }
}
