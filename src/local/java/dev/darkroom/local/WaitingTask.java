package dev.darkroom.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** A task of a state machine that waits until it is answered, which can be done once. */
public final class WaitingTask {

    private static final JsonMapper JSON = new JsonMapper();

    /** Clients do not wait much longer for an answer's first byte. */
    private static final Duration A_WHILE = Duration.ofSeconds(20);

    private final String stateMachine;
    private final CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    private final AtomicLong lastSign = new AtomicLong(System.nanoTime());
    private int answers;
    private int refused;
    private int heartbeats;

    WaitingTask(String stateMachine) {
        this.stateMachine = stateMachine;
    }

    public String stateMachine() {
        return stateMachine;
    }

    /** How many answers were taken, which is 1 at most. */
    public synchronized int answers() {
        return answers;
    }

    /** How many answers came too late. */
    public synchronized int refused() {
        return refused;
    }

    /** How many heartbeats it got. */
    public synchronized int heartbeats() {
        return heartbeats;
    }

    /** False when it does not wait any more. */
    synchronized boolean answer(JsonNode given) {
        boolean taken = answer.complete(given);
        if (taken) {
            answers++;
        } else {
            refused++;
        }
        return taken;
    }

    /** False when it does not wait any more. */
    synchronized boolean heartbeat() {
        heartbeats++;
        lastSign.set(System.nanoTime());
        return !answer.isDone();
    }

    /**
     * Its answer; {@code {"waiting": true}} when there is none for a while, and an error when there was no sign of life for
     * longer than allowed.
     */
    JsonNode await(Duration betweenHeartbeats) throws InterruptedException {
        var silence = Duration.ofNanos(System.nanoTime() - lastSign.get());
        if (silence.compareTo(betweenHeartbeats) > 0) {
            abandon();
        }
        try {
            return answer.get(A_WHILE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            return JSON.createObjectNode().put("waiting", true);
        } catch (ExecutionException e) {
            throw new IllegalStateException("it never fails", e);
        }
    }

    /** Nobody waits any more. */
    void abandon() {
        var _ = answer.complete(timedOut());
    }

    private static JsonNode timedOut() {
        return JSON.createObjectNode()
                .put("error", "States.HeartbeatTimeout")
                .put("cause", "there was no heartbeat in time");
    }
}
