package dev.darkroom.explorer;

import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.errors.StoreUnavailableException;
import java.time.Duration;
import java.util.Optional;

/**
 * A client that makes one call: it sends the same request again and again until it is answered. Each of its requests
 * runs in a process of its own. All clients of an execution want the same.
 */
final class ExploredClient {

    static final Duration PATIENCE = Duration.ofSeconds(25);

    /** So often it asks while other processes run. Then it waits until they have come to rest. */
    private static final int TIMES_AT_ONCE = 2;

    /** Sends a request that is the repetition of {@code retries} others, as the client says, and waits for the answer. */
    @FunctionalInterface
    interface Sending {
        CallAnswer send(ExploredCore core, int retries);
    }

    private final World world;
    private final String name;
    private final boolean marksRetries;
    private final Sending sending;
    private int requests;
    private int askedAgain;
    private int losses;
    private Optional<GenerationId> answer = Optional.empty();
    private boolean isNoted = true;

    ExploredClient(World world, String name, boolean marksRetries, Sending sending) {
        this.world = world;
        this.name = name;
        this.marksRetries = marksRetries;
        this.sending = sending;
    }

    void run() {
        while (!isAnswered() && askedAgain < TIMES_AT_ONCE) {
            request();
        }
    }

    /** Sends the request once. */
    void request() {
        var process = new SimulatedProcess("%s, request %d".formatted(name, requests + 1));
        var givesUpAt = world.clock.instant().plus(PATIENCE);
        try {
            var received = sending.send(new ExploredCore(world, process), marksRetries ? requests : 0);
            requests++;
            if (world.clock.instant().isAfter(givesUpAt) || world.fault(2) > 0) {
                world.note(process, "its answer is lost: " + received);
                losses++;
            } else {
                receive(received);
            }
        } catch (SimulatedProcess.Killed | StoreUnavailableException _) {
            requests++;
            losses++;
        }
    }

    private void receive(CallAnswer received) {
        switch (received) {
            case CallAnswer.Ended(var generation, var noted) -> {
                answer = Optional.of(generation);
                isNoted = noted;
            }
            case CallAnswer.AskAgain() -> askedAgain++;
            case CallAnswer.Refused(var generation) -> {
                answer = Optional.of(generation);
                isNoted = false;
            }
        }
    }

    boolean isAnswered() {
        return answer.isPresent();
    }

    /** The generation that it was answered. */
    Optional<GenerationId> answer() {
        return answer;
    }

    /** Whether its answer is an answer to this call alone: no other request that is not marked may get it. */
    boolean hasItAlone() {
        return !marksRetries && isNoted;
    }

    boolean marksRetries() {
        return marksRetries;
    }

    /** The number of its requests that ended without an answer. */
    int losses() {
        return losses;
    }

    @Override
    public String toString() {
        return name;
    }
}
