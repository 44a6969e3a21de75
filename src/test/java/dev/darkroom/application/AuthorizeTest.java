package dev.darkroom.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.domain.ApiKey;
import dev.darkroom.domain.KeyDigest;
import dev.darkroom.domain.Owner;
import dev.darkroom.domain.StoredKey;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AuthorizeTest {

    private static final ApiKey KEY = ApiKey.of(new byte[ApiKey.BYTES]);
    private static final Owner OWNER = new Owner("acme");

    private final InMemoryApiKeys keys = new InMemoryApiKeys();
    private final Authorize authorize = new Authorize(keys);

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
        add(new KeyDigest(digest.substring(0, 63) + (digest.endsWith("0") ? "1" : "0")));

        assertThat(authorize.ownerOf(KEY)).isEmpty();
    }

    private void add(KeyDigest digest) {
        keys.add(new StoredKey(digest, OWNER, Instant.EPOCH, false));
    }
}
