package dev.darkroom.faults;

import com.sun.net.httpserver.HttpExchange;
import dev.darkroom.local.bucket.S3IamProxy.Course;
import dev.darkroom.local.bucket.S3IamProxy.Disturbance;
import dev.darkroom.local.net.Http;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Lets calls of the bucket fail, come late, or lose their connection before or after their effect. */
final class FaultyBucket implements Disturbance {

    /** The faults of a call. */
    enum Fault {
        OVERLOADED,
        FORBIDDEN,
        DROPPED_BEFORE,
        DROPPED_AFTER,
        SLOW
    }

    private static final double LIKELY = 0.02;
    private static final Duration LATE = Duration.ofSeconds(2);

    private final Random random;
    private final Map<Fault, Integer> met = new EnumMap<>(Fault.class);
    private boolean calm;

    FaultyBucket(long seed) {
        random = new Random(seed);
    }

    /** Ends the faults. */
    synchronized void calmDown() {
        calm = true;
    }

    /** The number of faults of each kind. */
    synchronized Map<Fault, Integer> met() {
        return Map.copyOf(met);
    }

    @Override
    public Course of(HttpExchange exchange) throws IOException {
        var fault = chance();
        if (fault.isEmpty()) {
            return Course.NORMAL;
        }
        return switch (fault.get()) {
            case OVERLOADED -> refuse(exchange, 503, "SlowDown");
            case FORBIDDEN -> refuse(exchange, 403, "AccessDenied");
            case DROPPED_BEFORE -> Course.HELD_BACK;
            case DROPPED_AFTER -> Course.ANSWER_LOST;
            case SLOW -> {
                pause();
                yield Course.NORMAL;
            }
        };
    }

    private synchronized Optional<Fault> chance() {
        if (calm || random.nextDouble() >= LIKELY * Fault.values().length) {
            return Optional.empty();
        }
        var fault = Fault.values()[random.nextInt(Fault.values().length)];
        met.merge(fault, 1, Integer::sum);
        return Optional.of(fault);
    }

    private static Course refuse(HttpExchange exchange, int status, String code) throws IOException {
        var body = "<Error><Code>%s</Code></Error>".formatted(code).getBytes(StandardCharsets.UTF_8);
        Http.answer(exchange, status, Map.of("Content-Type", "application/xml"), body);
        return Course.HELD_BACK;
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(LATE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the bucket was closed");
        }
    }
}
