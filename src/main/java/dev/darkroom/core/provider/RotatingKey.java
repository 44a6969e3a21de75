package dev.darkroom.core.provider;

import dev.darkroom.core.provider.SecretStore.SecretName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A key that is kept in a store of secrets, and read again from time to time: a rotation needs no deployment. No call
 * waits for a further reading, which runs beside it; the key before is used until then, and as long as the store cannot
 * be read.
 */
public final class RotatingKey implements ProviderKey {

    /** How old a key may be before it is read again. */
    static final Duration FRESH = Duration.ofMinutes(5);

    /**
     * The least time between two attempts beside calls, and between two after refusals, so that a key that is wrong for
     * good does not cost a reading for each call.
     */
    static final Duration PAUSE = Duration.ofSeconds(5);

    private record Held(String key, Instant readAt) {}

    private final SecretStore store;
    private final SecretName name;
    private final InstantSource clock;
    private final Executor beside;
    private final ReentrantLock reading = new ReentrantLock();

    private volatile @Nullable Held held;
    /** Of readings without a key. */
    private final AtomicInteger failures = new AtomicInteger();

    private volatile @Nullable SecretUnavailableException failure;
    private volatile Instant attemptedAt = Instant.MIN;
    private volatile Instant refusalReadAt = Instant.MIN;

    /** {@code beside} runs the further readings. */
    public RotatingKey(SecretStore store, SecretName name, InstantSource clock, Executor beside) {
        this.store = store;
        this.name = name;
        this.clock = clock;
        this.beside = beside;
    }

    @Override
    public String current() {
        var present = held;
        if (present == null) {
            return first();
        }
        var now = clock.instant();
        if (!now.isBefore(present.readAt().plus(FRESH))
                && !now.isBefore(attemptedAt.plus(PAUSE))
                && !reading.isLocked()) {
            beside.execute(this::readAgain);
        }
        return present.key();
    }

    @Override
    public boolean mayBeReplaced(String refused) {
        reading.lock();
        try {
            var present = held;
            if (present == null || !present.key().equals(refused)) {
                return true;
            }
            var now = clock.instant();
            if (now.isBefore(refusalReadAt.plus(PAUSE))) {
                return false;
            }
            refusalReadAt = now;
            return !read().equals(refused);
        } catch (SecretUnavailableException _) {
            return true;
        } finally {
            reading.unlock();
        }
    }

    /** Who waited while a reading failed has its failure: otherwise each of many would wait for all before it. */
    private String first() {
        int failuresBefore = failures.get();
        reading.lock();
        try {
            var present = held;
            if (present != null) {
                return present.key();
            }
            var known = failure;
            if (known != null && failures.get() > failuresBefore) {
                throw known;
            }
            return firstRead();
        } finally {
            reading.unlock();
        }
    }

    private String firstRead() {
        try {
            return read();
        } catch (SecretUnavailableException e) {
            failure = e;
            failures.incrementAndGet();
            throw e;
        }
    }

    /** One at a time: who comes second finds the key as fresh as it would get it. */
    private void readAgain() {
        if (reading.tryLock()) {
            try {
                read();
            } catch (SecretUnavailableException _) {
                // The store has said so in the log. The key before stays in use.
            } finally {
                reading.unlock();
            }
        }
    }

    private String read() {
        var now = clock.instant();
        attemptedAt = now;
        var key = store.read(name);
        held = new Held(key, now);
        return key;
    }
}
