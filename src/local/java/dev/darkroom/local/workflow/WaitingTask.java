package dev.darkroom.local.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** A task of a state machine that waits for its answer; only the first answer counts. */
public final class WaitingTask {

    private static final JsonMapper JSON = new JsonMapper();

    /** The longest wait of one call: shorter than the time that clients wait for the first byte of an answer. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(20);

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

    /** How many answers were accepted: 0 or 1. */
    public synchronized int answers() {
        return answers;
    }

    /** How many answers came too late. */
    public synchronized int refused() {
        return refused;
    }

    /** How many heartbeats came, late ones included. */
    public synchronized int heartbeats() {
        return heartbeats;
    }

    /** Accepts an answer; false when the task no longer waits. */
    synchronized boolean answer(JsonNode given) {
        boolean taken = answer.complete(given);
        if (taken) {
            answers++;
        } else {
            refused++;
        }
        return taken;
    }

    /** Records a heartbeat; false when the task no longer waits. */
    synchronized boolean heartbeat() {
        heartbeats++;
        lastSign.set(System.nanoTime());
        return !answer.isDone();
    }

    /**
     * Waits for the answer. Returns {@code {"waiting": true}} when none came within 20 s, and an error when there was
     * no heartbeat within {@code betweenHeartbeats}.
     */
    JsonNode await(Duration betweenHeartbeats) throws InterruptedException {
        var silence = Duration.ofNanos(System.nanoTime() - lastSign.get());
        if (silence.compareTo(betweenHeartbeats) > 0) {
            abandon();
        }
        try {
            return answer.get(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            return JSON.createObjectNode().put("waiting", true);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a task's answer cannot fail", e);
        }
    }

    /** Ends the wait with a time-out, so that later answers are refused. */
    void abandon() {
        var _ = answer.complete(timedOut());
    }

    private static JsonNode timedOut() {
        return JSON.createObjectNode()
                .put("error", "States.HeartbeatTimeout")
                .put("cause", "there was no heartbeat in time");
    }
}
