package dev.darkroom.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.core.InMemoryApiKeys;
import dev.darkroom.core.InMemoryKeyUses;
import dev.darkroom.core.TestClock;
import dev.darkroom.core.money.KeyBudget;
import dev.darkroom.errors.StoreUnavailableException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuthenticateApiKeyTest {

    private static final ApiKey KEY = key(0);
    private static final Owner OWNER = new Owner("acme");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final InMemoryApiKeys keys = new InMemoryApiKeys();
    private final TestClock clock = new TestClock();
    private final InMemoryKeyUses uses = new InMemoryKeyUses();
    private final List<RuntimeException> failures = new ArrayList<>();
    private final KeyUseRecorder recorder = new KeyUseRecorder(uses, clock, (_, cause) -> failures.add(cause));
    private final AuthenticateApiKey authenticate = new AuthenticateApiKey(keys, recorder, clock);

    @Test
    void aStoredKeyIsAcceptedForItsOwner() {
        add(KEY.digest());

        assertThat(authenticate.authenticate(KEY))
                .isEqualTo(new Authentication.Accepted(
                        new Caller(OWNER, KEY.digest().id())));
    }

    @Test
    void aKeyThatIsNotStoredIsUnknown() {
        assertThat(authenticate.authenticate(KEY)).isEqualTo(new Authentication.Unknown());
    }

    @Test
    void aDisabledKeyIsRefusedAsDisabled() {
        add(KEY.digest());
        keys.disable(KEY.digest().id());

        assertThat(authenticate.authenticate(KEY))
                .isEqualTo(new Authentication.Disabled(KEY.digest().id()));
    }

    @Test
    void aCallerHasTheRoleOfItsKey() {
        add(KEY.digest());
        keys.setAccess(KEY.digest().id(), new KeyAccess(KeyRole.READ, Optional.empty()));

        assertThat(authenticate.authenticate(KEY))
                .isEqualTo(new Authentication.Accepted(
                        new Caller(OWNER, KEY.digest().id(), KeyRole.READ)));
    }

    /** Also while the key is remembered. */
    @Test
    void aKeyIsRefusedFromItsExpiryOn() {
        add(KEY.digest());
        var end = clock.instant().plusSeconds(10);
        keys.setAccess(KEY.digest().id(), new KeyAccess(KeyRole.GENERATE, Optional.of(end)));
        clock.set(end.minusMillis(1));
        assertThat(authenticate.authenticate(KEY)).isInstanceOf(Authentication.Accepted.class);

        clock.set(end);

        assertThat(authenticate.authenticate(KEY))
                .isEqualTo(new Authentication.Expired(KEY.digest().id()));
    }

    @Test
    void theDayOfItsUseIsWrittenOnceADay() {
        add(KEY.digest());
        clock.set(Instant.parse("2026-11-26T23:59:59Z"));
        authenticate.authenticate(KEY);
        authenticate.authenticate(KEY);
        assertThat(uses.writes()).isEqualTo(1);

        clock.advance(Duration.ofSeconds(1));
        authenticate.authenticate(KEY);

        assertThat(uses.writes()).isEqualTo(2);
        assertThat(uses.lastDays(List.of(KEY.digest().id())))
                .containsEntry(KEY.digest().id(), LocalDate.parse("2026-11-27"));
    }

    @Test
    void aDayThatCannotBeWrittenRefusesNoRequestAndIsTriedOnce() {
        add(KEY.digest());
        uses.setUnavailable(true);

        for (int request = 0; request < 3; request++) {
            assertThat(authenticate.authenticate(KEY)).isInstanceOf(Authentication.Accepted.class);
        }

        assertThat(failures).singleElement().isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void aWriteThatTheStoreRefusesRefusesNoRequestEither() {
        add(KEY.digest());
        var refused = new IllegalStateException("the role may not write");
        var refusing = new AuthenticateApiKey(
                keys, new KeyUseRecorder(refusingWith(refused), clock, (_, cause) -> failures.add(cause)), clock);

        assertThat(refusing.authenticate(KEY)).isInstanceOf(Authentication.Accepted.class);

        assertThat(failures).containsExactly(refused);
    }

    @Test
    void theNextDayIsTriedAgain() {
        add(KEY.digest());
        uses.setUnavailable(true);
        authenticate.authenticate(KEY);
        uses.setUnavailable(false);

        clock.advance(Duration.ofDays(1));
        authenticate.authenticate(KEY);

        assertThat(uses.writes()).isEqualTo(1);
    }

    private static KeyUses refusingWith(RuntimeException refused) {
        return new KeyUses() {

            @Override
            public void used(ApiKeyId key, LocalDate day) {
                throw refused;
            }

            @Override
            public Map<ApiKeyId, LocalDate> lastDays(Collection<ApiKeyId> ids) {
                return Map.of();
            }
        };
    }

    @Test
    void theUseOfARefusedKeyIsNotWritten() {
        add(KEY.digest());
        keys.disable(KEY.digest().id());

        authenticate.authenticate(KEY);

        assertThat(uses.writes()).isZero();
    }

    @Test
    void theWholeDigestCountsNotOnlyTheId() {
        var digest = KEY.digest().value();
        add(new ApiKeyDigest(digest.substring(0, 63) + (digest.endsWith("0") ? "1" : "0")));

        assertThat(authenticate.authenticate(KEY)).isEqualTo(new Authentication.Unknown());
    }

    @Test
    void aKeyIsLookedUpOnceAMinute() {
        add(KEY.digest());
        authenticate.authenticate(KEY);
        clock.advance(MINUTE.minusMillis(1));
        authenticate.authenticate(KEY);
        assertThat(keys.lookups()).isEqualTo(1);

        clock.advance(Duration.ofMillis(1));
        authenticate.authenticate(KEY);

        assertThat(keys.lookups()).isEqualTo(2);
    }

    @Test
    void aKeyInConstantUseIsRefusedAMinuteAfterItWasDisabled() {
        add(KEY.digest());
        authenticate.authenticate(KEY);
        keys.disable(KEY.digest().id());
        for (int second = 1; second < 60; second++) {
            clock.advance(Duration.ofSeconds(1));
            authenticate.authenticate(KEY);
        }

        clock.advance(Duration.ofSeconds(1));

        assertThat(authenticate.authenticate(KEY)).isInstanceOf(Authentication.Disabled.class);
    }

    /** The key may be disabled right after it was read and before the answer arrives. */
    @Test
    void theMinuteBeginsBeforeTheLookup() {
        add(KEY.digest());
        var slow = new AuthenticateApiKey(new SlowKeys(keys, clock, Duration.ofSeconds(5)), recorder, clock);
        slow.authenticate(KEY);
        keys.disable(KEY.digest().id());

        clock.advance(MINUTE.minusSeconds(5));

        assertThat(slow.authenticate(KEY)).isInstanceOf(Authentication.Disabled.class);
    }

    @Test
    void aClockThatIsSetBackProlongsNothing() {
        add(KEY.digest());
        authenticate.authenticate(KEY);
        keys.disable(KEY.digest().id());

        clock.set(clock.instant().minus(Duration.ofHours(1)));

        assertThat(authenticate.authenticate(KEY)).isInstanceOf(Authentication.Disabled.class);
    }

    @Test
    void aRefusalIsRememberedForAMinuteToo() {
        authenticate.authenticate(KEY);
        add(KEY.digest());
        clock.advance(MINUTE.minusMillis(1));
        assertThat(authenticate.authenticate(KEY)).isEqualTo(new Authentication.Unknown());

        clock.advance(Duration.ofMillis(1));

        assertThat(authenticate.authenticate(KEY)).isInstanceOf(Authentication.Accepted.class);
    }

    @Test
    void aLookupThatFailsIsNotRemembered() {
        add(KEY.digest());
        keys.setUnavailable(true);
        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> authenticate.authenticate(KEY));

        keys.setUnavailable(false);

        assertThat(authenticate.authenticate(KEY)).isInstanceOf(Authentication.Accepted.class);
    }

    @Test
    void anExpiredAnswerIsNotUsedWhenTheTableDoesNotAnswer() {
        add(KEY.digest());
        authenticate.authenticate(KEY);
        clock.advance(MINUTE);

        keys.setUnavailable(true);

        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> authenticate.authenticate(KEY));
    }

    @Test
    void guessedKeysCostOneLookupEachAndDisplaceNoValidKey() {
        add(KEY.digest());
        authenticate.authenticate(KEY);
        guess(1, 2 * KeyLookups.MAX_ENTRIES);

        authenticate.authenticate(KEY);

        assertThat(keys.lookups()).isEqualTo(1 + 2 * KeyLookups.MAX_ENTRIES);
    }

    @Test
    void onlyTheLatestRefusalsAreRemembered() {
        guess(1, KeyLookups.MAX_ENTRIES + 1);
        int before = keys.lookups();

        guess(2, KeyLookups.MAX_ENTRIES);
        assertThat(keys.lookups()).isEqualTo(before);
        guess(1, 1);

        assertThat(keys.lookups()).isEqualTo(before + 1);
    }

    @Test
    void validKeysBeyondTheBoundAreLookedUpAgain() {
        for (int number = 0; number <= KeyLookups.MAX_ENTRIES; number++) {
            add(key(number).digest());
        }
        guess(0, KeyLookups.MAX_ENTRIES);
        int before = keys.lookups();

        authenticate.authenticate(KEY);

        assertThat(keys.lookups()).isEqualTo(before + 1);
    }

    /** Authenticates the keys with these numbers, both included. */
    private void guess(int first, int last) {
        for (int number = first; number <= last; number++) {
            authenticate.authenticate(key(number));
        }
    }

    private static ApiKey key(int number) {
        return ApiKey.of(ByteBuffer.allocate(ApiKey.BYTES).putInt(number).array());
    }

    private void add(ApiKeyDigest digest) {
        keys.add(new ApiKeyRecord(digest, OWNER, Instant.EPOCH, false));
    }

    /** Each lookup takes {@code time}. */
    private record SlowKeys(ApiKeys keys, TestClock clock, Duration time) implements ApiKeys {

        @Override
        public Optional<ApiKeyRecord> find(ApiKeyId id) {
            var found = keys.find(id);
            clock.advance(time);
            return found;
        }

        @Override
        public boolean add(ApiKeyRecord key) {
            return keys.add(key);
        }

        @Override
        public List<ApiKeyRecord> all() {
            return keys.all();
        }

        @Override
        public boolean disable(ApiKeyId id) {
            return keys.disable(id);
        }

        @Override
        public boolean setBudget(ApiKeyId id, KeyBudget budget) {
            return keys.setBudget(id, budget);
        }

        @Override
        public boolean setAccess(ApiKeyId id, KeyAccess access) {
            return keys.setAccess(id, access);
        }
    }
}
