package dev.darkroom.core.provider;

import dev.darkroom.core.circuit.Circuit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The balance at one provider. It is read at most once a minute. After a failure the circuit of these calls is open, so
 * callers that try again do not reach the provider. No other call shares this circuit.
 */
final class RememberedBalance {

    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final int ONE_FAILURE = 1;

    private final ImageProvider provider;
    private final InstantSource clock;

    private Circuit circuit = Circuit.CLOSED;
    private BalanceOutcome last = new BalanceOutcome.Unclear("not read yet");
    private Instant readAgainAt = Instant.MIN;

    RememberedBalance(ImageProvider provider, InstantSource clock) {
        this.provider = provider;
        this.clock = clock;
    }

    /** Callers at the same time wait for one call. */
    synchronized Balance read() {
        var now = clock.instant();
        if (!now.isBefore(readAgainAt)) {
            last = provider.balance();
            readAgainAt = nextRead(now);
        }
        var pause = Duration.between(clock.instant(), readAgainAt);
        var retryAfter = pause.isPositive() ? pause : Duration.ofMillis(1);
        return switch (last) {
            case BalanceOutcome.Known(var microDollars) -> new Balance.Known(microDollars);
            case BalanceOutcome.NoBalance() -> new Balance.None();
            case BalanceOutcome.Unavailable(var _, var reason) -> new Balance.Unavailable(retryAfter, reason);
            case BalanceOutcome.Unclear(var reason) -> new Balance.Unreadable(retryAfter, reason);
        };
    }

    private Instant nextRead(Instant sentAt) {
        return switch (last) {
            case BalanceOutcome.Known _, BalanceOutcome.NoBalance _ -> {
                circuit = circuit.succeeded(sentAt);
                yield sentAt.plus(KEPT);
            }
            case BalanceOutcome.Unavailable(var retryAfter, var _) -> opened(sentAt, retryAfter);
            case BalanceOutcome.Unclear _ -> opened(sentAt, null);
        };
    }

    private Instant opened(Instant sentAt, @Nullable Duration retryAfter) {
        var now = clock.instant();
        circuit = circuit.failed(sentAt, ONE_FAILURE, retryAfter, now);
        return circuit.admitsAt(now);
    }
}
