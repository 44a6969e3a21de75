package dev.darkroom.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.account.ApiKey;
import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.account.ApiKeyRecord;
import dev.darkroom.core.account.ApiKeys;
import dev.darkroom.core.account.KeyAccess;
import dev.darkroom.core.account.KeyRole;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.money.BudgetPeriod;
import dev.darkroom.core.money.KeyBudget;
import dev.darkroom.core.money.Money;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The contract of every {@link ApiKeys}. */
abstract class ApiKeysContract {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00.123Z");
    private static final AtomicInteger KEYS = new AtomicInteger();

    abstract ApiKeys keys();

    @Test
    void theAccessOfAKeyIsReplaced() {
        var key = key(NOW);
        keys().add(key);
        var access = new KeyAccess(KeyRole.ADMIN, Optional.of(NOW.plusSeconds(60)));

        assertThat(keys().setAccess(key.digest().id(), access)).isTrue();
        assertThat(keys().find(key.digest().id())).contains(key.with(access));

        keys().setAccess(key.digest().id(), KeyAccess.USUAL);

        assertThat(keys().find(key.digest().id())).contains(key);
    }

    @Test
    void theBudgetOfAKeyIsReplaced() {
        var key = key(NOW);
        keys().add(key);
        var budget = new KeyBudget(
                Optional.of(new Money(25_000_000)),
                BudgetPeriod.MONTH,
                Optional.of(new Money(20_000_000)),
                Optional.of("team-a"));

        assertThat(keys().setBudget(key.digest().id(), budget)).isTrue();
        assertThat(keys().find(key.digest().id())).contains(key.with(budget));

        keys().setBudget(key.digest().id(), KeyBudget.NONE);

        assertThat(keys().find(key.digest().id())).contains(key);
    }

    @Test
    void aKeyIsAddedWithItsBudget() {
        var budget = new KeyBudget(Optional.of(new Money(1)), BudgetPeriod.DAY, Optional.empty(), Optional.empty());
        var key = key(NOW).with(budget);

        keys().add(key);

        assertThat(keys().find(key.digest().id())).contains(key);
    }

    @Test
    void aKeyThatDoesNotExistGetsNoBudget() {
        assertThat(keys().setBudget(new ApiKeyId("ffffffffffffffff"), KeyBudget.NONE))
                .isFalse();
    }

    @Test
    void aKeyIsFoundByItsId() {
        var key = key(NOW);
        keys().add(key(NOW));

        assertThat(keys().add(key)).isTrue();

        assertThat(keys().find(key.digest().id())).contains(key);
    }

    @Test
    void aKeyThatWasNotAddedIsNotFound() {
        assertThat(keys().find(new ApiKeyId("ffffffffffffffff"))).isEmpty();
    }

    @Test
    void aKeyIsNotReplaced() {
        var key = key(NOW);
        keys().add(key);

        assertThat(keys().add(new ApiKeyRecord(key.digest(), new Owner("other"), NOW, false)))
                .isFalse();

        assertThat(keys().find(key.digest().id())).contains(key);
    }

    /** The SDK repeats a write when the first answer is lost. */
    @Test
    void addingTheSameKeyTwiceIsASuccess() {
        var key = key(NOW);
        keys().add(key);

        assertThat(keys().add(key)).isTrue();

        assertThat(keys().all()).containsOnlyOnce(key);
    }

    @Test
    void aDisabledKeyIsNotFoundEnabled() {
        var key = key(NOW);
        keys().add(key);

        keys().disable(key.digest().id());

        assertThat(keys().find(key.digest().id()))
                .hasValueSatisfying(found -> assertThat(found.disabled()).isTrue());
    }

    @Test
    void aDisabledKeyCanBeDisabledOnceMore() {
        var key = key(NOW);
        keys().add(key);
        keys().disable(key.digest().id());

        assertThat(keys().disable(key.digest().id())).isTrue();
    }

    @Test
    void aDisabledKeyIsStillListed() {
        var key = key(NOW);
        keys().add(key);

        assertThat(keys().disable(key.digest().id())).isTrue();

        assertThat(keys().all()).contains(new ApiKeyRecord(key.digest(), key.owner(), NOW, true));
    }

    @Test
    void aKeyThatDoesNotExistCannotBeDisabled() {
        assertThat(keys().disable(new ApiKeyId("ffffffffffffffff"))).isFalse();
        assertThat(keys().find(new ApiKeyId("ffffffffffffffff"))).isEmpty();
    }

    @Test
    void theOldestKeyIsListedFirst() {
        var later = key(NOW.plusSeconds(2));
        var earlier = key(NOW.plusSeconds(1));
        keys().add(later);
        keys().add(earlier);

        assertThat(keys().all()).containsSubsequence(earlier, later);
    }

    static ApiKeyRecord key(Instant createdAt) {
        var random = ByteBuffer.allocate(ApiKey.BYTES).putInt(KEYS.incrementAndGet());
        return new ApiKeyRecord(ApiKey.of(random.array()).digest(), new Owner("acme"), createdAt, false);
    }
}
